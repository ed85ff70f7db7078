"""The answers of a form: `Does the patient have A? No`, `A: ( ) Yes (x) No`, `[x] A  [ ] B`.

An answer decides whether what was asked about is there, in the voice of the case. What is left open, unticked or not
applicable is not documented. An answer speaks of the whole question, so it decides only where the question asks whether
the thing itself is there: `Is the pain controlled? No` says nothing of whether there is pain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from indicated.reading.found import DRUG_KINDS
from indicated.reading.patterns import lazily

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indicated.model.concept import Kind
    from indicated.reading.scene import Sentence

_TICKED = r"(?:\[ ?[x✓✔*] ?\]|\( ?[x✓✔] ?\)|[☒☑✓✔✅]|_+ ?[x✓✔] ?_+)"
_EMPTY = r"(?:\[[ _]{0,3}\]|\([ _]{1,3}\)|☐|_{2,12})"
_WORD = (
    r"(?P<word>yes|no|y|n|true|false|n/?a|not applicable|not known|unknown|unsure|not sure|never|none|nil|nope)"
    r"(?![\w/'+-])"
)
_ITEM = lazily(rf"[ ,;/|]*(?P<before>{_TICKED}|{_EMPTY})? ?{_WORD}(?: ?(?P<after>{_TICKED}|{_EMPTY}))?")
_ITEM_BEFORE = lazily(rf"[ ,;/|]*(?P<before>{_TICKED}|{_EMPTY})? ?{_WORD}(?P<after>)")
_GROUP = lazily(rf"(?:{_TICKED}|{_EMPTY}) ?{_WORD}|(?<![\w-]){_WORD.replace('word', 'other')} ?(?:{_TICKED}|{_EMPTY})")
_BOX = lazily(rf"(?<![\w)])(?:(?P<ticked>{_TICKED})|\[[ _]{{0,3}}\]|\([ _]{{1,3}}\)|☐|(?<!\S)_{{2,12}}(?= ?[a-z]))")
_BOX_MARKS = ("[ ", "[x", "[]", "[✓", "[_", "( ", "(x", "(_", "(✓", "☐", "☒", "☑", "✓", "✔", "✅", "__", "_x", "[*")
_IS_TICKED = lazily(_TICKED)
_LEAD = lazily(r"[ \n:>*|•–-]*(?:(?:answer|response|reply|ans|a)[.:)] ?)?(?:\(?y(?:es)?/no?\)? ?[:.]? ?)?")
_STANDS = lazily(r" ?(?:[\n.,;:)|(–—-]|$)")
_CHOICE = lazily(r"(?<!\w)\(?y(?:es)?/no?\)? ?[:.]? ?")
_MARKS = " -*#>\"'(.:|0123456789"
_YES, _NO = ("yes", "y", "true"), ("no", "n", "false", "never", "none", "nil", "nope")

_IS_THERE = lazily(
    r"\b(?:have|had|has|experienced|developed|suffered"
    r"|(?:is|are|was|were) there|(?:history|diagnosis|evidence|presence|signs?|symptoms?|documentation|episodes?) of"
    r"|diagnosed with|suffers? from|suffering from|known|any)\b(?P<rest>[^?]*)$"
)
_IS_SO = lazily(r"\b(?:is|was) (?:the |this |your )?(?:patient|member|child|he|she|they)(?: currently| now)? *$")
_WAS_GIVEN = lazily(
    r"\b(?:tried|received|taken|used|had|taking|receiving|using|exposed to|treated with|been (?:on|given)|trial of"
    r"|use of)(?! and failed)(?P<rest>[^?]*)$"
)
_APART = lazily(
    r"\b(?:for|against|from|about|regarding|than|if|when|without|risk|controlled|because|failed|response)\b"
)
_LABEL = lazily(r"[^a-z]*(?:[a-z'/-]+ ){0,3}")
_AFTER = lazily(
    r"[ *_]*(?:$|[?:,(/|\n\[☐☒☑]|(?:or|and|in|at|of|on|with|within|during|since|as|before|currently|now|documented|"
    r"confirmed|diagnosed)\b|_{2}|(?:yes|no|y)\b)"
)


class Answered(NamedTuple):
    """What a form says of the span `start` to `end` of the flat text: `yes`, `no` or `open`, told at `at` to `until`.
    `asked`: it answers a question or a label, and decides by its wording; otherwise the box stands before the words.
    """

    start: int
    end: int
    says: str
    at: int
    until: int
    asked: bool = True


def answers(flat: str, sentences: Sequence[Sentence]) -> dict[int, list[Answered]]:
    """The answers of a text by the number of the sentence that they speak of."""
    found: dict[int, list[Answered]] = {}
    boxed = any(mark in flat for mark in _BOX_MARKS)
    for number, sentence in enumerate(sentences):
        if sentence.asks or flat[max(sentence.start, sentence.end - 3) : sentence.end].rstrip().endswith(":"):
            told = _next_answer(flat, sentences, number)
            if told is not None and (sentence.asks or told[3]):
                found[number] = [Answered(sentence.start, sentence.end, *told[:3])]
                continue
        boxes = list(_BOX.finditer(flat, sentence.start, sentence.end)) if boxed else []
        if boxes or "/n" in flat[sentence.start : sentence.end]:
            inside = list(_inside(flat, sentence, first=number == 0 or number - 1 not in found))
            if boxes and not inside:
                inside = list(_ticked(flat, sentence, [(one.start(), one.end(), one["ticked"]) for one in boxes]))
            if inside:
                found[number] = inside
    return found


def _next_answer(flat: str, sentences: Sequence[Sentence], number: int) -> tuple[str, int, int, bool] | None:
    """What the sentence after a question answers, and whether with boxes."""
    if number + 1 >= len(sentences):
        return None
    after = sentences[number + 1]
    lead = _LEAD.match(flat, after.start, after.end)
    read = _read(flat, lead.end() if lead is not None else after.start, after.end)
    return read[:4] if read is not None else None


def _read(flat: str, at: int, end: int) -> tuple[str, int, int, bool, int] | None:
    """The answer that starts at a place: what it says, where its word stands, whether it has boxes, where it ends."""
    first = _ITEM.match(flat, at, end)
    if first is None:
        return None
    # Boxes stand all before or all after their words; the first one tells.
    pattern = _ITEM_BEFORE if first["before"] else _ITEM
    items = []
    while (match := pattern.match(flat, at, end)) is not None and match.end() > at:
        items.append(match)
        at = match.end()
    boxed = any(one["before"] or one["after"] for one in items)
    chosen = [one for one in items if _IS_TICKED.match(one["before"] or one["after"] or "")]
    if not boxed:
        if len(items) == 1 and items[0]["word"] != "yes" and not _STANDS.match(flat, at):
            return None
        chosen = items if len(items) == 1 else []
    if len(chosen) != 1:
        return "open", items[0].start("word"), items[-1].end("word"), boxed, at
    word = chosen[0]["word"]
    says = "yes" if word in _YES else "no" if word in _NO else "open"
    return says, chosen[0].start("word"), chosen[0].end("word"), boxed, at


def _inside(flat: str, sentence: Sentence, *, first: bool) -> Iterator[Answered]:
    """Answers that follow what they speak of in one sentence (`A: ( ) Yes (x) No`, `A (Y/N): N`)."""
    begin = sentence.start
    while begin < sentence.end:
        group = _GROUP.search(flat, begin, sentence.end)
        choice = _CHOICE.search(flat, begin, sentence.end) if group is None else None
        at = group.start() if group is not None else choice.end() if choice is not None else -1
        read = _read(flat, at, sentence.end) if at >= 0 else None
        if read is None:
            return
        says, _, _, _, done = read
        if flat[begin:at].strip(_MARKS):
            yield Answered(begin, at, says, at, done)
        elif first and begin == sentence.start and not _GROUP.search(flat, done, sentence.end):
            yield Answered(done, sentence.end, says, at, done)
        begin = done


def _ticked(flat: str, sentence: Sentence, boxes: Sequence[tuple[int, int, str | None]]) -> Iterator[Answered]:
    """What the boxes of a list say: each of the words after it, or, where the sentence ends with one, before it."""
    head = flat[sentence.start : boxes[0][0]].strip(_MARKS)
    led = flat[sentence.start : boxes[0][0]].rstrip().endswith((":", "?"))
    if head and not led and (len(boxes) == 1 or not any(ticked for _, _, ticked in boxes)):
        return
    if head and not led and not flat[boxes[-1][1] : sentence.end].strip():
        begin = sentence.start
        for start, end, ticked in boxes:
            yield Answered(begin, start, "yes" if ticked else "open", start, end, asked=False)
            begin = end
        return
    for at, (start, end, ticked) in enumerate(boxes):
        until = boxes[at + 1][0] if at + 1 < len(boxes) else sentence.end
        yield Answered(end, until, "yes" if ticked else "open", start, end, asked=False)


def decides(flat: str, told: Answered, start: int, end: int, kind: Kind | None) -> bool:
    """Whether an answer decides if the span `start` to `end` is there: the question asks just that."""
    if not told.asked or told.says == "open":
        return True
    if _AFTER.match(flat, end, told.end) is None:
        return False
    head = flat[told.start : start]
    if kind in DRUG_KINDS:
        given = _WAS_GIVEN.search(head)
        return given is not None and _APART.search(given["rest"]) is None
    if _IS_SO.search(head) is not None or _LABEL.fullmatch(head) is not None:
        return _APART.search(head) is None
    there = _IS_THERE.search(head)
    return there is not None and _APART.search(there["rest"]) is None
