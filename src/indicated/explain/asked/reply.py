"""A question's answer as an article: what was supposed and what comes of it, then each thing asked, in order.

What cannot be answered is said to be so, with what can be asked; nothing is guessed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from indicated.explain import references
from indicated.explain.article import PARTS
from indicated.explain.asked import bearing, criteria, lacking, named, offers, record, rules, what_if
from indicated.explain.asked.desk import Desk
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.sections import answer, evidence
from indicated.explain.writer import Writer
from indicated.model.statement import FromPassage, FromTrace, Rationale, Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from indicated.explain.translations import Spanish
    from indicated.explain.writer import Said
    from indicated.model.determination import Change, Determination
    from indicated.model.question import Ask, Intent, Question, Shown
    from indicated.model.statement import Statement
    from indicated.release import Release

OWN: dict[str, tuple[Callable[[Desk], Said], str]] = {
    "asked.record": (record.record, "list"),
    "asked.meaning": (record.meaning, "list"),
    "asked.bearing": (bearing.bearing, "rows"),
    "asked.criteria": (criteria.rows, "table"),
    "asked.clauses": (criteria.clauses, "rows"),
    "asked.exclusions": (criteria.exclusions, "table"),
    "asked.why": (criteria.carrying, "table"),
    "asked.sources": (criteria.sources, "rows"),
    "asked.others": (named.others, "table"),
    "asked.appeals": (rules.appeals, "rows"),
    "asked.deciders": (rules.deciders, "rows"),
    "asked.policy": (rules.policy_version, "prose"),
    "asked.terms": (rules.terms, "list"),
    "asked.help": (lambda desk: offers.can(desk.w, desk.release.question_words.intents), "prose"),
    "asked.lacking": (lacking.lacking, "prose"),
    "asked.stopping": (lambda desk: evidence.stopping(desk.w), "list"),
    "asked.measures": (lambda desk: evidence.measures(desk.w), "list"),
    "asked.guidelines": (lambda desk: evidence.guidelines(desk.w), "list"),
    "asked.safety": (lambda desk: named.safety(desk, PARTS["safety"][1]), "rows"),
    "asked.cautions": (named.cautions, "rows"),
    "asked.under_the_skin": (bearing.under_the_skin, "list"),
    "asked.untried": (lambda desk: named.alternatives(desk, PARTS["untried"][1]), "list"),
}
"""The sections that only questions have: what writes each, and the style it is shown in."""
_OF_THE_USE = ("standing", "dose", "benefit", "for", "against", "asked.stopping", "asked.measures", "asked.guidelines")
"""Sections on one use of the treatment: where another condition is named, they are that one's."""
_NOTHING, _LACKING = "ask.nothing", "asked.lacking"
_OF_THE_DOSE = ("dose", "dispensing", "benefit")


class Told(NamedTuple):
    """What an answer is made of. `changes` are the facts supposed, each with those of the record that it takes the
    place of; `after` is the determination with them, the same value as `before` where there are none. `known` is false
    where nothing that was asked could be answered.
    """

    question: Question
    before: Determination
    after: Determination
    changes: tuple[Change, ...]
    known: bool = True


def reply(told: Told, release: Release, audience: str, spanish: Spanish | None = None) -> tuple[Told, Rationale]:
    """The answer, and whether anything asked was answered. The same arguments give the same value."""
    book, knowledge = Phrasebook(release.phrases, audience, spanish), release.knowledge
    sections: list[Section] = []
    withheld: list[str] = []

    def writer(determination: Determination) -> Writer:
        w = Writer(determination, knowledge, book, beside=(told.before, told.after))
        w.withheld = withheld
        return w

    question = told.question
    if question.supposed.told or question.supposed.unread:
        sections += _supposed(writer(told.before), writer(told.after), told)
    known = question.supposed.told
    for ask in question.asks:
        desk = Desk(writer(told.after), question.document, ask.concepts, release)
        found = tuple(_answered(desk, ask))
        known = known or not (ask.intent.beyond or _unknown(found))
        sections += found
    if known and question.unused:
        note = offers.unused(writer(told.before), question.unused)
        sections = [*_section(book, "ask.unused", note, "prose"), *sections]
    if not known:
        if not question.asks:
            sections += _section(book, "ask.unknown", offers.unknown(writer(told.before), question.whole), "prose")
        desk = Desk(writer(told.before), question.document, question.only_named, release)
        sections += _section(book, "ask.only_named", record.record(desk), "list")
        free = Desk(writer(told.before), question.document, (), release)
        listed = release.question_words.intents
        sections += _section(book, "ask.instead", offers.instead(free.w, listed, partial(_answers, free)), "list")
        main = [one for one in release.question_words.intents if one.main]
        sections += _section(book, "ask.can_be", offers.can(writer(told.before), main), "prose")
    whole = tuple(in_english(book, _once(sections)))
    title = " ".join(question.document.text.split())
    cited = references.numbered(whole, knowledge, book)
    return told._replace(known=known), Rationale(
        title, audience, whole, cited, len(withheld), language=book.language, english=tuple(book.english)
    )


def _supposed(before: Writer, after: Writer, told: Told) -> Iterator[Section]:
    book = before.book
    supposed = told.question.supposed
    yield from _section(book, "ask.supposed", what_if.understood(before, supposed, told.changes), "list")
    if not supposed.told:
        return
    yield from _section(book, "ask.before_after", what_if.outcome(before, after), "prose")
    if supposed.request is not None and after.d.case.request is not None:
        doubts = tuple(one for doubt in answer.doubts(after, after.d.case.request) for one in doubt)
        yield from _section(book, "ask.doubts", doubts, "prose")
    if told.question.asks:
        return
    rows = what_if.criteria(before, after, told.changes, request=supposed.request is not None)
    yield from _section(book, "ask.criteria", rows, "table" if any(row.label for row in rows) else "list")
    yield from what_if.parts(before, after)
    yield from _section(book, "ask.still_missing", what_if.missing(after), "list")


def _answered(desk: Desk, ask: Ask) -> Iterator[Section]:
    """The sections that answer one thing asked; where the first of them is empty, a sentence that says so."""
    book, intent = desk.w.book, ask.intent
    heading = book.word("heading.ask", intent.id, book.words(f"ask.can.{intent.id}"))
    heading = heading[:1].upper() + heading[1:]
    stranger = _of_another_drug(desk, intent)
    shows = () if intent.beyond or stranger else intent.shows
    found = [(one.section, *_shown(desk, one)) for one in shows]
    kept = [one for one in found if one[1]]
    if not kept or (kept[0] is not found[0] and intent.otherwise != _NOTHING and kept[0][0] != _LACKING):
        proved = (FromPassage(ask.passage), desk.w.trace(intent.id, "nothing"), *desk.naming(), *desk.w.asked())
        phrase = "ask.another_drug" if stranger else intent.otherwise
        said = desk.w.say(phrase, proved, named=desk.labels(), treatment=_treatment(desk))
        kept = [("nothing", said, "prose"), *kept]
    for place, (section, statements, style) in enumerate(kept):
        under = f"heading.{section}"
        title = book.words(under) if place and under in book else heading
        yield Section(f"{intent.id}.{section}", title, statements, style)


def _answers(desk: Desk, intent: Intent) -> bool:
    """Whether this case has an answer to what is asked so, with nothing named."""
    found = [_shown(desk._replace(w=desk.writer()), one)[0] for one in intent.shows]
    return bool(found and found[0])


def _unknown(found: tuple[Section, ...]) -> bool:
    return any(one.phrase == "ask.another_drug" for section in found for one in section.statements)


def _of_another_drug(desk: Desk, intent: Intent) -> bool:
    """Whether it is asked for the dose or benefit of a drug that is not what is asked for."""
    sections = {shown.section for shown in intent.shows}
    return bool(sections & set(_OF_THE_DOSE)) and bool(named.strangers(desk))


def _treatment(desk: Desk) -> str:
    request = desk.w.d.case.request
    return desk.w.words.label(request.treatment) if request is not None else ""


def _shown(desk: Desk, shown: Shown) -> tuple[Said, str]:
    if shown.section in OWN:
        write, style = OWN[shown.section]
        said = _of_use(desk, shown.section, lambda w: write(desk._replace(w=w)))
        statements = said if said is not None else write(desk)
    else:
        _, of_article, style = PARTS[shown.section]
        said = _of_use(desk, shown.section, of_article)
        statements = said if said is not None else of_article(desk.w)
    return tuple(one for one in statements if _wanted(desk, shown, one)), style


def _of_use(desk: Desk, section: str, write: Callable[[Writer], Said]) -> Said | None:
    return named.of_condition(desk, write) if section in _OF_THE_USE else None


def _wanted(desk: Desk, shown: Shown, one: Statement) -> bool:
    if shown.phrases and not one.phrase.startswith((*shown.phrases, "ask.")):
        return False
    verdicts = {proof.verdict for proof in one.proofs if isinstance(proof, FromTrace)}
    if shown.traces and verdicts.isdisjoint(shown.traces):
        return False
    if shown.speaks and not (one.phrase.startswith("ask.") and not one.phrase.startswith("ask.caution")):
        return any(f" {word}" in f" {one.label} {one.text}".lower() for word in shown.speaks)
    return not (shown.named and desk.concepts) or desk.spoken(f"{one.label} {one.text}")


def _section(book: Phrasebook, name: str, statements: Said, style: str) -> Iterator[Section]:
    if statements:
        yield Section(name, book.words(f"heading.{name}"), statements, style)


def in_english(book: Phrasebook, sections: Iterable[Section]) -> Iterator[Section]:
    """The sections, with a mark at each statement whose words are not in the reader's language."""
    for section in sections:
        said = tuple(
            one if book.speaks(one.phrase) else replace(one, text=book.marked(one.text)) for one in section.statements
        )
        yield Section(section.id, section.heading, said, section.style)


def _once(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections, without a statement that stood in one before."""
    told: set[tuple[str, str]] = set()
    for section in sections:
        new = tuple(one for one in section.statements if (one.label, one.text) not in told)
        told.update((one.label, one.text) for one in new)
        if new:
            yield Section(section.id, section.heading, new, section.style)
