"""The numbers of criteria that a denial names."""

from __future__ import annotations

from indicated.model.numbering import item
from indicated.reading.patterns import lazily

_NUMBER = r"(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4}(?=[.(])|[a-z](?=[.(]\d))(?:\.?\(?[a-z0-9]{1,2}\)?(?![a-z0-9]))*"
_ITEMS = lazily(
    rf"[ #:(]*({_NUMBER})((?:(?:, ?|,? ?(?:and|or|&) ?|/){_NUMBER}){{0,8}})(?![\w%]| ?(?:mg|g|days|months))"
)
_EACH = lazily(_NUMBER)
_BARE = lazily(r"\((\d{1,2}(?:\.[a-z]|\([a-z]\)|[a-h])(?:\.?\d{1,2})?)\)")


def items_of(flat: str, start: int, end: int, words: tuple[str, ...]) -> tuple[str, ...]:
    """The numbers of criteria that a sentence names after one of the words: `criteria 1.a, 2(b) and 3`."""
    found: dict[str, None] = {item(one): None for one in _BARE.findall(flat, start, end)}
    for word in words:
        at = flat.find(word, start, end)
        while at >= 0:
            after = at + len(word)
            whole = not flat[max(0, at - 1) : at].isalnum() and not flat[after : after + 1].isalnum()
            told = _ITEMS.match(flat, after, end) if whole else None
            for one in _EACH.findall(told.group()) if told else ():
                found[item(one)] = None
            at = flat.find(word, after, end)
    return tuple(found)
