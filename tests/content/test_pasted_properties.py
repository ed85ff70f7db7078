from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicated.content.pasted import NoCriteria
from indicated.model.policy import Policy
from indicated.model.rule import Ref
from tests.content.pasted_fixture import paste, whole
from tests.effort import effort

MARKS = st.sampled_from(["1. ", "2) ", "(a) ", "b. ", "i. ", "iv) ", "A. ", "- ", "* ", "• ", "", "1.1 ", "# ", "o "])
WORDS = st.sampled_from([
    "Elevated CK", "fever", "ALL of the following:", "one of the following", "at least 2 of the following:",
    "or", "AND", "IgG < 400 mg/dL", "(e.g., anti-Jo-1)", "failure of methotrexate", "Not covered:",
    "Continuation", "(", ")", "İstanbul", "≥ 20", "foo bar", "; or", "no rash", "within 6 months", "Exclusions",
    "<!-- x", "-->", "2 g/kg every 4 weeks", "ß", "dermatomyositis", "18 years or older", "is defined as",
    "none of the following:", "M08.00-M10.9", "first-line therapy", "Definitions", "is covered when", "A. B",
    "5 of", "CIDP", "Dermatomyositis:", "CIDP. Approve for 1 year if ALL of the following (a or b):", "is granted when",
    "Initial Therapy.", "Currently receiving it.", "Note: rash", "Approval duration: 6 months", "| CIDP | fever |",
    "CIDP | fever", "Dosing", "CIDP - fever", "If new, one of the following:", "Covered indications",
    "Length of Authorization",
])  # fmt: skip
LINES = st.builds(
    lambda indent, mark, words: " " * indent + mark + " ".join(words),
    st.integers(0, 6),
    MARKS,
    st.lists(WORDS, max_size=5),
)
TEXTS = st.builds(
    lambda lines, end: end.join(lines), st.lists(LINES, max_size=25), st.sampled_from(["\n", "\r\n", "\n\n", "\r"])
)


def read(text: str) -> Policy | None:
    try:
        return paste(text)
    except NoCriteria:
        return None


def covered(policy: Policy) -> list[int]:
    text = policy.document.text
    counts = [0] * len(text)
    for clause in policy.clauses:
        for at in range(clause.passage.start, clause.passage.end):
            counts[at] += 1
    return counts


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_every_character_that_is_not_blank_is_quoted_by_exactly_one_clause(text: str) -> None:
    policy = read(text)
    if policy is None:
        return
    assert all(policy.document.holds(clause.passage) for clause in policy.clauses)
    for char, count in zip(text, covered(policy), strict=True):
        assert count <= 1
        assert count == 1 or char.isspace() or char in ">\u200b\ufeff"


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_every_criterion_is_reached_from_a_coverage_and_has_an_id_and_a_clause_of_its_own(text: str) -> None:
    policy = read(text)
    if policy is None:
        return
    ids = [criterion.id for criterion in policy.criteria]
    assert len(set(ids)) == len(ids)
    assert sorted(clause.criterion for clause in policy.clauses if clause.criterion) == sorted(ids)
    reached: set[str] = set()

    def walk(rule: object) -> None:
        if isinstance(rule, Ref):
            reached.add(rule.criterion)
        for part in getattr(rule, "parts", ()):
            walk(part)

    for coverage in policy.coverages:
        for rule in (coverage.start, coverage.continuation, coverage.limits, coverage.exclusions):
            walk(rule)
    assert reached == set(ids)


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_reading_a_text_twice_gives_the_same_policy(text: str) -> None:
    assert read(text) == read(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_is_a_policy_or_a_clear_refusal(text: str) -> None:
    read(text)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["Fever", "Heliotrope rash", "Elevated CK", "Arthritis"]), min_size=2, max_size=6),
    st.data(),
)
def test_indentation_marks_and_line_ends_do_not_change_the_rule(items: list[str], data: st.DataObject) -> None:
    plain = "ALL of the following:\n" + "".join(f"{at}. {item}\n" for at, item in enumerate(items, 1))
    mark = data.draw(st.sampled_from(["-", "*", "•", "+"]))
    end = data.draw(st.sampled_from(["\n", "\r\n", "\n\n"]))
    indent = data.draw(st.integers(0, 8))
    other = "ALL of the following:" + end + "".join(f"{' ' * indent}{mark} {item}{end}" for item in items)
    assert whole(paste(plain).coverages[0].start) == whole(paste(other).coverages[0].start)


SHAPES = {
    "one long line": "1. " + "elevated CK or fever, ",
    "many items": "1. Elevated CK\n",
    "headers": "1. one of the following:\n",
    "trailing or": "1. fever; or\n",
    "brackets": "1. fever (((\n",
    "open comments": "1. fever <!-- \n",
    "plain": "Fever\n",
    "unknown words": "1. lorem ipsum dolor\n",
    "numbers": "1. 5 5 5 ",
    "conditions": "CIDP\nDermatomyositis\n",
    "conditions with lists": "CIDP\n1. Fever\nDermatomyositis\n1. Rash\n",
    "conditions and phases": "CIDP\nDosing\nDermatomyositis\nContinuation\n1. Rash\n",
    "approvals": "1. CIDP. Approve if ONE of the following (A or B):\n A) Fever\n B) Currently receiving it. Rash\n",
    "rows": "| CIDP | Fever |\n",
    "rows apart": "CIDP | Fever\n1. Rash\n",
    "notes": "1. Fever\nNote: a rash\n",
    "lone bullets": "-\nFever\n",
    "numbers apart": "1. Fever\nprose\n\n",
}


@pytest.mark.parametrize("name", SHAPES)
def test_the_work_is_linear_in_the_length_whatever_the_shape(name: str) -> None:
    short, long = (effort(lambda text=SHAPES[name] * times: read(text)) for times in (100, 800))
    assert long < 8 * 1.5 * short


def test_ten_thousand_nested_brackets_and_levels_are_read() -> None:
    policy = paste("1. Elevated CK " + "(" * 10_000 + ")" * 10_000)
    assert [criterion.id for criterion in policy.criteria] == ["1"]
    deep = paste("\n".join(" " * at + "- Elevated CK" for at in range(400)))
    assert len(deep.criteria) == 400


def test_a_megabyte_is_read() -> None:
    text = "ALL of the following:\n" + "1. Elevated serum creatine kinase (CK) or aldolase, or fever\n" * 17_000
    assert len(text) > 1_000_000
    assert len(paste(text).criteria) == 17_000
