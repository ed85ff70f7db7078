"""Amounts as people type them: the words of the pages for units, and the codes that the record is kept in."""

from __future__ import annotations

from indicated.web.words import book

_FAMILY, _ONE = "unit.", ".one"


def with_codes(typed: str) -> str:
    """`14 years` as `14 a`; an amount whose unit is written as its code stays as it is."""
    codes = _codes()
    head, space, tail = typed.strip().partition(" ")
    while space and not head[-1:].isdigit():  # a sign stands before the number
        more, space, tail = tail.partition(" ")
        head = f"{head} {more}"
    code = codes.get(tail.strip().casefold())
    return f"{head} {code}" if code else typed.strip()


def with_words(amount: str) -> str:
    """`14 a` as `14 years`."""
    words = {code: word for word, code in reversed(_codes().items())}
    head, _, unit = amount.rpartition(" ")
    return f"{head} {words[unit]}" if head and unit in words else amount


def _codes() -> dict[str, str]:
    """The words for units, plural first, to their codes."""
    phrases = book()
    from indicated.workflow.assess import current

    listed = [one for one in current().phrases if one.startswith(_FAMILY)]
    plural = {phrases.words(one).casefold(): one.removeprefix(_FAMILY) for one in listed if not one.endswith(_ONE)}
    single = {
        phrases.words(one).casefold(): one.removeprefix(_FAMILY).removesuffix(_ONE)
        for one in listed
        if one.endswith(_ONE)
    }
    return {**plural, **{word: code for word, code in single.items() if word not in plural}}
