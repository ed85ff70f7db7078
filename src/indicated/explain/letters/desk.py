"""The desk a letter is written on: the writer of statements, the order, and what is left for a person to fill in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from indicated.explain.letters.order import Order
from indicated.explain.render.marks import BLANK
from indicated.explain.writer import Said, Writer
from indicated.model.statement import FromEntry, FromTrace, Proof, Section

BY_HAND = FromTrace("letter", "left to be filled in")
"""The proof of a place that is left open: nothing is claimed there."""


class Desk:
    """A writer with an order. `places` are what was left open, in that order: each in words, and of what they are."""

    def __init__(self, writer: Writer, order: Order) -> None:
        self.w = writer
        self.order = order
        self.places: dict[str, tuple[str, dict[str, object]]] = {}

    def aside(self) -> Desk:
        """A desk for what is no part of the letter: what was said in it may be said again."""
        other = Desk(Writer(self.w.d, self.w.knowledge, self.w.book), self.order)
        other.w.withheld = self.w.withheld
        other.places = self.places
        return other

    def words(self, phrase: str, **places: object) -> str:
        """A phrase of the letters in words."""
        return self.w.book.words(phrase, **places)

    def place(self, name: str, **places: object) -> str:
        """An open place in the text, in brackets: `[patient's name]`. It is remembered."""
        what = self.words(f"place.{name}", **places)
        self.places.setdefault(what, (name, places))
        return self.words("letter.place", what=what)

    def line(self, label: str, text: str, proved: Iterable[Proof] = (BY_HAND,)) -> Said:
        """A line of who and what: its label and its text."""
        return self.w.say("content.sentence", proved, label=self.words(f"label.{label}"), text=text)

    def section(self, name: str, statements: Said, style: str, *, headed: bool = True) -> tuple[Section, ...]:
        """A section, unless there is nothing in it."""
        heading = self.words(f"letter.heading.{name}") if headed else ""
        return (Section(name, heading, statements, style),) if statements else ()

    def day(self, day: date) -> str:
        """A day as letters write it."""
        month = self.w.book.word("month", str(day.month))
        return self.words("letter.date", month=month, day=str(day.day), year=str(day.year))

    def sender(self) -> Said:
        """The lines of the letterhead, or the place for them."""
        if not self.order.sender:
            return self.line("from", self.place("sender"))
        first, *rest = self.order.sender
        lines = self.line("from", first, (FromEntry("from", first),))
        return (
            *lines,
            *(one for line in rest for one in self.w.say("content.sentence", (FromEntry("from", line),), text=line)),
        )

    def signature(self, *names: str) -> tuple[Section, ...]:
        """The places to sign."""
        signed = tuple(one for name in names for one in self.line(name, BLANK))
        return (Section("sign", "", signed, "sign"),)
