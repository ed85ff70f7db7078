"""One story told in other words, in another order and in another style is one case: the same facts, the same answer.

`tests/data/paraphrases` holds, in our own words, tellings of the five examples (named after them) and, under
`requests`, groups of tellings of one request parted by lines of `---`. Wordings that make no fact stand below.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import indicated
from indicated.model.case import Case
from indicated.model.fact import Fact
from indicated.model.text import Document
from indicated.workflow import assess
from indicated.workflow.assess import Assessment

ROOT = Path(__file__).resolve().parents[2]
TOLD = ROOT / "tests" / "data" / "paraphrases"
ON = date(2026, 11, 20)
_KEY = ("dx.", "finding.", "ab.", "lab.", "img.", "path.", "proc.", "drug.", "class.", "demo.")
_MORE = ("study.", "tx.", "product.", "finding.infection", "finding.weakness", "finding.seronegative", "dx.jia")
"""Facts of which a telling may hold more or fewer without meaning anything else."""

TELLINGS = sorted(path.stem for path in TOLD.glob("[1-5]-*.txt"))
GROUPS = {path.stem: path.read_text(encoding="utf-8").split("\n---\n") for path in (TOLD / "requests").glob("*.txt")}
OTHERS = sorted((name, at) for name, told in GROUPS.items() for at in range(1, len(told)))


@cache
def example(number: str) -> Assessment:
    (path,) = (path for path in (ROOT / "examples").glob(f"{number}-*.txt") if ".policy." not in path.name)
    return decided(path.read_text(encoding="utf-8"), number)


def decided(text: str, number: str) -> Assessment:
    policies = list((ROOT / "examples").glob(f"{number}-*.policy.txt"))
    policy = policies[0].read_text(encoding="utf-8") if policies else None
    return indicated.assess(text, policy=policy, on=ON.isoformat())


def read(text: str) -> Case:
    return assess.read((Document("text", text),))


def said(fact: Fact) -> tuple[Any, ...]:
    """What a fact says, without where and how it was said."""
    therapy = fact.therapy
    stood = (therapy.stage, therapy.outcome, therapy.tolerance, therapy.route) if therapy is not None else None
    return fact.concept, fact.present, fact.absent, fact.result, fact.value, stood


def key_facts(case: Case) -> set[tuple[Any, ...]]:
    facts = {said(fact) for fact in case.facts}
    return {one for one in facts if one[0].startswith(_KEY) and not one[0].startswith(_MORE)}


def asked(case: Case) -> tuple[Any, ...] | None:
    request = case.request
    if request is None:
        return None
    dose = request.regimen
    amounts = (dose.per_day, dose.per_course, dose.days, dose.interval) if dose is not None else (None,) * 4
    return request.treatment, request.product, request.phase, *amounts


@pytest.mark.parametrize("telling", TELLINGS)
class TestTheFiveCasesRetold:
    def test_the_answer_is_the_same(self, telling: str) -> None:
        known = example(telling[0])
        d = decided((TOLD / f"{telling}.txt").read_text(encoding="utf-8"), telling[0])
        assert (d.finding, d.lead, d.next_step, d.policy_verdict) == (
            known.finding,
            known.lead,
            known.next_step,
            known.policy_verdict,
        )
        assert {one.standard: one.finding for one in d.weighed} == {one.standard: one.finding for one in known.weighed}

    def test_every_policy_item_has_the_same_verdict(self, telling: str) -> None:
        known = example(telling[0])
        d = decided((TOLD / f"{telling}.txt").read_text(encoding="utf-8"), telling[0])
        items, wanted = (
            {one.criterion: one.verdict for one in each.policy_result.judgements} if each.policy_result else {}
            for each in (d, known)
        )
        assert items == wanted

    def test_every_key_fact_is_there(self, telling: str) -> None:
        known = key_facts(example(telling[0]).case)
        found = key_facts(read((TOLD / f"{telling}.txt").read_text(encoding="utf-8")))
        assert not known - found

    def test_the_same_is_asked_for(self, telling: str) -> None:
        case = read((TOLD / f"{telling}.txt").read_text(encoding="utf-8"))
        assert asked(case) == asked(example(telling[0]).case)

    def test_nothing_contradicts_itself(self, telling: str) -> None:
        assert not read((TOLD / f"{telling}.txt").read_text(encoding="utf-8")).contradictions


@pytest.mark.parametrize(("name", "at"), OTHERS)
class TestRequestsRetold:
    def test_the_same_is_asked_for(self, name: str, at: int) -> None:
        first, other = (asked(read(GROUPS[name][one])) for one in (0, at))
        assert first is not None
        assert other == first

    def test_the_answer_is_the_same(self, name: str, at: int) -> None:
        first, other = (assess.assess(read(GROUPS[name][one]), None, ON) for one in (0, at))
        assert (other.finding, other.lead, other.next_step) == (first.finding, first.lead, first.next_step)

    def test_measurements_and_conditions_are_the_same(self, name: str, at: int) -> None:
        first, other = (
            {one for one in key_facts(read(GROUPS[name][each])) if one[0].startswith(("lab.", "dx.", "ab."))}
            for each in (0, at)
        )
        assert {one[:3] for one in first} == {one[:3] for one in other}
        assert {one[4] for one in first} == {one[4] for one in other}


FINDINGS = [
    ("Inflammatory changes at the MCP and PIP joints.", "finding.arthritis"),
    ("There is synovitis at both wrists.", "finding.arthritis"),
    ("MCPs boggy and tender.", "finding.arthritis"),
    ("Left ventricular function is mildly diminished.", "finding.reduced_lv_function"),
    ("LV systolic function mildly reduced.", "finding.reduced_lv_function"),
    ("The knuckles are erythematous.", "finding.gottron_sign"),
    ("Swollen, stiff and painful MCP joints.", "finding.arthralgia"),
    ("His right elbow cannot be fully extended.", "finding.joint_contracture"),
    ("The mouth opens poorly: mouth opening is limited.", "finding.reduced_oral_aperture"),
    ("The hip flexors and deltoids are weak.", "finding.proximal_weakness"),
    ("Strength 4/5 proximally.", "finding.muscle_weakness"),
    ("MMT8 72/80.", "finding.muscle_weakness"),
    ("Grip has become weak.", "finding.hand_weakness"),
    ("Shortness of breath on stairs.", "finding.dyspnea"),
    ("Nodules beneath the skin of the elbows.", "finding.subcutaneous_nodules"),
]


@pytest.mark.parametrize(("text", "concept"), FINDINGS)
def test_a_finding_is_read_in_whatever_order_it_is_told(text: str, concept: str) -> None:
    assert [fact for fact in read(text).facts if fact.concept == concept and fact.present]


ABSENT = [
    ("Muscle strength normal.", "finding.muscle_weakness"),
    ("Full strength throughout.", "finding.muscle_weakness"),
    ("MMT8 80/80.", "finding.muscle_weakness"),
    ("MCP and PIP joints without swelling or tenderness.", "finding.arthritis"),
    ("The joints were neither swollen nor tender.", "finding.arthralgia"),
    ("LV function is not diminished.", "finding.reduced_lv_function"),
    ("No proximal weakness; hands are not weak.", "finding.hand_weakness"),
]


@pytest.mark.parametrize(("text", "concept"), ABSENT)
def test_its_absence_is_read_too(text: str, concept: str) -> None:
    told = [fact for fact in read(text).facts if fact.concept == concept]
    assert told
    assert all(fact.absent for fact in told)


THERAPIES = [
    ("failed: MTX, HCQ, adalimumab", "drug.hydroxychloroquine", "past", "failed"),
    ("MTX x 6 mo - no response", "drug.methotrexate", "past", "failed"),
    ("prednisone taper failed", "drug.prednisone", "past", "failed"),
    ("tofacitinib (current)", "drug.tofacitinib", "current", "unknown"),
    ("s/p pred, MTX, HCQ, ADA - inadequate", "drug.adalimumab", "past", "failed"),
    ("Prior meds:\nMTX | 6 months | failed\nADA | | current", "drug.adalimumab", "current", "unknown"),
    (
        "Drug | Dates | Result\nmethotrexate | 2019-2020 | ineffective\nprednisone | 2018 | -",
        "drug.prednisone",
        "past",
        "unknown",
    ),
    (
        "Medications tried:\n- Prednisone: inadequate response\n- Tofacitinib: current",
        "drug.prednisone",
        "past",
        "failed",
    ),
    ("steroid-naive", "class.corticosteroid", "never", "unknown"),
    ("no prior biologics", "class.bdmard", "never", "unknown"),
    ("She has not failed methotrexate.", "drug.methotrexate", "past", "unknown"),
]


@pytest.mark.parametrize(("text", "concept", "stage", "outcome"), THERAPIES)
def test_how_a_therapy_stands_is_read_from_notes_lists_and_tables(
    text: str, concept: str, stage: str, outcome: str
) -> None:
    (fact,) = (fact for fact in read(text).facts if fact.concept == concept)
    assert fact.therapy is not None
    assert (fact.therapy.stage, fact.therapy.outcome) == (stage, outcome)


NO_FACT = [
    ("Mother has swollen MCP joints and erythema over the knuckles.", ("finding.",)),
    ("Gottron sign is erythema over the knuckles; patients with JDM often have swollen joints.", ("finding.", "dx.")),
    ("The policy requires weakness of the hip flexors and elevated CK.", ("finding.", "lab.")),
    ("Watch for swelling of the joints or erythema over the knuckles.", ("finding.",)),
    ("Risk of reduced LV function was discussed.", ("finding.",)),
    ("Coverage criteria:\n- Prednisone: inadequate response\n- Methotrexate: inadequate response", ("drug.",)),
    ("Criteria: failed: MTX, HCQ, adalimumab.", ("drug.",)),
    ("First-line therapies for JDM include prednisone and methotrexate.", ("drug.", "dx.")),
    ("Guidelines: methotrexate failed in most children with JDM.", ("drug.", "dx.")),
    ("If IVIG fails, rituximab 375 mg/m2 weekly will be started.", ("drug.", "tx.")),
    ("Plan: start methotrexate 15 mg weekly; if no response, adalimumab.", ("drug.",)),
    ("Her sister receives IVIG monthly for dermatomyositis and failed methotrexate.", ("tx.", "dx.", "drug.")),
    ("Request denied: no documentation that prednisone or methotrexate failed.", ("drug.",)),
    ("The insurer says first- and second-line therapies were not tried.", ("class.",)),
    ("IVIG was effective in ProDERM; patients received 2 g/kg every 4 weeks.", ("tx.",)),
    ("Erythema over the IV site. Facial swelling, sore throat.", ("finding.gottron_sign", "finding.arthritis")),
]


@pytest.mark.parametrize(("text", "none"), NO_FACT)
def test_what_is_said_of_others_or_in_general_is_no_fact(text: str, none: tuple[str, ...]) -> None:
    assert [fact.concept for fact in read(text).facts if fact.concept.startswith(none)] == []


def test_first_and_second_line_therapies_with_an_outcome_left_open_fail_no_named_drug() -> None:
    text = (
        "Inadequate response, intolerance or contraindication to first- and second-line therapies; "
        "intolerant of acetazolamide. Current medications: prednisone, methotrexate."
    )
    facts = {fact.concept: fact for fact in read(text).facts if fact.therapy is not None}
    assert {facts[drug].therapy.outcome for drug in ("drug.prednisone", "drug.methotrexate")} == {"unknown"}  # type: ignore[union-attr]
    assert not [name for name in facts if name.startswith("class.") and facts[name].therapy.outcome == "failed"]  # type: ignore[union-attr]


REQUESTS = [
    "Should IVIG be given to this child with dermatomyositis?",
    "Dermatomyositis. Plan: IVIG 2 g/kg once",
    "We are requesting approval of IVIG for dermatomyositis.",
    "Please authorize IVIG 2 g/kg for dermatomyositis.",
    "Req: IVIG q4wk. Dx: dermatomyositis.",
    "Dermatomyositis. Kindly approve IVIG.",
]


@pytest.mark.parametrize("text", REQUESTS)
def test_a_request_is_a_request_in_any_form(text: str) -> None:
    request = read(text).request
    assert request is not None
    assert (request.treatment, request.indications) == ("tx.ivig", ("dx.dm",))


def test_every_passage_of_every_telling_is_exact() -> None:
    tellings = [(TOLD / f"{name}.txt").read_text(encoding="utf-8") for name in TELLINGS]
    for text in [*tellings, *(told for group in GROUPS.values() for told in group)]:
        case = read(text)
        for passage in (one for fact in case.facts for one in fact.passages):
            assert text[passage.start : passage.end] == passage.quote
