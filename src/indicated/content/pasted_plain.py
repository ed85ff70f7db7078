"""What a line without a mark is: the title, what introduces a list, something asked for, or prose."""

from __future__ import annotations

import re
from typing import NamedTuple

from indicated.content.pasted_bits import CONCEPT
from indicated.content.pasted_headers import Header, Span, read_header, trailing_joint
from indicated.content.pasted_headings import Headings
from indicated.content.pasted_join import leaves_of
from indicated.content.pasted_outline import Item
from indicated.content.pasted_targets import Context
from indicated.content.pasted_tree import Page
from indicated.model.policy_words import WordRole
from indicated.model.rule import Has, Judged

_SENTENCES = re.compile(r"[a-z)]{3}[.!?] +[A-Z]")
_MOST_WORDS = 40
_LABEL_WORDS = 4
_ASKS = (WordRole.PRESENT, WordRole.TRIED, WordRole.RESULT, WordRole.NOT, WordRole.UNTIL)


class Stands(NamedTuple):
    """Where a line stands: whether a title was told, items stand before it, a heading stands over it."""

    titled: bool
    after_items: bool
    stated: bool


def introduces(item: Item, stands: Stands, page: Page, headings: Headings, context: Context) -> bool:
    """Whether an unmarked line is the title or introduces the whole list rather than asking for something."""
    if item.kind == "heading":
        return True
    if stands.after_items and not item.children:
        return False
    span = page.span(item)
    header = read_header(span, page.reader, context, page.clean, last=True)
    if not item.children:
        return not any(stands) and _is_title(span, header, page, headings)
    label, _ = trailing_joint(span, page.clean)
    alone = not (stands.after_items or stands.stated)
    named = headings.about_only(label) or headings.only_heading(label, [])
    return header.own is None and not header.given and (named or alone)


def _is_title(span: Span, header: Header, page: Page, headings: Headings) -> bool:
    """Whether a line names what the policy is about, or is nothing but a heading."""
    if _SENTENCES.search(page.clean[span.start : span.end]) or header.group is not None:
        return False
    if headings.only_heading(span, headings.heads(span)):
        return True
    asks_for = header.own is not None or any(bit.role in _ASKS for bit in span.bits)
    return not asks_for and headings.about_only(span)


def _is_label(span: Span, page: Page) -> bool:
    """Whether a line is a label over what follows (`Neurologic indications`)."""
    words = page.clean[span.start : span.end].lower().strip(" :").split()
    named = any(bit.role == CONCEPT for bit in span.bits)
    return not named and 0 < len(words) <= _LABEL_WORDS and words[-1] in page.lexicon.words.alternatives


def asks(item: Item, page: Page, context: Context, *, stated: bool, listed: bool) -> bool:
    """Whether an unmarked line is a criterion and not prose. `stated`: a heading says that criteria follow; `listed`:
    it is one of several.
    """
    span = page.span(item)
    text = page.clean[span.start : span.end]
    if _SENTENCES.search(text) or len(text.split()) > _MOST_WORDS:
        return False
    if _is_label(span, page):
        return False
    if stated:
        return True
    told = page.reader.read(span.bits, span.start, span.end, context)
    leaves = [] if told.rule is None else [leaf for leaf in leaves_of(told.rule) if not isinstance(leaf, Judged)]
    telling = any(not isinstance(leaf, Has) for leaf in leaves)
    marked = any(bit.role in (WordRole.UNTIL, WordRole.GROUP) for bit in span.bits)
    return bool(leaves) and (marked or telling or listed)
