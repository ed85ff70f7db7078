"""Mentions: the terms of the vocabulary that count in a text, each with how it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from indicated.model.assertion import Assertion, Certainty
from indicated.model.concept import VALUE, Kind
from indicated.reading.named_cues import Name, Names
from indicated.reading.patterns import lazily
from indicated.reading.scene import Seen
from indicated.reading.signs import signed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indicated.model.concept import Short, Vocabulary
    from indicated.model.lexicon import Link
    from indicated.reading.judge import Judge
    from indicated.reading.matching import Term
    from indicated.reading.view import View

_WORDS = lazily(r"[a-z0-9][a-z0-9'+-]*")
_DEFINED = lazily(r"\(\s*([A-Z][A-Za-z0-9+-]{1,9})s?\s*[),;]")
_PARTIAL = ("like", "induced", "mimic", "mimics", "negative for", "free", "sparing")
_VALUE = lazily(
    r" ?(?:\((?:h|l)\))? ?(?:[:=|~-] ?|(?:is|was|of|level|at) )?[<>]?=? ?"
    r"(?:\d{1,7}\b(?! ?(?:[/-]\d+[/-]|:))|\d*\.\d|\d{1,3},\d)"
)
_MARKED = lazily(r"\+(?![\w])| ?\([+-]\)| ?(?:[+-]ve|pos|neg|positive|negative)\b")
_FOUGHT = lazily(r"(?<![a-z0-9])anti-$")
_CLINICAL = frozenset((Kind.CONDITION, Kind.FINDING))
_BEFORE_DEFINITION = 80
_A_ROW, _ROWS = 80, 4


def mentions(
    view: View, judge: Judge, found_terms: tuple[Sequence[Term], Sequence[Term]], vocabulary: Vocabulary
) -> list[Seen]:
    """Terms as mentions, in order: short forms only where their needs are met, and no disease or sign that something
    works against (`anti-infection treatment`). The judge is told of them, and of the phrases that are of no concept.
    """
    terms, others = found_terms
    long_forms = {concept for term in terms if term.short is None for concept in term.concepts}
    elsewhere = _defined_elsewhere(view, terms)
    found: list[Seen] = []
    counted = [
        term
        for term in terms
        if (term.short is None or _counts(view, judge, term, term.short, long_forms, elsewhere))
        if not _only_part(view, term)
    ]
    names = [Name(term.start, term.end, term.concepts[0]) for term in counted]
    names += [Name(term.start, term.end, "") for term in others]
    judge.heed(Names(view.flat, sorted(names), vocabulary))
    for term in counted:
        sentence = judge.sentence_at(term.start)
        fought = _FOUGHT.search(view.flat, max(0, term.start - 5), term.start) is not None
        for concept in term.concepts:
            kind = vocabulary[concept].kind
            if fought and kind in _CLINICAL:
                continue
            said = judge.judge(term.start, term.end, kind)
            said = signed(view, judge.sentences[sentence], term.start, term.end, kind, said)
            found.append(Seen(concept, kind, term.start, term.end, sentence, said))
    return found


def _counts(  # noqa: PLR0913, PLR0917 - a term with all that decides whether it counts
    view: View, judge: Judge, term: Term, short: Short, long_forms: set[str], elsewhere: set[str]
) -> bool:
    """Whether a short form's needs are met where it stands, and the text does not define it as something else."""
    if short.text in elsewhere:
        return False
    if short.needs == "nothing" or term.concepts[0] in long_forms:
        return True
    if short.needs == "long_form":
        return False
    sentence = judge.sentences[judge.sentence_at(term.start)]
    if short.needs == "long_form_or_section":
        return sentence.section is not None
    if VALUE in short.companions and (_VALUE.match(view.flat, term.end) or _MARKED.match(view.flat, term.end)):
        return True
    near = view.flat[sentence.start : term.start] + " " + view.flat[term.end : sentence.end]
    if len(near) < _A_ROW:
        number = judge.sentence_at(term.start)
        rows = judge.sentences[max(0, number - _ROWS) : number + _ROWS + 1]
        near = " ".join([near, *(view.flat[row.start : row.end] for row in rows if row.end - row.start < _A_ROW)])
    return any(_says(near, companion.lower()) for companion in short.companions)


def _says(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (at and text[at - 1].isalnum()) and not (end < len(text) and text[end].isalpha() and text[end] != "s"):
            return True
        at = text.find(word, at + 1)
    return False


def _defined_elsewhere(view: View, terms: Sequence[Term]) -> set[str]:
    """Short forms that the text itself explains, `long form (ABC)`, by words that are no term of the vocabulary, or
    that only end with one (`emission computed tomography (ECT)`).
    """
    ends = {term.end: term.start for term in terms if term.short is None}
    found: set[str] = set()
    for match in _DEFINED.finditer(view.cased):
        letters = match.group(1)
        stop = match.start()
        while stop and view.flat[stop - 1] == " ":
            stop -= 1
        if not letters.isupper():
            continue
        words = _WORDS.findall(view.flat[max(0, stop - _BEFORE_DEFINITION) : stop].replace("-", " "))[-len(letters) :]
        if stop in ends and len(_WORDS.findall(view.flat[ends[stop] : stop].replace("-", " "))) >= len(words):
            continue
        if [word[0] for word in words] == [letter.lower() for letter in letters]:
            found.add(letters)
    return found


def _only_part(view: View, term: Term) -> bool:
    """Whether a hyphen makes the term part of another word that is not it (`myositis-like`, `steroid-induced`)."""
    flat = view.flat
    return flat[term.end : term.end + 1] == "-" and flat.startswith(_PARTIAL, term.end + 1)


def linked(seen: list[Seen], links: Iterable[Link], vocabulary: Vocabulary, flat: str) -> list[Seen]:
    """The mentions with what studies and findings of one sentence say together."""
    by_sentence: dict[int, list[int]] = {}
    for at, one in enumerate(seen):
        by_sentence.setdefault(one.sentence, []).append(at)
    added: list[Seen] = []
    dropped: set[int] = set()
    rules = tuple(links)
    for group in by_sentence.values():
        studies = [at for at in group if seen[at].kind in (Kind.STUDY, Kind.PROCEDURE, Kind.IMAGING)]
        for study in studies:
            for link in (rule for rule in rules if _is_any(seen[study].concept, rule.study, vocabulary)):
                finding = _shown(seen, group, study, link, vocabulary, flat)
                if finding is not None and finding not in dropped:
                    one = seen[finding]
                    said = _as_shown(one.assertion)
                    kind = vocabulary[link.gives].kind
                    added.append(one._replace(concept=link.gives, kind=kind, assertion=said, codes=()))
                    if link.instead:
                        dropped.add(finding)
    kept = [one for at, one in enumerate(seen) if at not in dropped]
    return sorted(kept + added, key=lambda one: (one.start, one.end)) if added else kept


def _as_shown(said: Assertion) -> Assertion:
    """What a test is `consistent with`, it shows; the diagnosis is another matter."""
    probable = said.certainty is Certainty.PROBABLE
    return replace(said, certainty=Certainty.CONFIRMED) if probable else said


def _is_any(concept: str, of: Iterable[str], vocabulary: Vocabulary) -> bool:
    return any(vocabulary.is_a(concept, broad) for broad in of)


def _shown(  # noqa: PLR0913, PLR0917 - a link with the sentence it may hold in
    seen: Sequence[Seen], group: Sequence[int], study: int, link: Link, vocabulary: Vocabulary, flat: str
) -> int | None:
    """The first finding of the link that the study showed: one of the link's words stands between the two."""
    for at in group:
        one = seen[at]
        fits = _is_any(one.concept, link.finding, vocabulary) if link.narrower else one.concept in link.finding
        if not fits or at == study:
            continue
        first, second = sorted((seen[study], one), key=lambda item: item.start)
        between = flat[first.end : second.start]
        words = set(_WORDS.findall(between)) | ({":"} if ":" in between else set())
        if words.intersection(link.words):
            return at
    return None
