from __future__ import annotations

import pytest

from indicated.content.pasted_lexicon import lexicon_for
from indicated.model.fact import Result
from indicated.model.quantity import Quantity
from indicated.model.rule import (
    All,
    Any,
    AtLeast,
    Has,
    Judged,
    Lacks,
    Measured,
    NoneOf,
    RequestIs,
    ResultIs,
    Rule,
    Tried,
)
from tests.content.pasted_fixture import limit, paste, whole, words
from tests.effort import effort

FAILED = ("failed", "partial", "worsened")
FEVER, RASH, DM = Has("finding.fever"), Has("finding.rash"), Has("dx.dm")
INFLAMED = Has("finding.systemic_inflammation")
CRP = ResultIs("lab.crp", (Result.ELEVATED,))
CK = ResultIs("lab.ck", (Result.ELEVATED,))
ESR = Measured("lab.esr", limit("> 20 mm/h"))
MTX, AZA = "drug.methotrexate", "drug.azathioprine"


def start(text: str) -> Rule | None:
    return whole(paste(text).coverages[0].start)


LINES: list[tuple[str, Rule]] = [
    # a list says what its label means
    ("Systemic inflammation: fever, elevated CRP, or ESR above 20 mm/h", Any((FEVER, CRP, ESR))),
    ("Systemic inflammation (fever, elevated CRP, or ESR above 20 mm/h)", Any((FEVER, CRP, ESR))),
    ("Systemic inflammation: fever and elevated CRP", All((FEVER, CRP))),
    ("Systemic inflammation as evidenced by fever or elevated CRP", Any((FEVER, CRP))),
    ("Systemic inflammation, any one of: fever, elevated CRP", Any((FEVER, CRP))),
    ("No systemic inflammation (fever or elevated CRP)", NoneOf((FEVER, CRP))),
    ("Hypogammaglobulinemia: IgG < 400 mg/dL", Measured("lab.igg", limit("< 400 mg/dL"))),
    ("Elevated muscle enzymes (CK or aldolase)", Any((CK, ResultIs("lab.aldolase", (Result.ELEVATED,))))),
    (
        "Prior treatment (at least one): methotrexate, azathioprine",
        Any((Tried(MTX), Tried(AZA))),
    ),
    # what a list does not replace
    ("Dermatomyositis (elevated CK or fever)", All((DM, Any((CK, FEVER))))),
    ("Dermatomyositis: elevated CK or fever", All((DM, Any((CK, FEVER))))),
    (
        "Common variable immunodeficiency (IgG < 500 mg/dL)",
        All((Has("dx.cvid"), Measured("lab.igg", limit("< 500 mg/dL")))),
    ),
    (
        "Recurrent infections (pneumonia or sepsis)",
        All((Has("finding.recurrent_infection"), Any((Has("dx.pneumonia"), Has("dx.sepsis"))))),
    ),
    ("Systemic inflammation: see appendix", All((INFLAMED, Judged("see appendix")))),
    # examples
    ("Evidence of systemic inflammation, such as fever or elevated CRP", Any((INFLAMED, FEVER, CRP))),
    ("Systemic inflammation (e.g., fever or elevated CRP)", Any((INFLAMED, FEVER, CRP))),
    ("No systemic inflammation, such as fever", NoneOf((INFLAMED, FEVER))),
    ("Failure of immunosuppressants such as rituximab", Any((
        Tried("class.immunosuppressant", FAILED), Tried("drug.rituximab", FAILED)))),
    ("Diagnosis of dermatomyositis, including elevated CK", DM),
    # what stands with what
    (
        "Florid disease with dysphagia, skin ulceration, or fever",
        All((Judged("Florid disease"), Any((Has("finding.dysphagia"), Has("finding.skin_ulceration"), FEVER)))),
    ),
    (
        "No IgA deficiency with anti-IgA antibodies",
        NoneOf((All((Has("dx.igad"), ResultIs("ab.iga", (Result.POSITIVE,)))),)),
    ),
    ("No fever but elevated CRP", All((Lacks("finding.fever"), CRP))),
    (
        "Failure of methotrexate and one of: azathioprine, rituximab",
        All((Tried(MTX, FAILED), Any((Tried(AZA, FAILED), Tried("drug.rituximab", FAILED))))),
    ),
    (
        "Trial of methotrexate or azathioprine, unless contraindicated",
        Any((Tried(MTX), Tried(AZA), Tried(AZA, ("contraindicated",)))),
    ),
    # figures
    (
        "Platelets < 20,000/uL, or less than 50,000/uL with bleeding",
        Any((
            Measured("lab.platelets", limit("< 20000 /uL")),
            All((Measured("lab.platelets", limit("< 50000 /uL")), Judged("bleeding"))),
        )),
    ),
    (
        "IgG < 500 mg/dL or IgG < 5 g/L, on two occasions at least 3 weeks apart",
        Any(tuple(
            Measured("lab.igg", limit(text), times=2, apart=Quantity.of(3, "wk")) for text in ("< 500 mg/dL", "< 5 g/L")
        )),
    ),
    ("IgG 2 SD or more below the mean for age", Judged("IgG 2 SD or more below the mean for age")),
    (
        "Two or more serious bacterial infections in the past 12 months while IgG is below 400 mg/dL",
        All((
            Has("finding.serious_infection"),
            Measured("lab.igg", limit("< 400 mg/dL"), within=Quantity.of(12, "mo")),
            Judged("Two or more serious bacterial infections in the past 12 months while IgG is below 400 mg/dL"),
        )),
    ),
    (
        "CK greater than 5 times the upper limit of normal, or fever",
        Any((Judged("CK greater than 5 times the upper limit of normal"), FEVER)),
    ),
    (
        "Diagnosis of CIDP (duration longer than 6 months)",
        All((Has("dx.cidp"), Judged("duration longer than 6 months"))),
    ),
    (
        "Platelets below 50,000/uL within 2 weeks of delivery",
        All((
            Measured("lab.platelets", limit("< 50000 /uL")),
            Judged("Platelets below 50,000/uL within 2 weeks of delivery"),
        )),
    ),
    ("2 g/kg over 2 days, then 1 g/kg every 3 weeks", Judged("2 g/kg over 2 days, then 1 g/kg every 3 weeks")),
    (
        "Fever despite prednisone 1 mg/kg",
        All((FEVER, All((Tried("drug.prednisone", FAILED), Judged("despite prednisone 1 mg/kg"))))),
    ),
    # done is not confirmed
    (
        "Diagnosis of CIDP confirmed by nerve conduction studies",
        All((Has("dx.cidp"), Judged("confirmed by nerve conduction studies"))),
    ),
    ("Reduction in CK from baseline is documented", Judged("Reduction in CK from baseline is documented")),
]  # fmt: skip


def flat(rule: Rule | None) -> Rule | None:
    """All within All opened, so that only what is asked for counts."""
    if not isinstance(rule, All | Any):
        return rule
    parts = [flat(part) for part in rule.parts]
    opened = [one for part in parts for one in (part.parts if isinstance(part, type(rule)) else (part,))]
    return type(rule)(tuple(opened))


@pytest.mark.parametrize(("line", "rule"), LINES, ids=[line[:50] for line, _ in LINES])
def test_a_line_with_a_list_becomes_exactly_this_rule(line: str, rule: Rule) -> None:
    assert flat(start(f"1. {line}\n")) == flat(rule)


@pytest.mark.parametrize("label", ["Systemic inflammation", "Signs of systemic inflammation"])
def test_a_label_with_its_list_below_it_is_no_requirement_of_its_own_and_the_clause_says_so(label: str) -> None:
    policy = paste(f"1. {label}, any of:\n   a. Fever\n   b. Elevated CRP\n2. Rash\n")
    assert whole(policy.coverages[0].start) == All((Any((FEVER, CRP)), RASH))
    assert "not a requirement of its own" in policy.clauses[0].understood or label in policy.clauses[0].understood


def test_a_clause_names_the_label_that_its_list_stands_for() -> None:
    clause = paste("1. Systemic inflammation (fever or elevated CRP)\n").clauses[0]
    assert "“Systemic inflammation”" in clause.understood
    assert "alone decides" in clause.understood


def test_examples_that_cannot_stand_for_a_diagnosis_are_listed_as_not_used() -> None:
    assert paste("1. Diagnosis of dermatomyositis, including elevated CK\n").clauses[0].unused == ("elevated", "CK")


def test_commas_without_a_word_are_read_as_all_and_the_clause_says_so() -> None:
    clause = paste("1. Fever, rash, arthritis\n").clauses[0]
    assert clause.understood.startswith("all of")
    assert "no word says how these items join" in clause.understood


EXCLUSIONS: list[tuple[str, Rule | None]] = [
    ("Autism is not covered.", RequestIs(indications=("dx.autism",))),
    ("IVIG is considered experimental for autism or CIDP.", RequestIs(indications=("dx.autism", "dx.cidp"))),
    (
        "IVIG is considered not medically necessary for all other indications, including but not limited to: autism.",
        RequestIs(indications=("dx.autism",)),
    ),
    ("IVIG is considered experimental and investigational for all other indications.", None),
    ("All other indications are considered unproven, as data are lacking.", None),
    (
        "Not covered: CIDP; prevention of baldness",
        Any((RequestIs(indications=("dx.cidp",)), Judged("prevention of baldness"))),
    ),
    (
        "Not covered: use of IVIG for autism",
        RequestIs(indications=("dx.autism",)),
    ),
]


@pytest.mark.parametrize(("line", "rule"), EXCLUSIONS, ids=[line[:50] for line, _ in EXCLUSIONS])
def test_a_line_that_excludes_says_what_the_request_is_not_for(line: str, rule: Rule | None) -> None:
    policy = paste(f"Criteria\n1. Fever\n2. Rash\n\n{line}\n")
    assert whole(policy.coverages[0].start) == All((FEVER, RASH))
    assert whole(policy.coverages[0].exclusions) == rule
    assert policy.clauses[-1].understood


def test_what_is_not_listed_is_noted_and_asks_nothing() -> None:
    policy = paste("1. Fever\n2. Rash\nIVIG is experimental and investigational for all other indications.\n")
    assert "not listed" in policy.clauses[-1].understood


def test_a_line_after_a_counted_list_does_not_join_the_count() -> None:
    text = "At least 2:\n1. Fever\n2. Rash\n3. Dysphagia\nAnd failure of methotrexate\n"
    counted = AtLeast(2, (FEVER, RASH, Has("finding.dysphagia")))
    assert start(text) == All((counted, Tried(MTX, FAILED)))


@pytest.mark.parametrize("number", ["2", "two", "two (2)", "30", "twelve"])
def test_a_group_word_knows_its_number_in_figures_and_words(number: str) -> None:
    lowered = f"at least {number} of the following"
    found = [bit for bit in lexicon_for(words()).phrases(lowered) if (bit.start, bit.end) == (0, len(lowered))]
    assert {bit.values for bit in found} == {
        ("at_least", {"two (2)": "2", "two": "2", "twelve": "12"}.get(number, number))
    }


def test_the_words_are_compiled_once() -> None:
    assert lexicon_for(words()) is lexicon_for(words())


@pytest.mark.parametrize(
    "unit",
    ["systemic inflammation as evidenced by fever ", "systemic inflammation such as fever ", "fever (fever or rash) "],
)
def test_nested_lists_in_one_line_are_read_with_linear_work(unit: str) -> None:
    short, long = (effort(lambda text="1. " + unit * times: paste(text)) for times in (100, 800))
    assert long < 8 * 1.5 * short
