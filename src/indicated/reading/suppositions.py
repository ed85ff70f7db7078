"""What a question supposes: the clauses that suppose, read as if they stood in the record.

The clauses keep their places: everything else of the question is blanked, so that what is read quotes the question.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import fields, replace

from indicated.model.concept import Kind
from indicated.model.fact import Outcome, Stage
from indicated.model.question import Supposition
from indicated.model.text import Document, Passage
from indicated.reading.question_cues import longest, plain_words, strange, words_of
from indicated.reading.reader import reader_for
from indicated.reading.supposed_clauses import contrasted, reworded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from indicated.model.case import Case
    from indicated.model.fact import Fact
    from indicated.model.regimen import Request
    from indicated.reading.question_cues import Heard, Named, Word
    from indicated.reading.supposed_clauses import Clause

_PARTS = (" and ", ", ", "; ", " plus ", " as well as ")


def read_supposed(asked: Heard, told: Sequence[Clause], case: Case) -> Supposition:
    """What the clauses suppose, read by the ordinary reader."""
    document, words = asked.document, asked.words
    said = [clause for clause in told if not clause.forgets]
    against = tuple(_against(asked, said, case))
    text = reworded(document.text, said, words, asked.known)
    for passage in against:
        text = text[: passage.start] + " " * (passage.end - passage.start) + text[passage.end :]
    whole = reader_for(asked.lexicon).read((Document(document.id, text),))
    facts = tuple(_kept(asked, whole.facts))
    facts = tuple(fact for fact in facts if not _turned_round(asked, said, fact, facts))
    request = next((one for clause in said if (one := _request(asked, text, clause, case)) is not None), None)
    swapped = _swapped(asked, said, case)
    facts = tuple(fact for fact in facts if not (_asked_for(fact, request) or fact.concept in swapped))
    forgotten = tuple(
        (one.concept, document.passage(words[one.first].start, words[one.last - 1].end))
        for clause in told
        if clause.forgets
        for one in _within(asked, clause)
    )
    forgotten += tuple(one for clause in told for one in _by_a_word(asked, clause, case))
    on_record = {fact.concept for fact in case.facts}
    forgotten += tuple(
        (one.concept, document.passage(words[one.first].start, words[one.last - 1].end))
        for one in asked.named
        for passage in against
        if passage.start <= words[one.first].start < passage.end and one.concept in on_record
    )
    places = [passage for fact in facts for passage in fact.passages]
    places += [passage for _, passage in forgotten]
    places += against
    if request is not None:
        places += [*request.passages, *(request.regimen.passages if request.regimen is not None else ())]
    return Supposition(facts, request, forgotten, tuple(_unread(asked, told, places)))


def _against(asked: Heard, told: Sequence[Clause], case: Case) -> Iterator[Passage]:
    """What the clauses say that something takes the place of (`50 kg instead of 35`): no part of what is supposed."""
    today = case.request
    ours = {today.treatment, today.product} if today is not None else set()
    for clause in told:
        for words in contrasted(asked, clause, ours):
            yield asked.document.passage(asked.words[words[0]].start, asked.words[words[-1]].end)


def _by_a_word(asked: Heard, clause: Clause, case: Case) -> Iterator[tuple[str, Passage]]:
    """What a clause leaves out by one of the words with which the record tells it (`without the crisis`), where these
    words name nothing by themselves and one thing only is told with them.
    """
    words, known = asked.words, asked.known
    if not (clause.forgets or words[clause.first].text in known.leaves_out) or list(_within(asked, clause)):
        return
    skipped = {*plain_words(known), *known.leaves_out}
    opened = max(longest(known.forgets, words, clause.first), 1)
    telling = [word for word in words[clause.first + opened : clause.last] if word.text not in skipped]
    meant = {
        fact.concept
        for fact in case.facts
        for passage in fact.passages
        if {word.text for word in telling} <= {word.text for word in words_of(passage.quote)}
    }
    if telling and len(meant) == 1:
        yield meant.pop(), asked.document.passage(telling[0].start, telling[-1].end)


def _kept(asked: Heard, facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts, quoting the question itself, without the sex that a pronoun gives away and without the studies that
    are only named where something else was read.
    """
    persons, vocabulary = asked.known.persons, asked.lexicon.vocabulary
    listed = [fact for fact in facts if not all(one.quote.lower() in persons for one in fact.passages)]
    for fact in listed:
        study = vocabulary[fact.concept].kind is Kind.STUDY and fact.result is None and fact.value is None
        if not (study and any(other is not fact for other in listed)):
            quoting: Fact | None = _quoting(fact, asked.document, 0)
            if quoting is not None:
                yield quoting


def _turned_round(asked: Heard, told: Sequence[Clause], fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether a fact was read as it stands behind a negation that nothing was made of (`she hadn't relapsed after the
    dose was lowered`): what is said of it is not known.
    """
    known, first = asked.known, min((one.start for one in fact.passages), default=0)
    for start, stop in (part for clause in told for part in _parts(asked.document.text, clause)):
        if not fact.present or not start <= first < stop:
            continue
        inside = [one for one in facts if any(start <= passage.start < stop for passage in one.passages)]
        read = [passage for one in inside for passage in one.passages]
        negated = [word for word in asked.words if start <= word.start < first and word.text in known.negates]
        loose = any(not any(one.start <= word.start < one.end for one in read) for word in negated)
        return loose and not any(one.absent for one in inside)
    return False


def _request(asked: Heard, text: str, clause: Clause, case: Case) -> Request | None:
    """The request that a clause supposes, where it speaks of one and of no other drug."""
    inside, known, today = range(clause.first, clause.last), asked.known, case.request
    dose = any(longest(known.asked_for, asked.words, at) for at in inside)
    other = any(longest(known.changed_to, asked.words, at) for at in inside)
    if today is None or not (dose or other) or _strangers(asked, clause, today):
        return None
    starts = [known.request.format(treatment=asked.lexicon.vocabulary[today.treatment].label)]
    starts.insert(0 if _another_treatment(asked, clause, today) else 1, known.request.format(treatment=""))
    for start in starts:
        written = Document(asked.document.id, start + text[clause.start : clause.end])
        found = reader_for(asked.lexicon).read((written,)).request
        moved: Request | None = _quoting(found, asked.document, clause.start - len(start))
        if moved is None:
            continue
        regimen = moved.regimen if dose and moved.regimen is not None and moved.regimen.passages else None
        product = moved.product if other or dose else ""
        indications = moved.indications if other else ()
        if regimen is not None or product or indications or moved.treatment != today.treatment:
            # what names a product or a use quotes no more than the clause: the words of the request are not its own
            passages = moved.passages or (asked.document.passage(clause.start, clause.end),)
            return replace(moved, regimen=regimen, product=product, indications=indications, passages=passages)
    return None


def _another_treatment(asked: Heard, clause: Clause, today: Request) -> bool:
    """Whether a clause names a treatment or product that is not asked for today."""
    kinds = (Kind.TREATMENT, Kind.PRODUCT)
    return any(one.kind in kinds and one.concept != today.treatment for one in _within(asked, clause))


def _strangers(asked: Heard, clause: Clause, today: Request) -> set[str]:
    """Drugs that a clause names and that are no form of what is asked for."""
    related = asked.lexicon.vocabulary.related
    return {
        one.concept
        for one in _within(asked, clause)
        if one.kind in (Kind.DRUG, Kind.DRUG_CLASS) and not related(one.concept, today.treatment)
    }


def _within(asked: Heard, clause: Clause) -> Iterator[Named]:
    return (one for one in asked.named if clause.first <= one.first < clause.last)


def _swapped(asked: Heard, told: Sequence[Clause], case: Case) -> set[str]:
    """Other drugs that the clauses put in place of what is asked for: no facts, and nothing that is decided here."""
    if case.request is None:
        return set()
    ours = {case.request.treatment, case.request.product}
    beside = {at for clause in told for words in contrasted(asked, clause, ours) for at in words}
    return {
        concept
        for clause in told
        if any(
            longest(asked.known.in_place, asked.words, at)
            for at in range(clause.first, clause.last)
            if at not in beside
        )
        for concept in _strangers(asked, clause, case.request)
    }


def _asked_for(fact: Fact, request: Request | None) -> bool:
    """Whether a therapy is what the supposed request asks for, and no fact of its own."""
    if fact.therapy is None or request is None:
        return False
    its_own = fact.therapy.outcome is Outcome.UNKNOWN and fact.concept in (request.product, request.treatment)
    return fact.therapy.stage is Stage.REQUESTED or its_own


def _quoting(value: Any, document: Document, by: int) -> Any:
    """A value whose passages quote the document, `by` characters on; None where one of its own falls out of it."""
    if isinstance(value, Passage):
        start, end = value.start + by, value.end + by
        return document.passage(start, end) if start >= 0 and end <= len(document.text) else None
    if isinstance(value, tuple):
        return tuple(new for one in value if (new := _quoting(one, document, by)) is not None)
    if isinstance(value, Struct):
        changed = {
            field.name: new
            for field in fields(value)
            if isinstance(old := getattr(value, field.name), Struct | tuple)
            and (new := _quoting(old, document, by)) is not old
        }
        if None in changed.values():
            return None
        return replace(value, **changed) if changed else value
    return value


def _unread(asked: Heard, told: Sequence[Clause], places: Sequence[Passage]) -> Iterator[Passage]:
    """The parts of the clauses in which nothing was read, and the words of the others that nothing was made of."""
    known = asked.known
    odd = {asked.words[at] for at in strange(asked, ())}
    for clause in told:
        for start, stop in _parts(asked.document.text, clause):
            inside = [word for word in asked.words if start <= word.start and word.end <= stop]
            speaks = any(word.text not in known.plain and word.text not in known.persons for word in inside)
            if speaks and not any(one.start < stop and start < one.end for one in places):
                yield asked.document.passage(inside[0].start, inside[-1].end)
            elif speaks:
                yield from _left(asked.document, inside, odd, places)


def _left(
    document: Document, part: Sequence[Word], odd: AbstractSet[Word], places: Sequence[Passage]
) -> Iterator[Passage]:
    """The runs of odd words of a part that was read for the rest."""
    run: list[Word] = []
    for word in (*part, None):
        if word is not None and word in odd and not any(one.start <= word.start < one.end for one in places):
            run.append(word)
        elif run:
            yield document.passage(run[0].start, run[-1].end)
            run = []


def _parts(text: str, clause: Clause) -> Iterator[tuple[int, int]]:
    """The parts of a clause, by their ends."""
    return pairwise(sorted({clause.start, clause.end, *_cuts(text, clause)}))


def _cuts(text: str, clause: Clause) -> Iterator[int]:
    """Where a part of a clause ends and the next begins."""
    for sign in _PARTS:
        at = text.find(sign, clause.start, clause.end)
        while at >= 0:
            yield at + len(sign)
            at = text.find(sign, at + 1, clause.end)
