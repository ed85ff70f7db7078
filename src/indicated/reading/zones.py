"""Sentences and the headings they stand under. No cue reaches over the end of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from indicated.model.assertion import Voice
from indicated.model.letters import fold, lower
from indicated.model.lexicon import SectionHeader
from indicated.reading.cited import cited
from indicated.reading.patterns import lazily
from indicated.reading.scene import Sentence
from indicated.reading.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = lazily(
    r"\n+"
    r"|(?<![.!?])[.!?]+[\"')\]]*(?= )"
    r"|(?<![A-Z:]) (?=(?:[A-Z][A-Z()/&-]+ ){1,5}[A-Z()/&-]{3,}:\s|[A-Z]{5,}:\s)"
)
_WORD_BEFORE = lazily(r"[A-Za-z][A-Za-z.]*$")
_WORD_AFTER = lazily(r" ([a-z]+)\b")
_ITEM = lazily(r"(?:[-*>#]+ ?|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)] )")
_HEAD = lazily(r"[*#_ ]*([a-z][a-z0-9_ /&,'().+-]{0,60}?)[*_ ]*(?:: *|(?= - )(?: - )|(?=\n|$))")
_BRACKETS = lazily(r"\s*[(\[][^()\[\]]*[)\]]")
_LONGEST = 8000
_CLOSES = ('"', "'", ")", "]", "%")
_LONGEST_LABEL = 40
_LONGEST_TITLE, _SMALL_WORD = 10, 4
_BLANKS = lazily(r"[^a-z0-9]+")


class Zones:
    """The headings of a lexicon compiled, with the abbreviations whose dot ends no sentence."""

    __slots__ = ("_abbreviations", "_headers", "_holds", "_openers", "_short_words")

    def __init__(
        self,
        sections: Sequence[SectionHeader],
        abbreviations: Iterable[str],
        short_words: Iterable[str] = (),
        openers: Iterable[str] = (),
    ) -> None:
        self._openers = frozenset(openers)
        self._short_words = frozenset(short_words)
        self._headers = {_plain(name): section for section in sections for name in section.names}
        self._holds = tuple((f" {word} ", section) for section in sections for word in section.holds)
        self._abbreviations = frozenset(word.lower().rstrip(".") for word in abbreviations)

    def split(self, view: View) -> list[Sentence]:
        """The sentences in order, each with its section."""
        found: list[Sentence] = []
        section: SectionHeader | None = None
        local: SectionHeader | None = None
        outer: SectionHeader | None = None
        wide = listed = False
        flat = view.flat
        spans = list(self._spans(view))
        for start, end, line in spans:
            if line:
                local = None
                if section is not None and section.reach == "block" and flat.startswith("\n\n", max(0, start - 2)):
                    section = None
                if listed and section is not outer and flat.startswith("\n\n", max(0, start - 2)):
                    section = outer
            head, label, body, alone = self._heading(view, start, end, line=line)
            if head is None and line and not label and self._holds:
                head = self._written_as_heading(view, start, end)
                body = end if head is not None else body
            if head is not None and section is not None and section.id in head.under:
                head = None
            item = _ITEM.match(flat, start) is not None
            if head is not None:
                local = head if head.reach == "sentence" else None
                section = section if local else head
                wide = alone
                # A heading that begins an item (`- Plan: ...`) holds for its list; one on a line of its own holds on.
                listed = item and not alone
                outer = outer if listed else section
            apart = flat.startswith("\n\n", max(0, start - 2))
            if head is None and label and line and (alone or (_yields(section, wide=wide and not apart) and not item)):
                section = None
            inherits = head or local or section
            found.append(Sentence(start, end, body, inherits, label, item, _asks(flat, start, end)))
            if head is not None and head.reach == "sentence":
                local = None
        return _voiced(found, *cited(view.cased, [(start, end) for start, end, _ in spans]))

    def _spans(self, view: View) -> Iterator[tuple[int, int, bool]]:
        """Start, end and whether the sentence starts a line; what runs on without end is cut between words."""
        for start, end, begins in self._whole(view):
            at, line = start, begins
            while end - at > _LONGEST:
                cut = view.flat.rfind(" ", at + 1, at + _LONGEST)
                cut = cut + 1 if cut > at else at + _LONGEST
                yield at, cut, line
                at, line = cut, False
            yield at, end, line

    def _whole(self, view: View) -> Iterator[tuple[int, int, bool]]:
        text = view.cased
        start, line = 0, True
        for mark in _END.finditer(text):
            newline = text[mark.start()] == "\n"
            if not newline and not self._ends(text, mark.start(), mark.end()):
                continue
            if text[start : mark.end()].strip():
                yield start, mark.end(), line
            start, line = mark.end(), newline
            while start < len(text) and text[start] == " ":
                start += 1
        if text[start:].strip():
            yield start, len(text), line

    def _ends(self, text: str, at: int, end: int) -> bool:
        """Whether the mark at `at` ends a sentence: not after an abbreviation, an initial, or in a running phrase."""
        if text[at] == " ":
            return True
        following = text[end + 1 : end + 2]
        if text[at] != ".":
            # `Imp: ? CVA` doubts what follows; it asks nothing.
            return text[at] != "?" or text[max(0, at - 1) : at].isalnum() or text[at - 1 : at] in _CLOSES
        before = _WORD_BEFORE.search(text, max(0, at - 24), at)
        word = before.group() if before else ""
        initial = len(word) == 1 and (at == 1 or text[at - 2] in " (")
        # `hepatitis B.` ends a sentence; `J. Smith` and `A. B. Jones` do not.
        named = initial and word.isupper() and not text[max(0, at - 3) : at - 2].islower()
        if word.lower() in self._abbreviations or named:
            return False
        if word.lower() == "no" and following.isdigit():
            return False
        short = "." in word or initial or word.lower() in self._short_words
        return not following.islower() or not short or self._is_opened(text, end)

    def _is_opened(self, text: str, end: int) -> bool:
        """Whether a word that asks for something follows, which opens a sentence, large or small (`neg. want IVIG`)."""
        following = _WORD_AFTER.match(text, end)
        return following is not None and following[1] in self._openers

    def _heading(self, view: View, start: int, end: int, *, line: bool) -> tuple[SectionHeader | None, str, int, bool]:
        """The known heading at the start, else an unknown one's words; where the body starts; is it all there is."""
        flat = view.flat
        body, known, label, alone = start, None, "", False
        item = _ITEM.match(flat, start, end)
        at = item.end() if item else start
        while (match := _HEAD.match(flat, at, end)) is not None:
            colon = ":" in match.group()[len(match.group(1)) :]
            header = self._headers.get(_plain(match.group(1)))
            if header is None and (not colon or len(match.group(1)) > _LONGEST_LABEL):
                break
            if header is not None and not colon and not line:
                break
            if header is None and known is not None and not _capital(view, at):
                break
            known, label = (header, "") if header else (known, match.group(1).strip())
            body = at = match.end()
            alone = not flat[body:end].strip()
            if alone or at == end:
                break
        return known, label, body, alone

    def _written_as_heading(self, view: View, start: int, end: int) -> SectionHeader | None:
        """The section of a line of its own that is written as a heading and holds a telling word."""
        if view.flat[end - 1 : end] != "\n" and end < len(view.flat):
            return None
        line = view.cased[start:end]
        if len(line) > _LONGEST_TITLE * 12 or not _looks_like_heading(line):
            return None
        said = f" {_BLANKS.sub(' ', view.flat[start:end]).strip()} "
        return next((section for word, section in self._holds if word in said), None)


def _yields(section: SectionHeader | None, *, wide: bool) -> bool:
    """Whether a section ends at a line with a label of its own. A heading that stood alone on its line holds on."""
    return section is not None and bool(section.priors) and not wide


def _looks_like_heading(line: str) -> bool:
    """Whether a line is short, ends like no sentence, and is written in capitals or with a capital on most words."""
    words = line.strip(" *#_=-:").split()
    if not 1 < len(words) <= _LONGEST_TITLE or line.rstrip().endswith((".", "!", ",", ";")):
        return False
    large = sum(word[0].isupper() or word[0].isdigit() for word in words)
    return large >= sum(len(word) > _SMALL_WORD or word[0].isupper() for word in words)


def _voiced(sentences: list[Sentence], citing: frozenset[int], article: bool) -> list[Sentence]:  # noqa: FBT001
    """The sentences with the voice of what they cite. In an article all that follows its question is evidence, and
    further questions are its furniture.
    """
    if not citing:
        return sentences
    first = min(citing)
    asked = [at for at in range(first) if sentences[at].asks]
    begins = (asked[-1] + 1 if asked else first) if article else len(sentences)
    voiced = []
    for at, sentence in enumerate(sentences):
        if at >= begins:
            voiced.append(sentence._replace(voice=Voice.BOILERPLATE if sentence.asks else Voice.EVIDENCE))
        else:
            voiced.append(sentence._replace(voice=Voice.EVIDENCE) if at in citing else sentence)
    return voiced


def _capital(view: View, at: int) -> bool:
    return view.cased[at : at + 1].isupper()


def _asks(flat: str, start: int, end: int) -> bool:
    return flat[max(start, end - 4) : end].rstrip("\n \"')]").endswith("?")


def _plain(name: str) -> str:
    low = lower(fold(name))
    if low.isascii() and low.replace(" ", "").isalnum():
        return " ".join(low.split())
    return _BLANKS.sub(" ", _BRACKETS.sub("", low)).strip()
