"""What differs between two determinations, in words: which criterion, which gap, from what to what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from indicated.explain.words import Words as Labels
from indicated.model.determination import Determination
from indicated.model.knowledge import Knowledge
from indicated.web.words import Words
from indicated.workflow.review.values import Changed


class Difference(Struct, frozen=True):
    """One line: what it is about, the value before and after (empty: it was not there, or is gone), and their marks."""

    what: str
    before: str
    after: str
    mark_before: str
    mark_after: str


def differences_in_words(
    changed: Iterable[Changed], after: Determination, knowledge: Knowledge, t: Words
) -> tuple[Difference, ...]:
    """The differences that a reader follows, in order."""
    return tuple(_lines(changed, after, knowledge, t))


def _lines(changed: Iterable[Changed], after: Determination, knowledge: Knowledge, t: Words) -> Iterator[Difference]:
    named = dict(criteria_in_words(after, knowledge))
    labels = Labels(t.book, knowledge.vocabulary, {})
    for one in changed:
        match one.what:
            case "finding":
                yield _marked(t("change.finding"), one, lambda value: t.of("finding", value))
            case "next_step":
                yield _marked(t("change.next_step"), one, lambda value: t(f"next.{value}"))
            case "policy":
                yield _marked(t("change.policy"), one, lambda value: t.of("policy_verdict", value))
            case "policy_criterion" | "criterion":
                name = named.get((one.what, one.which), one.which)
                yield _marked(name, one, lambda value: t.of("mark", value))
            case "gap":
                told = t("change.gap_closed") if not one.after else t("change.gap_new")
                yield Difference(told, "", one.which, "", "")
            case "dose":
                yield Difference(t("change.dose"), _issues(one.before, t), _issues(one.after, t), "", "")
            case "contradiction":
                about = labels.label(one.which)
                yield Difference(
                    t("change.contradiction"), about if one.before else "", about if one.after else "", "", ""
                )
            case _:
                continue


def _marked(what: str, one: Changed, word: Callable[[str], str]) -> Difference:
    before, after = (word(value) if value else "" for value in (one.before, one.after))
    return Difference(what, before, after, one.before, one.after)


def _issues(told: str, t: Words) -> str:
    return ", ".join(t.of("dose", issue) for issue in told.split())


def criteria_in_words(d: Determination, knowledge: Knowledge) -> Iterator[tuple[tuple[str, str], str]]:
    """Every criterion of the policy and of the standard that leads: by what it is of and its id, in words."""
    if d.policy is not None:
        for one in d.policy.criteria:
            yield ("policy_criterion", one.id), f"{one.section} {one.paraphrase}".strip()
    standard = knowledge.standard_table.get(d.lead)
    for criterion in standard.criteria if standard is not None else ():
        yield ("criterion", criterion.id), criterion.paraphrase
