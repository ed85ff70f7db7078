from __future__ import annotations

from pathlib import Path

import pytest

from indicated.content.pasted import NoCriteria, describe, looks_like_yaml
from indicated.model.errors import IndicatedError
from indicated.model.fact import Course, Result
from indicated.model.quantity import Quantity
from indicated.model.rule import (
    Age,
    All,
    Any,
    AtLeast,
    Codes,
    Has,
    Judged,
    Lacks,
    Measured,
    NoneOf,
    RequestIs,
    Response,
    ResultIs,
    Rule,
    Tried,
    Weight,
)
from tests.content.pasted_fixture import limit, paste, whole

FAILED = ("failed", "partial", "worsened")
INTOLERANT = ("intolerant", "allergic")
CONTRA = ("contraindicated",)
CS, IS = "class.corticosteroid", "class.immunosuppressant"
MTX, AZA, MMF = "drug.methotrexate", "drug.azathioprine", "drug.mycophenolate"


def high(concept: str) -> Rule:
    return ResultIs(concept, (Result.ELEVATED,))


def positive(concept: str) -> Rule:
    return ResultIs(concept, (Result.POSITIVE,))


def tried(concept: str, *outcomes: str, **more: object) -> Rule:
    return Tried(concept, outcomes, **more)


def start(text: str) -> Rule | None:
    return whole(paste(text).coverages[0].start)


LINES: list[tuple[str, Rule]] = [
    # what is there and what is not
    ("Diagnosis of dermatomyositis", Has("dx.dm")),
    ("Documented heliotrope rash", Has("finding.heliotrope")),
    ("No evidence of thrombosis", Lacks("finding.thrombosis_history")),
    ("Absence of malignancy", Lacks("dx.cancer")),
    ("Malignancy has been ruled out", Lacks("dx.cancer")),
    ("No fever, rash or arthritis", All((Lacks("finding.fever"), Lacks("finding.rash"), Lacks("finding.arthritis")))),
    ("Dermatomyositis with interstitial lung disease", All((Has("dx.dm"), Has("dx.ild")))),
    ("Dermatomyositis without malignancy", All((Has("dx.dm"), Lacks("dx.cancer")))),
    ("Non-destructive arthritis or arthralgia", Any((Has("finding.arthritis"), Has("finding.arthralgia")))),
    ("Muscle pain, spontaneous or on grasping", Has("finding.myalgia")),
    ("Proximal muscle weakness of the upper or lower limbs or trunk", Has("finding.proximal_weakness")),
    ("Fever; rash", All((Has("finding.fever"), Has("finding.rash")))),
    # results
    ("Elevated serum creatine kinase (CK) or aldolase", Any((high("lab.ck"), high("lab.aldolase")))),
    ("Platelets not greater than 50,000/uL", Measured("lab.platelets", limit("<= 50000 /uL"))),
    ("IgG is not below 400 mg/dL", Measured("lab.igg", limit(">= 400 mg/dL"))),
    ("CK above the upper limit of normal", high("lab.ck")),
    ("CK and aldolase are elevated", All((high("lab.ck"), high("lab.aldolase")))),
    (
        "Heliotrope rash and elevated CK or aldolase",
        All((Has("finding.heliotrope"), Any((high("lab.ck"), high("lab.aldolase"))))),
    ),
    ("Positive anti-Jo-1 or anti-Mi-2 antibodies", Any((positive("ab.jo1"), positive("ab.mi2")))),
    ("Anti-synthetase antibodies (e.g., anti-Jo-1)", positive("ab.synthetase")),
    ("Negative rheumatoid factor", ResultIs("ab.rf", (Result.NEGATIVE,))),
    (
        "Signs of systemic inflammation: fever, elevated CRP, or ESR above 20 mm/h",
        Any((Has("finding.fever"), high("lab.crp"), Measured("lab.esr", limit("> 20 mm/h")))),
    ),
    ("Myogenic changes on electromyography (EMG)", Has("finding.emg_myopathic")),
    ("Pathological findings compatible with inflammatory myositis", Has("path.myositis")),
    # limits
    ("IgG < 400 mg/dL", Measured("lab.igg", limit("< 400 mg/dL"))),
    ("Serum IgG of 400 mg/dL or less", Measured("lab.igg", limit("<= 400 mg/dL"))),
    (
        "IgG at or below 4 g/L within the past 3 months",
        Measured("lab.igg", limit("<= 4 g/L"), within=Quantity.of(3, "mo")),
    ),
    (
        "IgG less than 500 mg/dL on two (2) occasions at least 3 weeks apart",
        Measured("lab.igg", limit("< 500 mg/dL"), times=2, apart=Quantity.of(3, "wk")),
    ),
    ("IgG less than 500", Measured("lab.igg", limit("< 500 mg/dL"))),
    ("Platelets below 30,000/uL", Measured("lab.platelets", limit("< 30000 /uL"))),
    ("Platelets below 30,000", Measured("lab.platelets", limit("< 30000 /uL"))),
    ("Platelet count ≤ 181 x 10^9/L", Measured("lab.platelets", limit("<= 181 10*9/L"))),
    (
        "Hypogammaglobulinemia (IgG < 400 mg/dL)",
        Measured("lab.igg", limit("< 400 mg/dL")),
    ),
    (
        "IgG below 400 mg/dL and recurrent bacterial infections, or IgG below 200 mg/dL",
        Any(
            (
                All((Measured("lab.igg", limit("< 400 mg/dL")), Has("finding.recurrent_infection"))),
                Measured("lab.igg", limit("< 200 mg/dL")),
            )
        ),
    ),
    # what was tried
    ("Trial of corticosteroids", tried(CS)),
    ("Failure of methotrexate or azathioprine", Any((tried(MTX, *FAILED), tried(AZA, *FAILED)))),
    ("Inadequate response to corticosteroids and methotrexate", All((tried(CS, *FAILED), tried(MTX, *FAILED)))),
    (
        "Failure, intolerance or contraindication to methotrexate",
        tried(MTX, *FAILED, *INTOLERANT, *CONTRA),
    ),
    ("Methotrexate was tried for at least 3 months and failed", tried(MTX, *FAILED, for_at_least=Quantity.of(3, "mo"))),
    (
        "Inadequate response to methotrexate or azathioprine for at least 12 weeks",
        Any(
            (
                tried(MTX, *FAILED, for_at_least=Quantity.of(12, "wk")),
                tried(AZA, *FAILED, for_at_least=Quantity.of(12, "wk")),
            )
        ),
    ),
    ("Failure of at least two immunosuppressants", tried(IS, *FAILED, count=2)),
    ("Corticosteroids are contraindicated", tried(CS, *CONTRA)),
    ("Patient is not a candidate for methotrexate", tried(MTX, *CONTRA)),
    ("Dermatomyositis refractory to corticosteroids", All((Has("dx.dm"), tried(CS, *FAILED)))),
    ("Not currently receiving rituximab", Lacks("drug.rituximab", now=True)),
    (
        "Failure of at least two of methotrexate, azathioprine, or mycophenolate",
        AtLeast(2, (tried(MTX, *FAILED), tried(AZA, *FAILED), tried(MMF, *FAILED))),
    ),
    ("Failure of immunosuppressants (methotrexate or azathioprine)", Any((tried(MTX, *FAILED), tried(AZA, *FAILED)))),
    # age, weight, request
    ("Age 18 years or older", Age(limit(">= 18 a"))),
    ("Patient is 2 years of age or older", Age(limit(">= 2 a"))),
    ("Age ≥ 18", Age(limit(">= 18 a"))),
    ("Adult with dermatomyositis", All((Age(limit(">= 18 a")), Has("dx.dm")))),
    ("Weight of at least 20 kg", Weight(limit(">= 20 kg"))),
    ("Dose does not exceed 2 g/kg every 4 weeks", RequestIs(per_course=limit("<= 2 g/kg"), interval=limit(">= 4 wk"))),
    (
        "Prescribed by or in consultation with a rheumatologist or a dermatologist",
        RequestIs(prescribers=("rheumatolog", "dermatolog")),
    ),
    ("ICD-10 code M33.13, M33.20 or M33.90", Codes(("M33.13", "M33.20", "M33.90"))),
    ("Documented clinical improvement", Response((Course.IMPROVED,))),
    # what only a person can say
    ("Vaccine challenge was attempted", Judged("Vaccine challenge was attempted")),
    ("CK at least 5 times the upper limit of normal", Judged("CK at least 5 times the upper limit of normal")),
    (
        "At least 2 serious bacterial infections in the past 12 months",
        All(
            (Has("finding.serious_infection"), Judged("At least 2 serious bacterial infections in the past 12 months"))
        ),
    ),
    ("Heliotrope rash and a shawl sign", All((Has("finding.heliotrope"), Judged("a shawl sign")))),
    (
        "Failure of conventional therapy (e.g., corticosteroids)",
        Any((tried(CS, *FAILED), Judged("Failure of conventional therapy (e.g., corticosteroids)"))),
    ),
    (
        "Absence of malignancy and Foo disease",
        All((Lacks("dx.cancer"), Judged("Absence of malignancy and Foo disease"))),
    ),
]


@pytest.mark.parametrize(("line", "rule"), LINES, ids=[line[:40] for line, _ in LINES])
def test_a_line_becomes_exactly_this_rule(line: str, rule: Rule) -> None:
    assert start(f"1. {line}\n") == rule


TREES: dict[str, tuple[str, Rule]] = {
    "all of two": (
        "ALL of the following must be met:\n1. Fever\n2. Rash\n",
        All((Has("finding.fever"), Has("finding.rash"))),
    ),
    "any, lettered": (
        "Any of the following:\na) Fever\nb) Rash\n",
        Any((Has("finding.fever"), Has("finding.rash"))),
    ),
    "at least, in words with a figure": (
        "At least two (2) of the following are present:\n- Fever\n- Rash\n- Arthritis\n",
        AtLeast(2, (Has("finding.fever"), Has("finding.rash"), Has("finding.arthritis"))),
    ),
    "two or more": (
        "Two or more of the following:\n- Fever\n- Rash\n- Arthritis\n",
        AtLeast(2, (Has("finding.fever"), Has("finding.rash"), Has("finding.arthritis"))),
    ),
    "none of": (
        "None of the following:\n- Fever\n- Rash\n",
        NoneOf((Has("finding.fever"), Has("finding.rash"))),
    ),
    "does not have any of": (
        "The patient does not have any of the following:\n- Fever\n- Rash\n",
        NoneOf((Has("finding.fever"), Has("finding.rash"))),
    ),
    "or on a line of its own": (
        "1. Fever\nOR\n2. Rash\n",
        Any((Has("finding.fever"), Has("finding.rash"))),
    ),
    "trailing or": ("1. Fever; or\n2. Rash\n", Any((Has("finding.fever"), Has("finding.rash")))),
    "or at the end of an item joins it to the next one": (
        "1. Fever; and\n2. Rash; or\n3. Arthritis\n",
        All((Has("finding.fever"), Any((Has("finding.rash"), Has("finding.arthritis"))))),
    ),
    "or on a line of its own is looser than and": (
        "1. Fever; and\n2. Rash\nOR\n3. Arthritis\n",
        Any((All((Has("finding.fever"), Has("finding.rash"))), Has("finding.arthritis"))),
    ),
    "an item with a requirement of its own and items below it": (
        "1. Dermatomyositis\n   a. Fever\n   b. Rash\n2. Arthritis\n",
        All((All((Has("dx.dm"), Has("finding.fever"), Has("finding.rash"))), Has("finding.arthritis"))),
    ),
    "long unmarked lines, one criterion each": (
        (
            "IVIG is medically necessary for dermatomyositis when all of the following criteria are met:\n"
            "The member has at least one of the following skin findings:\n Heliotrope rash\n Gottron papules\n"
            "The member has tried and had an inadequate response to systemic corticosteroids\n"
            "The requested dose is not greater than 2 g/kg divided over 2 to 5 days every 4 weeks\n"
        ),
        All(
            (
                Any((Has("finding.heliotrope"), Has("finding.gottron_papules"))),
                tried(CS, *FAILED),
                RequestIs(per_course=limit("<= 2 g/kg"), interval=limit(">= 4 wk")),
            )
        ),
    ),
    "a response told by its sign": (
        "Renewal criteria\n- Disease response as evidenced by an improvement from baseline\n",
        Response((Course.IMPROVED,)),
    ),
    "or inside an ALL list joins its neighbours": (
        "ALL of the following:\n1. Fever\n2. Rash; or\n3. Arthritis\n",
        All((Has("finding.fever"), Any((Has("finding.rash"), Has("finding.arthritis"))))),
    ),
    "a header hands its predicate to its items": (
        "1. Trial and failure of ONE of the following:\n   a. Methotrexate\n   b. Azathioprine\n",
        Any((tried(MTX, *FAILED), tried(AZA, *FAILED))),
    ),
    "a header with a requirement of its own": (
        (
            "1. Diagnosis of dermatomyositis confirmed by at least 2 of the following:\n"
            "   a. Elevated CK\n   b. Heliotrope rash\n   c. Gottron papules\n"
        ),
        All((Has("dx.dm"), AtLeast(2, (high("lab.ck"), Has("finding.heliotrope"), Has("finding.gottron_papules"))))),
    ),
    "an unresolved requirement joined to a group": (
        "1. Florid activity with at least two of the following:\n   a. Fever\n   b. Rash\n   c. Arthritis\n",
        All(
            (
                Judged("Florid activity"),
                AtLeast(2, (Has("finding.fever"), Has("finding.rash"), Has("finding.arthritis"))),
            )
        ),
    ),
    "nested bullets without numbers": (
        (
            "* Age >= 2 years\n* One of:\n  + IgG below 200 mg/dL\n  + BOTH of the following:\n"
            "    - IgG below 500 mg/dL\n    - recurrent infections\n"
        ),
        All(
            (
                Age(limit(">= 2 a")),
                Any(
                    (
                        Measured("lab.igg", limit("< 200 mg/dL")),
                        All((Measured("lab.igg", limit("< 500 mg/dL")), Has("finding.recurrent_infection"))),
                    )
                ),
            )
        ),
    ),
    "no indentation, told apart by their marks": (
        "1. One of the following:\na. Fever\nb. Rash\n2. Arthritis\n",
        All((Any((Has("finding.fever"), Has("finding.rash"))), Has("finding.arthritis"))),
    ),
    "unmarked lines under a header": (
        "All of the following:\nDiagnosis of polymyositis\nElevated CK\n",
        All((Has("dx.pm"), high("lab.ck"))),
    ),
    "items at the level of their header": (
        "- One of the following:\n- Fever\n- Rash\n",
        Any((Has("finding.fever"), Has("finding.rash"))),
    ),
    "a wrapped line": (
        "1. Inadequate response to\n   corticosteroids\n2. Fever\n",
        All((tried(CS, *FAILED), Has("finding.fever"))),
    ),
    "CRLF and tabs": (
        "ALL of the following:\r\n1.\tOne of:\r\n\ta.\tFever\r\n\tb.\tRash\r\n2.\tArthritis\r\n",
        All((Any((Has("finding.fever"), Has("finding.rash"))), Has("finding.arthritis"))),
    ),
    "markdown emphasis": (
        "**ALL** of the following:\n- **Elevated** CK\n- *Fever*\n",
        All((high("lab.ck"), Has("finding.fever"))),
    ),
    "terms defined earlier": (
        (
            "1. First-line therapy (corticosteroids) AND second-line therapy (an immunosuppressant) were tried and were"
            " ineffective or not tolerated; or\n2. First-line and second-line therapy are contraindicated\n"
        ),
        Any(
            (
                All((tried(CS, *FAILED, *INTOLERANT), tried(IS, *FAILED, *INTOLERANT))),
                All((tried(CS, *CONTRA), tried(IS, *CONTRA))),
            )
        ),
    ),
    "a count that cannot be reached": (
        "At least 5 of the following:\n1. Fever\n2. Rash\n",
        All((Has("finding.fever"), Has("finding.rash"), Judged("Fever / Rash"))),
    ),
}


@pytest.mark.parametrize("name", TREES)
def test_a_list_becomes_exactly_this_tree(name: str) -> None:
    text, rule = TREES[name]
    assert start(text) == rule


def test_a_term_that_the_policy_never_defines_is_judged() -> None:
    assert start("1. Failure of first-line therapy\n") == Judged("Failure of first-line therapy")


def test_sections_become_start_continuation_limits_and_exclusions() -> None:
    policy = paste(
        "Dermatomyositis: IVIG\n\nInitial Authorization\n1. Fever\n\nContinuation / Reauthorization:\n"
        "1. Positive clinical response\n\nLimitations\n- Maximum dose 2 g/kg every 4 weeks\n\nExclusions\n"
        "- Inclusion body myositis\n- Unheard-of disease\n"
    )
    (coverage,) = policy.coverages
    assert policy.title.startswith("Dermatomyositis")
    assert policy.treatment == "tx.ivig"
    assert coverage.conditions == ()
    assert whole(coverage.start) == Has("finding.fever")
    assert whole(coverage.continuation) == Response((Course.IMPROVED, Course.STABLE))
    assert whole(coverage.limits) == RequestIs(per_course=limit("<= 2 g/kg"), interval=limit(">= 4 wk"))
    assert whole(coverage.exclusions) == Any((RequestIs(indications=("dx.ibm",)), Judged("Unheard-of disease")))
    assert [criterion.id for criterion in policy.criteria] == [
        "1", "continuation.1", "limit.1", "exclusion.1", "exclusion.2",
    ]  # fmt: skip


def test_an_exclusion_on_the_line_of_its_heading_asks_what_the_request_is_for() -> None:
    policy = paste(
        "1. Fever\nNot covered: juvenile idiopathic arthritis and other inflammatory arthropathies"
        " (ICD-10 M08.00-M10.9).\n"
    )
    assert whole(policy.coverages[0].exclusions) == Any((RequestIs(indications=("dx.jia",)), Codes(("M08.00-M10.9",))))


def test_sections_for_several_conditions_become_coverages_of_their_own() -> None:
    policy = paste("A. Dermatomyositis: ALL of the following\n  1. Fever\nB. CIDP\n  1. Rash\n")
    assert [(one.conditions, whole(one.start)) for one in policy.coverages] == [
        (("dx.dm",), Has("finding.fever")),
        (("dx.cidp",), Has("finding.rash")),
    ]
    assert [criterion.id for criterion in policy.criteria] == ["A.1", "B.1"]


def test_a_policy_with_only_continuation_criteria_applies_them_and_says_so() -> None:
    policy = paste("Continuation criteria\n1. Documented improvement\n")
    assert policy.coverages[0].start == policy.coverages[0].continuation
    assert "no criteria for starting" in policy.clauses[0].understood


def test_a_list_that_no_word_joins_is_read_as_all_and_says_so() -> None:
    policy = paste("Criteria\n1. Fever\n2. Rash\n")
    assert any("every one is taken as required" in clause.understood for clause in policy.clauses)


def test_the_length_of_an_approval_is_no_criterion() -> None:
    policy = paste("1. Fever\n2. Authorization is for 12 months\n")
    assert [criterion.id for criterion in policy.criteria] == ["1"]
    assert policy.clauses[1].criterion == ""


def test_words_that_were_not_used_are_listed() -> None:
    policy = paste("1. Florid heliotrope rash\n")
    assert policy.clauses[0].unused == ("Florid",)


def test_a_clause_says_what_its_line_became() -> None:
    policy = paste("1. Elevated serum creatine kinase (CK) or aldolase\n")
    assert policy.clauses[0].understood == "any of: creatine kinase elevated; aldolase elevated"
    assert [(line.line, line.criterion, line.judged) for line in describe(policy)] == [(1, "1", False)]


def test_criteria_take_their_ids_from_the_numbering_shown() -> None:
    policy = paste(
        "I. One of the following:\n  A. Fever\n  B. Any of:\n    1. Rash\n    2. Arthritis\nII. CK elevated\n"
    )
    assert [criterion.id for criterion in policy.criteria] == ["I", "I.A", "I.B", "I.B.1", "I.B.2", "II"]


def test_i_after_h_is_a_letter_and_i_below_a_letter_a_roman_number() -> None:
    letters = "".join(f"{letter}) Fever\n" for letter in "abcdefghij")
    assert [criterion.id for criterion in paste(letters).criteria] == list("abcdefghij")
    nested = paste("a) Any of:\n  i) Fever\n  ii) Rash\nb) Arthritis\n")
    assert [criterion.id for criterion in nested.criteria] == ["a", "a.i", "a.ii", "b"]


def test_compound_numbers_are_ids_as_they_stand() -> None:
    policy = paste("1 Any of the following:\n1.1 Elevated CK level\n1.2 Elevated aldolase level\n")
    assert [criterion.id for criterion in policy.criteria][-2:] == ["1.1", "1.2"]


CASE_2 = Path(__file__).parents[2] / "examples" / "2-overlap-denied.policy.md"


def test_a_count_of_eight_items_a_treatment_history_and_an_exclusion() -> None:
    policy = paste(EIGHT)
    top = policy.coverages[0].start
    items = whole(top).parts[0]
    assert isinstance(items, AtLeast)
    assert (items.n, len(items.of)) == (4, 8)
    assert items.of == (
        Has("finding.proximal_weakness"),
        Any((high("lab.ck"), high("lab.aldolase"))),
        Has("finding.myalgia"),
        Has("finding.emg_myopathic"),
        positive("ab.synthetase"),
        Any((Has("finding.arthritis"), Has("finding.arthralgia"))),
        Any((Has("finding.fever"), high("lab.crp"), Measured("lab.esr", limit("> 20 mm/h")))),
        Has("path.myositis"),
    )
    assert whole(top).parts[1] == Any((
        All((tried(CS, *FAILED, *INTOLERANT), tried(IS, *FAILED, *INTOLERANT))),
        All((tried(CS, *CONTRA), tried(IS, *CONTRA))),
    ))  # fmt: skip
    assert whole(policy.coverages[0].exclusions) == Any((RequestIs(indications=("dx.jia",)), Codes(("M08.00-M10.9",))))
    assert policy.treatment == "tx.ivig"
    assert not any(clause.judged for clause in policy.clauses)


EIGHT = """Polymyositis or dermatomyositis: first request for IVIG. ALL of the following are required:
1. At least FOUR of these are present:
   a. Proximal muscle weakness of the trunk, or of the upper or lower limbs
   b. Elevated serum creatine kinase (CK) or aldolase
   c. Muscle pain, spontaneous or on grasping
   d. Myogenic changes on electromyography (EMG)
   e. Anti-synthetase antibodies (e.g., anti-Jo-1)
   f. Non-destructive arthritis or arthralgia
   g. Signs of systemic inflammation: fever, elevated CRP, or ESR above 20 mm/h
   h. Pathological findings compatible with inflammatory myositis
2. Treatment history - ONE of the following:
   a. First-line therapy (corticosteroids) AND second-line therapy (an immunosuppressant) were tried
      and were ineffective or not tolerated
   b. First-line and second-line therapy are contraindicated
Not covered: juvenile idiopathic arthritis and other inflammatory arthropathies (ICD-10 M08.00-M10.9).
"""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n",
        "The plan was founded long ago. It serves many people. Call us.",
        "(" * 10_000,
        "IVIG is a blood product.",
    ],
    ids=["empty", "blank", "prose", "brackets", "one sentence"],
)
def test_a_text_without_criteria_is_refused_in_one_line_that_says_what_was_looked_for(text: str) -> None:
    with pytest.raises(NoCriteria) as refused:
        paste(text)
    assert isinstance(refused.value, IndicatedError)
    assert "looked for numbered, lettered or bulleted lines" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_refusal_repeats_nothing_of_the_text() -> None:
    with pytest.raises(NoCriteria) as refused:
        paste("Jane Roe lives here. She is well. Good day.")
    assert "Jane" not in str(refused.value)


def test_yaml_policies_are_told_from_pasted_text() -> None:
    assert looks_like_yaml("id: x\npayer: y\ntreatment: tx.ivig\ncriteria:\n- id: a\n")
    assert not looks_like_yaml(EIGHT)
    assert not looks_like_yaml("Criteria: all of the following\n1. Fever\n")
