"""A pasted text into a tree of items: numbers, letters, bullets and indentation in; who stands under whom out.

Every line that is not blank belongs to exactly one item. Nothing here knows what an item asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from indicated.content.pasted_marks import Mark, follows, read_mark
from indicated.content.pasted_rows import HEADER, ROW, RULED, Line, told_in_words, with_rows

DEEPEST = 12
"""Items nested deeper than this are taken at this depth: nobody writes such a policy, and every tree is walked."""

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_INDENT = re.compile(r"[\s>\u200b\ufeff]*")
_JOINS = re.compile(r"[\s*_(\[-]*(and|or|and/or)[\s*_):;.,\]-]*", re.IGNORECASE)
_LONE = re.compile(r"[-*•·‣▪◦●○■□➢❖\uf0b7]")
_LONG_LINE = 45
_LOOKS_BACK = 300


Remarks = Callable[[str], bool]
"""Whether a line is a remark beside the criteria."""


class Item:
    """One entry of the outline: the characters it covers, its mark, its text on one line, and its children.

    `kind` is `item` (marked), `plain` (a line without a mark), `heading` (a Markdown heading), `joins` (a line that is
    only AND or OR), `remark` or `comment`. `joined` is the connective that stands after it.
    """

    __slots__ = ("after_blank", "children", "deep", "end", "indent", "joined", "kind", "level", "mark", "start", "text")

    def __init__(self, line: Line, kind: str, mark: Mark | None, text: str) -> None:
        self.start, self.end, self.indent = line.start, line.end, line.indent
        self.after_blank = line.after_blank
        self.kind, self.mark, self.text = kind, mark, text
        self.children: list[Item] = []
        self.joined = ""
        self.level = 0
        self.deep = False


def outline(text: str, leads: frozenset[str] = frozenset(), remarks: Remarks = lambda _: False) -> Item:
    """The tree of a text under an empty root; walk it with `walk`. A line that ends with a word of `leads` goes on; one
    without a mark that is one of the `remarks` (`Note: ...`) stands apart, and closes nothing.
    """
    root = Item(Line(0, 0, -1, "", after_blank=False), "root", None, "")
    stack = [root]
    last: Item | None = None
    for line in with_rows(_with_their_bullets(_lines(text))):
        item = _item(line, stack, last, leads, remarks)
        if item is None:
            assert last is not None
            last.end = line.end
            last.text += " " + line.text
            continue
        _place(item, stack)
        last = item
    return root


def walk(root: Item) -> Iterator[Item]:
    """Every item below the root in the order of the text."""
    waiting = list(reversed(root.children))
    while waiting:
        item = waiting.pop()
        yield item
        waiting.extend(reversed(item.children))


def _lines(text: str) -> Iterator[Line]:
    """The lines with something in them; each comment is one line of its own."""
    at, line_end = 0, 0
    for comment in _COMMENT.finditer(text):
        yield from _plain_lines(text, at, comment.start(), line_end)
        yield Line(comment.start(), comment.end(), 0, "<!--", after_blank=True)
        at = line_end = comment.end()
    yield from _plain_lines(text, at, len(text), line_end)


def _with_their_bullets(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines; a bullet that stands alone on a line, as pages are copied, belongs to the next one."""
    held: Line | None = None
    for line in lines:
        if held is not None and (_LONE.fullmatch(line.text) or _JOINS.fullmatch(line.text) or line.text == "<!--"):
            yield held
        elif held is not None:
            line = held._replace(end=line.end, text=f"{held.text} {line.text}")  # noqa: PLW2901
        held = line if _LONE.fullmatch(line.text) else None
        if held is None:
            yield line
    if held is not None:
        yield held


def _plain_lines(text: str, start: int, end: int, last_end: int) -> Iterator[Line]:
    for found in _LINE.finditer(text, start, end):
        raw = found.group()
        lead = _INDENT.match(raw)
        assert lead is not None
        body = raw[lead.end() :].rstrip()
        if not body:
            continue
        begin = found.start() + lead.end()
        between = text[last_end:begin].replace("\r\n", "\n")
        yield Line(begin, begin + len(body), _width(lead.group()), body, between.count("\n") + between.count("\r") > 1)
        last_end = begin + len(body)


def _width(lead: str) -> int:
    return sum(4 if char == "\t" else 1 for char in lead if char not in ">\u200b\ufeff")


def _item(line: Line, stack: list[Item], last: Item | None, leads: frozenset[str], remarks: Remarks) -> Item | None:
    """The item that a line begins, or None when it goes on with the last one."""
    if line.text == "<!--":
        return Item(line, "comment", None, "")
    if line.part:
        return Item(line, "remark" if line.part == HEADER else "item", Mark(ROW, 0, "", 0), told_in_words(line.text))
    if RULED.fullmatch(line.text):
        return Item(line, "comment", None, "")
    if line.text.startswith("#") and (bare := line.text.strip("#").strip()):
        return Item(line, "heading", None, bare)
    if joins := _JOINS.fullmatch(line.text):
        return Item(line, "joins", None, joins.group(1).lower())
    open_marks = [item.mark for item in stack if item.mark is not None]
    mark = read_mark(line.text, open_marks, wrapped=_may_wrap(line, last))
    if mark is not None:
        return Item(line, "item", mark, line.text[mark.width :].strip())
    if remarks(line.text):
        return Item(line, "remark", None, line.text)
    if last is not None and _goes_on(line, last, leads):
        return None
    return Item(line, "plain", None, line.text)


def _may_wrap(line: Line, last: Item | None) -> bool:
    """Whether the line could be the middle of a sentence begun above, so that `E. coli` is no item E."""
    return last is not None and last.kind in ("item", "plain") and not line.after_blank and _unfinished(last.text)


def _unfinished(text: str) -> bool:
    return not text.endswith((".", ":", ";", "!", "?")) and not re.search(r"\b(?:and|or)$", text, re.IGNORECASE)


def _goes_on(line: Line, last: Item, leads: frozenset[str]) -> bool:
    """Whether an unmarked line is the rest of a wrapped item rather than an item of its own."""
    if last.kind not in ("item", "plain", "remark") or line.after_blank:
        return False
    first = line.text[0]
    if first.islower() or first in "),;.&":
        return not last.text.endswith(":") or line.indent <= last.indent
    if last.text.endswith(","):
        return True
    if not _unfinished(last.text):
        return False
    if last.text.rpartition(" ")[2].lower() in leads:
        return True
    return last.kind == "item" and line.indent > last.indent and len(last.text) >= _LONG_LINE


def _place(item: Item, stack: list[Item]) -> None:
    """Put the item under its parent and open it; a connective or comment is placed but stays closed."""
    if item.kind == "heading":
        del stack[1:]
    elif item.kind == "item":
        _close_for_mark(item, stack)
    elif item.kind == "plain":
        _close_for_plain(item, stack)
    elif item.kind == "joins":
        _join(item, stack)
        return
    parent = stack[-1]
    if item.kind in ("comment", "remark"):
        stack[0].children.append(item)
        return
    if len(stack) > DEEPEST:
        item.deep = True
        del stack[DEEPEST:]
        parent = stack[-1]
    item.level = len(stack)
    parent.children.append(item)
    stack.append(item)


def _join(item: Item, stack: list[Item]) -> None:
    """A line that is only AND or OR joins the items at its own indentation."""
    depth = next((at for at in range(len(stack) - 1, 0, -1) if stack[at].indent <= item.indent + 1), len(stack) - 1)
    depth = max(depth, 1) if len(stack) > 1 else 0
    if depth:
        stack[depth].joined = item.text
        item.level = depth
    stack[depth - 1 if depth else 0].children.append(item)


def _close_for_mark(item: Item, stack: list[Item]) -> None:
    """Close what the marked item does not stand under."""
    mark = item.mark
    assert mark is not None
    for at in range(len(stack) - 1, 0, -1):
        other = stack[at]
        if other.mark and follows(other.mark, mark) and abs(other.indent - item.indent) <= 1:
            del stack[at:]
            return
    if item.indent > stack[-1].indent + 1:
        return
    numbered = next((at for at in range(len(stack) - 1, 0, -1) if _numbers_on(stack[at - 1].children, item)), 0)
    if numbered:
        del stack[numbered:]
        return
    for at in range(len(stack) - 1, 0, -1):
        other = stack[at]
        if other.mark and other.mark.ordinal and follows(other.mark, mark):
            del stack[at:]
            return
    while len(stack) > 1 and stack[-1].indent > item.indent + 1:
        stack.pop()
    for at in range(len(stack) - 1, 0, -1):
        other = stack[at]
        if other.mark and other.mark.style == mark.style and abs(other.indent - item.indent) <= 1:
            del stack[at:]
            return


def _numbers_on(siblings: list[Item], item: Item) -> bool:
    """Whether the item goes on with the numbers of a list that an unmarked line stands in (`II.`, text, `III.`)."""
    assert item.mark is not None
    if item.mark.ordinal < 2:  # noqa: PLR2004  (the first of a list goes on with none)
        return False
    before = islice(reversed(siblings), _LOOKS_BACK)
    numbered = next((one for one in before if one.mark is not None and one.mark.ordinal), None)
    return (
        numbered is not None
        and numbered.mark is not None
        and follows(numbered.mark, item.mark)
        and abs(numbered.indent - item.indent) <= 1
    )


def _close_for_plain(item: Item, stack: list[Item]) -> None:
    """An unmarked line stands under a deeper header that waits for items, else beside what is as far in as it is."""
    while len(stack) > 1:
        top = stack[-1]
        waits = top.text.endswith(":") and not top.children and not item.after_blank
        if top.kind == "heading" or item.indent > top.indent or (waits and item.indent >= top.indent):
            return
        if (
            top.kind == "plain"
            and top.text.endswith(":")
            and item.indent >= top.indent
            and not item.after_blank
            and _lists_plain(top)
        ):
            return
        stack.pop()


def _lists_plain(header: Item) -> bool:
    """Whether the items of a header are unmarked lines at its own indentation, with no blank line between."""
    kinds = {child.kind for child in header.children}
    same = all(child.indent == header.indent for child in header.children)
    return kinds <= {"plain", "joins"} and same
