"""Findings told in parts, in any order: a sign of a place (`swollen ... MCP joints`), as data (`content/reading/`)."""

from msgspec import Struct


class WordGroup(Struct, frozen=True):
    """Words that mean the same to a composed finding. `again` words (`over them`) stand for the group where one of
    its words stands before them, in their sentence or the one before.
    """

    id: str
    words: tuple[str, ...]
    again: tuple[str, ...] = ()


class ComposedExample(Struct, frozen=True):
    """A text and the polarity with which the finding must be read there; `none` where it must not be. A test."""

    text: str
    expect: str = "present"


class Composed(Struct, frozen=True):
    """A word of `sign` and a word of `of` in one clause, at most `within` words apart, mean the concept `gives`.

    Each word of `sign` goes with the nearest word of `of`. A word of `unless` that is nearer takes the sign away
    (`swollen legs`), or, standing between the two, parts them. The sign's assertion is the finding's. With `also` a
    word of these groups must be near, too. With `instead` what its words say by themselves, and is not narrower, is
    no mention of its own.
    """

    id: str
    gives: str
    sign: tuple[str, ...]
    of: tuple[str, ...]
    within: int = 8
    unless: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    instead: bool = False
    examples: tuple[ComposedExample, ...] = ()


class ComposedLexicon(Struct, frozen=True):
    """Word groups and the findings made of them. `breaks` end a clause; a comma parts unless `towards` a place."""

    groups: tuple[WordGroup, ...]
    findings: tuple[Composed, ...]
    breaks: tuple[str, ...]
    towards: tuple[str, ...]
