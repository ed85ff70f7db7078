"""Segments into rules: what each names, with what is said of it, joined as the line joins them."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import NamedTuple

from indicated.content.pasted_join import join, leaves_of
from indicated.content.pasted_leaves import Aside, Leaves, is_condition
from indicated.content.pasted_lexicon import Bit, Lexicon
from indicated.content.pasted_lists import Listed, Lists
from indicated.content.pasted_numbers import LIMIT, UNREAD
from indicated.content.pasted_roles import DETAILS, FIGURES, NOT, RESULT, TRIED
from indicated.content.pasted_segments import COMMAS, Segment
from indicated.content.pasted_split import Splitter
from indicated.content.pasted_targets import Context
from indicated.model.concept import Vocabulary
from indicated.model.quantity import Units
from indicated.model.rule import All, Has, Judged, Lacks, Measured, NoneOf, RequestIs, ResultIs, Rule

_TELLING = frozenset((LIMIT, UNREAD))


class Reading(NamedTuple):
    """What a stretch of a line asks for: `rule` None when it asks for nothing. `judged`: part of it needs a person.
    `given` are predicates that stand alone and speak of the items below (`failure of any of the following`).
    `parts` are the rules that `rule` joins.
    """

    rule: Rule | None
    unused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    judged: bool = False
    given: tuple[Bit, ...] = ()
    parts: tuple[Rule, ...] = ()


class Reader:
    """Reads stretches of the clean text into rules."""

    __slots__ = ("_clean", "_leaves", "_lexicon", "_splitter", "_vocabulary", "lists")

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary, units: Units, clean: str, lowered: str) -> None:
        self._lexicon, self._vocabulary, self._clean = lexicon, vocabulary, clean
        self._splitter = Splitter(lexicon, vocabulary, clean, lowered)
        self._leaves = Leaves(lexicon, vocabulary, units, self._splitter)
        self.lists = Lists(lexicon.words, vocabulary, clean)

    def read(
        self, bits: list[Bit], start: int, end: int, context: Context, group: tuple[str, int] | None = None
    ) -> Reading:
        """The rule of one stretch. `group` says how its parts join when a group word precedes them."""
        notes: list[str] = []
        if not context.inner:
            bits, notes = self.lists.replace(bits, end, partial(self._listed, context))
        segments = self._splitter.split(bits, start, end)
        for segment in segments:
            if not segment.said and not segment.given:
                segment.given = [bit for bit in context.given if self._leaves.may_take(bit, segment)]
        if not any(segment.asks or segment.words for segment in segments):
            given = tuple(bit for segment in segments for bit in segment.bits)
            return Reading(None, given=given)
        parts = self._parts(segments, context, notes, self.text(start, end))
        unused = tuple(dict.fromkeys(word for segment in segments for word in segment.unused))
        if not parts:
            return Reading(None, unused, tuple(dict.fromkeys(notes)))
        judged = any(isinstance(leaf, Judged) for part in parts for leaf in leaves_of(part.rule))
        if all(isinstance(part.rule, Judged) for part in parts):
            rule: Rule = Judged(self.text(start, end))
        elif context.exclusion:
            rule = _excluded(parts)
        elif group is not None:
            rule = join(group, [part.rule for part in parts]) or Judged(self.text(start, end))
        else:
            rule = _tree(parts)
            if _doses_differ(rule):
                rule = Judged(self.text(start, end))
            else:
                notes += _assumed(parts, segments)
        return Reading(rule, unused, tuple(dict.fromkeys(notes)), judged, parts=tuple(part.rule for part in parts))

    def _listed(self, context: Context, bits: list[Bit], start: int, end: int, given: tuple[Bit, ...]) -> Listed:
        """A list that stands within a line, read by itself."""
        part = self.read(bits, start, end, context._replace(given=given, inner=True))
        return Listed(part.rule, part.parts, part.unused, part.notes)

    def text(self, start: int, end: int) -> str:
        """The words of a stretch without the punctuation around them."""
        found = self._clean[start:end].strip(" ,;.:-*_–—")
        if found.count("(") > found.count(")"):
            return found + ")"
        return found.removesuffix(")") if found.count(")") > found.count("(") else found

    def _parts(self, segments: list[Segment], context: Context, notes: list[str], line: str) -> list[_Part]:
        _bind(segments)
        parts: list[_Part] = []
        for segment in segments:
            found = self._leaves.rule(segment, context, notes)
            if isinstance(found, Aside):
                notes.append(found.note)
                _pass_joint(parts, segment)
                continue
            figures = segment.having(*FIGURES)
            if found is None and not segment.words and not _asks_more(segment, figures):
                _pass_joint(parts, segment)
                continue
            if found is None and segment.detail and parts and self._in_brackets(segment) and not figures:
                parts[-1].segment.unused += segment.words
                _pass_joint(parts, segment)
                continue
            if found is None:
                segment.words = []
                shares = not context.exclusion and not segment.said and any(_says(other) for other in segments)
                self._unknown(segment, parts, line if shares else None)
                continue
            segment.unused = [*segment.words, *segment.unused]
            if segment.detail and parts and self._defines(parts[-1], found, segment):
                parts[-1] = parts[-1]._replace(rule=found, joint=segment.joint, strength=segment.strength)
                continue
            parts.append(_Part(found, segment.joint, segment.strength, segment))
        return _denied_together(parts)

    def _unknown(self, segment: Segment, parts: list[_Part], line: str | None) -> None:
        """A segment that nothing resolves: a person's question, one with the unresolved segment before it. Where
        something said elsewhere in the line may speak of it, the whole line is the question.
        """
        before = parts[-1] if parts else None
        if line is not None:
            parts.append(_Part(Judged(line), segment.joint, segment.strength, segment))
            return
        if before is not None and isinstance(before.rule, Judged):
            before.segment.end = segment.end
            rule = Judged(self.text(before.segment.start, segment.end))
            parts[-1] = _Part(rule, segment.joint, segment.strength, before.segment)
        else:
            parts.append(_Part(Judged(self.text(segment.start, segment.end)), segment.joint, segment.strength, segment))

    def _in_brackets(self, segment: Segment) -> bool:
        return self._clean[max(segment.start - 2, 0) : segment.start].strip().startswith(("(", "["))

    def _defines(self, before: _Part, rule: Rule, segment: Segment) -> bool:
        """Whether a limit in brackets says what the finding before it means (`low IgG state (IgG < 400 mg/dL)`)."""
        if not self._in_brackets(segment):
            return isinstance(before.rule, Judged)
        if isinstance(before.rule, Judged):
            return all(isinstance(leaf, Measured | ResultIs) for leaf in leaves_of(rule))
        return self.lists.decides(before.rule, rule)


class _Part(NamedTuple):
    rule: Rule
    joint: str
    strength: int
    segment: Segment


def _asks_more(segment: Segment, figures: list[Bit]) -> bool:
    """Whether a segment that no rule was made of has a figure of its own, so that it may not be passed over."""
    return any(bit in segment.bits and bit.role in _TELLING for bit in figures)


def _says(segment: Segment) -> bool:
    return any(bit.role in (NOT, RESULT, TRIED) for bit in segment.said)


def _pass_joint(parts: list[_Part], segment: Segment) -> None:
    """A segment that asks for nothing leaves its joint to the one before it."""
    if parts and segment.joint:
        parts[-1] = parts[-1]._replace(joint=segment.joint, strength=max(segment.strength, parts[-1].strength))


def _bind(segments: list[Segment]) -> None:
    """Segments that share a predicate stand together: their joints bind closest, and `no A or B` is neither."""
    start = 0
    pairs = list(pairwise(segments))
    linked = [bool(b.given and (a.said or a.given)) or bool(a.given and b.said) for a, b in pairs]
    for at in range(len(linked) + 1):
        if at < len(linked) and linked[at]:
            continue
        run = segments[start : at + 1]
        shared = [bit for bit in run[-1].bits if bit.role in DETAILS]
        for segment in run[:-1]:
            if not segment.having(*DETAILS):
                segment.given = [*segment.given, *shared]
        joints = {segment.joint for segment in run[:-1]}
        if len(run) > 1 and (len(joints) == 1 or run[0].having(NOT)):
            for segment in run[:-1]:
                segment.strength = -1
                if run[0].having(NOT):
                    segment.joint = "and"
        start = at + 1


def _doses_differ(rule: Rule) -> bool:
    """Whether a line asks for more than one dose (a first course, then others), which no single limit says."""
    doses = [leaf for leaf in leaves_of(rule) if isinstance(leaf, RequestIs)]
    asked = {(leaf.per_course, leaf.interval) for leaf in doses if leaf.per_course}
    return len(asked) > len({limit.sign for limit, _ in asked if limit is not None})


def _denied_together(parts: list[_Part]) -> list[_Part]:
    """`no A with B` denies the two together and neither alone."""
    found: list[_Part] = []
    for part in parts:
        before = found[-1] if found else None
        if before is None or before.joint != "with" or before.strength >= COMMAS or before.segment.contrast:
            found.append(part)
            continue
        denied = before.rule
        opens_it = before.segment.bits[0].role == NOT if before.segment.bits else False
        if not opens_it or not isinstance(denied, Lacks) or isinstance(part.rule, Judged) or part.segment.having(NOT):
            found.append(part)
            continue
        both = NoneOf((All((Has(denied.concept, denied.now), part.rule)),))
        found[-1] = _Part(both, part.joint, part.strength, part.segment)
    return found


def _assumed(parts: list[_Part], segments: list[Segment]) -> list[str]:
    """Notes on what was assumed of how the parts join."""
    notes = ["mixed"] if _mixed(parts) else []
    bare = len(parts) > 1 and not any(segment.worded for segment in segments)
    return [*notes, "default_all"] if bare else notes


def _mixed(parts: list[_Part]) -> bool:
    """Whether `and` and `or` meet at the same looseness, so that a reader should be told how they were read."""
    told = {(part.joint, part.strength) for part in parts[:-1] if part.strength in (1, 2)}
    return {("and", 1), ("or", 2)} <= told


def _tree(parts: list[_Part]) -> Rule:
    if len(parts) == 1:
        return parts[0].rule
    loosest = max(part.strength for part in parts[:-1])
    joint = next(part.joint for part in parts[:-1] if part.strength == loosest)
    groups: list[list[_Part]] = [[]]
    for at, part in enumerate(parts):
        groups[-1].append(part)
        if at < len(parts) - 1 and part.strength == loosest:
            groups.append([])
    rules = [_tree(group) for group in groups]
    whole = join(("any", 0), _one_request(rules)) if joint == "or" else join(("all", 0), rules)
    assert whole is not None
    return whole


def _one_request(rules: list[Rule]) -> list[Rule]:
    """`a rheumatologist or a neurologist` is one limit on the prescriber."""
    asked = [rule for rule in rules if isinstance(rule, RequestIs) and rule == RequestIs(prescribers=rule.prescribers)]
    if len(asked) < 2:  # noqa: PLR2004
        return rules
    names = tuple(dict.fromkeys(name for rule in asked for name in rule.prescribers))
    return [RequestIs(prescribers=names), *(rule for rule in rules if rule not in asked)]


def _excluded(parts: list[_Part]) -> Rule:
    """What an exclusion names, any of it: conditions as what the request is for, the rest as it stands."""
    asked: list[str] = []
    others: list[Rule] = []
    open_: list[str] = []
    for at, part in enumerate(parts):
        joined = at and parts[at - 1].joint == "with"
        if is_condition(part.rule) and not joined:
            asked += part.rule.indications if isinstance(part.rule, RequestIs) else ()
        elif isinstance(part.rule, Judged):
            open_.append(part.rule.question)
        elif joined and others:
            others[-1] = All((others[-1], part.rule))
        elif joined and asked:
            others.append(All((RequestIs(indications=(asked.pop(),)), part.rule)))
        else:
            others.append(part.rule)
    rules: list[Rule] = [RequestIs(indications=tuple(dict.fromkeys(asked)))] if asked else []
    rules += others
    rules += [Judged("; ".join(open_))] if open_ else []
    whole = join(("any", 0), rules)
    assert whole is not None
    return whole
