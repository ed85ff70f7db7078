"""What each kind claims, and what it leaves alone."""

from __future__ import annotations

import pytest

import indicated
from indicated.explain.letters.codes import _stem
from indicated.explain.letters.errors import NotCarried, NothingToAsk
from indicated.explain.letters.once import once
from indicated.model.errors import Nonsense
from indicated.model.evidence import Status
from indicated.model.law import Plan
from indicated.model.statement import FromClause, FromTrace, Section, Statement
from indicated.workflow import letters
from indicated.workflow.assess import current
from indicated.workflow.errors import BadUse
from tests.explain.letters import desk

OPEN, SHOWN = desk.decided("1-overlap-question"), desk.decided("5-dermatomyositis-ild")
DENIED = desk.decided("2-overlap-denied")
STARTS = "Initial authorization requires ALL of the following:"


def said(letter, section):
    """The statements of one section."""
    return next((one.statements for one in letter.page.sections if one.id == section), ())


@pytest.mark.parametrize("kind", ["necessity", "appeal"])
def test_a_request_that_the_evidence_does_not_carry_is_not_argued_for(kind):
    with pytest.raises(NotCarried, match=f"a letter of kind '{kind}' would say that it does"):
        letters.letter(desk.decided("3-polyarticular-payer"), kind)


def test_what_cannot_be_weighed_yet_is_not_argued_for():
    undetermined = desk.told("Request: IVIG 2 g/kg every 4 weeks for possible dermatomyositis in a 50-year-old.")
    assert undetermined.finding == "undetermined"
    with pytest.raises(NotCarried, match="request-for-information"):
        letters.letter(undetermined, "necessity")


def test_what_nobody_recorded_is_a_place_and_never_a_claim():
    letter = letters.letter(OPEN, "necessity")
    places = [one for one in said(letter, "shown") if one.phrase == "letter.shown_by"]
    assert [one.text for one in places] == ["[what the chart says of this and where]"] * 2
    assert any("Active muscle or skin disease" in one.label for one in places)
    told = "\n".join(one.text for one in letter.before.statements)
    assert "To confirm: Active muscle or skin disease is documented now." in told


def test_what_the_record_speaks_against_is_told_to_the_writer_only():
    letter = letters.letter(DENIED, "necessity")
    told = "\n".join(one.text for one in letter.before.statements)
    assert "do not claim it: 1.a Proximal muscle weakness" in told
    assert not [one for one in said(letter, "shown") if "5/5" in one.text]


def test_an_appeal_names_where_the_policy_is_narrower_each_with_its_source():
    rows = said(letters.letter(DENIED, "appeal"), "narrower")
    assert {one.label for one in rows} >= {"1.a", "1.b", "1.h", "1.e"}
    assert all(any(proof.__class__.__name__ == "FromCitation" for proof in one.proofs) for one in rows)


def test_an_appeal_counts_silence_for_nobody():
    (line,) = (one for one in said(letters.letter(DENIED, "appeal"), "policy") if one.phrase == "letter.open_items")
    assert line.text == "Not settled on this record, and so not failed: 1.c, 1.d, 1.e and 1.g."


def test_a_policy_that_is_met_is_said_to_be_met():
    policy = f"IVIG for dermatomyositis. {STARTS}\n1. Dermatomyositis\n2. Failure of corticosteroids"
    met = desk.told("\n".join(one.text for one in SHOWN.case.documents), policy)
    assert met.policy_verdict == "met"
    opening = " ".join(one.text for one in said(letters.letter(met, "necessity"), "opening"))
    assert "met on this record" in opening
    appeal = " ".join(one.text for one in said(letters.letter(met, "appeal"), "opening"))
    assert "is met on this record" in appeal


def test_the_writer_is_told_how_far_our_copy_of_a_policy_may_be_relied_on():
    from indicated.workflow.policies import from_option

    draft = next(one for one in current().knowledge.policies if one.status == "draft")
    d = desk.workflow.assess(SHOWN.case, from_option(draft.id, current(), desk.ON), desk.ON)
    told = "\n".join(one.text for one in letters.letter(d, "necessity").before.statements)
    assert "This copy of the policy is a draft" in told


def test_a_policy_for_another_condition_fails_nobody():
    policy = f"IVIG for CIDP. {STARTS}\n1. Diagnosis of CIDP\n2. Failure of corticosteroids"
    other = desk.told("\n".join(one.text for one in SHOWN.case.documents), policy)
    appeal = letters.letter(other, "appeal")
    assert appeal.page.withheld == 0


def test_a_request_for_information_asks_for_each_thing_once_and_says_why():
    letter = letters.letter(DENIED, "request-for-information")
    least = said(letter, "least")
    assert least[0].text.startswith("Any 3 of these 4 would meet the policy")
    wanted = said(letter, "wanted")
    assert wanted[0].text == "for the plan's 1.c Muscle pain, on grasping or spontaneous"
    assert "Nothing has been refused." in [one.text for one in said(letter, "opening")]


def test_with_nothing_missing_there_is_nothing_to_ask():
    whole = desk.told("Request: IVIG 2 g/kg over 2 days every 4 weeks for dermatomyositis.", "")
    assert whole.gaps
    from msgspec.structs import replace

    from indicated.explain.letters.compose import compose
    from indicated.explain.letters.order import Order
    from indicated.model.determination import Determination, Finding

    fields = {name: getattr(whole, name) for name in Determination.__struct_fields__}
    bare = replace(Determination(**fields), gaps=(), weighed=(), lead="", finding=Finding.UNDETERMINED, policy=None)
    release = current()
    with pytest.raises(NothingToAsk, match="nothing is missing"):
        compose(bare, release.knowledge, release.phrases, Order("request-for-information"))


def test_law_that_nobody_read_stands_in_no_letter():
    recalled = {
        row.says
        for law in current().law
        for row in (*law.clocks, *law.appeals, *law.notice)
        if row.status is Status.RECALLED
    }
    for plan in Plan:
        for kind in ("appeal", "request-for-information"):
            letter = letters.letter(DENIED, kind, plan=plan, state="TX")
            page = [one for section in letter.page.sections for one in section.statements]
            assert not [one for one in page if any(text in one.text for text in recalled)]
            for one in letter.before.statements:
                if any(text in one.text for text in recalled):
                    assert one.text.startswith("Look this up before you rely on it")


def test_without_a_plan_nothing_is_said_of_clocks_and_the_writer_is_told_how_to_get_them():
    letter = letters.letter(DENIED, "appeal")
    assert said(letter, "rights") == ()
    assert any("name it with --plan" in one.text for one in letter.before.statements)


def test_a_provision_is_cited_by_its_section():
    rows = said(letters.letter(DENIED, "appeal", plan="employer_insured", state="TX"), "rights")
    assert any(one.text.endswith("(29 CFR 2560.503-1(h)(3)(i))") for one in rows)
    assert all(isinstance(proof, FromClause) for one in rows for proof in one.proofs)


def test_an_unspecified_code_is_said_to_be_so():
    vague = desk.told(
        "Request: IVIG 2 g/kg over 2 days every 4 weeks for dermatomyositis (M33.90). A 50-year-old woman."
    )
    head = {one.label: one.text for one in letters.letter(vague, "summary").page.sections[0].statements}
    assert head["Diagnosis"].endswith("(M33.90, an unspecified code)")


def test_a_condition_without_a_code_of_its_own_is_left_with_those_of_its_forms():
    told = "Request: IVIG 400 mg/kg every 4 weeks for agammaglobulinemia. A 3-year-old girl, 14 kg."
    head = {one.label: one.text for one in letters.letter(desk.told(told), "summary").page.sections[0].statements}
    assert head["Diagnosis"] == "agammaglobulinemia [ICD-10-CM code; forms of it have D80.0]"
    coded = desk.told(told.replace("agammaglobulinemia.", "agammaglobulinemia (D80.0)."))
    head = {one.label: one.text for one in letters.letter(coded, "summary").page.sections[0].statements}
    assert head["Diagnosis"] == "agammaglobulinemia (D80.0)"


def test_a_criterion_that_holds_only_by_way_of_another_is_not_claimed():
    """Lupus is not this patient's: what is asked in lupus holds because the diagnosis does, and is left untold."""
    itp = desk.told(
        "Request: IVIG 1 g/kg for 2 days for acute immune thrombocytopenia (ITP). "
        "30-year-old woman, 60 kg, platelets 8 x10^9/L today with mucosal bleeding."
    )
    labels = [one.label for one in said(letters.letter(itp, "necessity"), "shown")]
    assert any(label.startswith("Platelets are below") for label in labels)
    assert not [label for label in labels if label.startswith("In lupus")]


def test_the_units_billed_come_from_the_product_and_the_course():
    told = "Request: Octagam 10% 2 g/kg over 2 days every 4 weeks for dermatomyositis. A 50-year-old woman, 80 kg."
    head = {one.label: one.text for one in letters.letter(desk.told(told), "summary").page.sections[0].statements}
    assert head["Billed as"].endswith("500 mg a unit: 320 units a course")


def test_many_codes_are_named_by_what_they_begin_with():
    assert _stem(("M33.10", "M33.11", "M33.19")) == "M33.1"
    assert _stem(("M33.1", "M34.1")) == "M3"


def test_a_letterhead_stands_where_the_sender_does():
    letter = letters.letter(SHOWN, "necessity", sender=(" Ada Invented, MD ", "", "1 Example Street"))
    assert "From: Ada Invented, MD\n1 Example Street\nPatient:" in desk.text_of(letter, SHOWN)


def test_the_sheets_of_both_sides_share_the_facts_and_differ_in_their_use():
    asks = letters.letter(DENIED, "peer-to-peer", side="requester")
    reviews = letters.letter(DENIED, "peer-to-peer", side="reviewer")
    assert set(said(reviews, "points")) < set(said(asks, "points"))
    assert any("The record speaks against 1.a" in one.text for one in said(asks, "not_to_claim"))
    assert said(reviews, "to_ask")
    assert "Only a licensed person's signed decision refuses a request." in said(reviews, "rule")[0].text


def test_what_is_no_kind_level_side_plan_or_state_is_refused_in_one_line():
    for order in ({"kind": "memo"}, {"kind": "appeal", "level": "second"}, {"kind": "peer-to-peer", "side": "both"}):
        with pytest.raises(Nonsense, match="use one of"):
            letters.letter(SHOWN, **order)
    with pytest.raises(BadUse, match="there is no plan 'gold'; use one of medicare_advantage"):
        letters.letter(SHOWN, "appeal", plan="gold")
    with pytest.raises(BadUse, match="'Texas' is not a state"):
        letters.letter(SHOWN, "appeal", state="Texas")


def test_a_long_passage_is_quoted_once_and_short_ones_where_they_serve():
    long, short = "“" + "a long passage of the record " * 2 + "”", "“14-year-old”"

    def one(text):
        return Statement(text, (FromTrace("a", "b"),))

    page = (Section("s", "", (one(f"{long}; {short}"), one(f"drug ({long})"), one(long), one(short)), "list"),)
    (after,) = once(page, "quoted above")
    assert [statement.text for statement in after.statements] == [f"{long}; {short}", "drug", "quoted above", short]


NOTICE = """Example Health Plan (a fully insured employer group plan, Texas)
Date of notice: October 30, 2026

We have denied this request. It is not medically necessary because:
- There is no documentation that first-line therapy with corticosteroids was tried and failed.
- Proximal muscle weakness is not documented.
You may appeal within 180 days of this notice.
"""


def answering():
    """The appeal of the notice above."""
    text = "\n".join(one.text for one in DENIED.case.documents)
    policy = (desk.ROOT / "examples/2-overlap-denied.policy.txt").read_text("utf-8")
    return letters.letter(desk.told(text, policy, NOTICE), "appeal")


def test_an_appeal_answers_the_reasons_that_do_not_hold_in_the_plans_words():
    letter = answering()
    assert letter.page.withheld == 0
    (step,) = said(letter, "reasons")
    assert "“There is no documentation that first-line therapy" in step.text
    assert "each tried with inadequate response" in step.text
    head = {one.label: one.text for one in letter.page.sections[0].statements}
    assert head["Notice appealed"] == "October 30, 2026"
    assert "Reason" not in head


def test_a_reason_that_the_record_bears_out_is_told_to_the_writer_and_not_disputed():
    letter = answering()
    page = "\n".join(one.text for section in letter.page.sections for one in section.statements)
    told = "\n".join(one.text for one in letter.before.statements)
    assert "“Proximal muscle weakness is not documented.” The record bears it out" in told
    assert "“Proximal muscle weakness is not documented.”" not in page
    assert "2027-04-28" in told


def test_the_kind_of_plan_is_taken_from_the_notice_where_it_is_not_told():
    letter = answering()
    assert said(letter, "rights")
    assert any("read in the notice (employer insured)" in one.text for one in letter.before.statements)


def test_the_law_of_no_state_is_claimed_while_the_state_is_unknown():
    """A provision of one state says nothing of a plan whose state nobody told."""
    local = {row.says for law in current().law if law.states for row in (*law.clocks, *law.appeals, *law.notice)}
    for plan in Plan:
        letter = letters.letter(DENIED, "appeal", plan=plan)
        assert not [one for one in said(letter, "rights") if any(text in one.text for text in local)]


LOADING = (
    "Request: Gamunex-C 2 g/kg over 2 days, then 1 g/kg over 1 day every 3 weeks, for chronic inflammatory "
    "demyelinating polyneuropathy (G61.81). A 58-year-old woman, 80 kg. Symmetric weakness of arms and legs "
    "and absent ankle reflexes, progressive over 5 months. Nerve conduction studies showed demyelination."
    " Prednisone did not help."
)


def test_the_first_course_is_billed_beside_those_after_it():
    letter = letters.letter(indicated.assess(LOADING, on="2026-11-20"), "necessity")
    head = {one.label: one.text for one in letter.page.sections[0].statements}
    assert "320 units for the first course, 160 for each after it" in head["Billed as"]
    assert head["On record"] == "age 58 years; Female; body weight 80 kg"
    doses = [one.text for one in said(letter, "dosed")]
    assert "The first course is 160 g, 2 g/kg at 80 kg." in doses
    assert "Each course after it is 80 g, 1 g/kg at 80 kg." in doses


def test_a_letter_cites_the_label_of_the_product_asked_for_and_no_other():
    letter = letters.letter(indicated.assess(LOADING, on="2026-11-20"), "necessity")
    keys = [one.key for one in letter.page.references if one.key.startswith("label-")]
    assert "label-gamunex-c" in keys
    assert "label-privigen" not in keys


def test_every_diagnosis_that_is_asked_for_stands_with_its_code():
    text = (
        "Request: Privigen 0.4 g/kg every 4 weeks for hypogammaglobulinemia in chronic lymphocytic leukemia (D80.1, "
        "C91.10). 71-year-old man, 74 kg. IgG 340 mg/dL. Two hospital admissions for pneumonia in the past 12 months."
    )
    letter = letters.letter(indicated.assess(text, on="2026-11-20"), "necessity")
    head = {one.label: one.text for one in letter.page.sections[0].statements}
    assert head["Diagnosis"] == "chronic lymphocytic leukemia (C91.10); hypogammaglobulinemia (D80.1)"
