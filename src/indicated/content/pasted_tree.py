"""Items of the outline into criteria: each line's rule, joined as the headers and the words between the lines say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from indicated.content.pasted_bits import COMMA, CONCEPT
from indicated.content.pasted_headers import Header, Span, leading_joint, read_header, trailing_joint
from indicated.content.pasted_join import combine, flattened, leaves_of
from indicated.content.pasted_lexicon import Bit, Lexicon
from indicated.content.pasted_outline import DEEPEST, Item
from indicated.content.pasted_rules import Reader
from indicated.content.pasted_say import say
from indicated.content.pasted_targets import Context
from indicated.model.concept import Vocabulary
from indicated.model.policy import Clause
from indicated.model.policy_words import WordRole
from indicated.model.rule import All, Any, Judged, Ref, Rule
from indicated.model.standard import Criterion
from indicated.model.text import Document


class Page(NamedTuple):
    """The text being read: the document, its clean text, and where each item stands in it with which bits."""

    document: Document
    clean: str
    lexicon: Lexicon
    vocabulary: Vocabulary
    reader: Reader
    spans: dict[int, Span]

    def span(self, item: Item) -> Span:
        """The item's stretch of the clean text."""
        return self.spans[id(item)]


class Builder:
    """Collects criteria and clauses while the tree is read."""

    __slots__ = ("_ids", "_page", "clauses", "criteria")

    def __init__(self, page: Page) -> None:
        self._page = page
        self.criteria: list[Criterion | None] = []
        self.clauses: dict[int, Clause] = {}
        self._ids: dict[str, int] = {}

    def items(
        self, items: list[Item], group: tuple[str, int] | None, context: Context, path: str
    ) -> tuple[Rule | None, tuple[str, ...]]:
        """The rule of a list of items, and notes on how they were joined. Connectives among them are consumed."""
        real = [item for item in items if item.kind not in ("joins", "comment")]
        for item in items:
            if item.kind == "joins":
                self.note(item, "connective", kind=item.text)
        rules, joints = self._read_all(real, context, path)
        if not rules:
            return None, ()
        whole, notes = combine(rules, joints[:-1], group)
        if whole is None:
            question = Judged(" / ".join(self._text(item) for item in real))
            return All((*rules, question)), ("too_few",)
        return whole, notes

    def _read_all(self, real: list[Item], context: Context, path: str) -> tuple[list[Rule], list[str]]:
        rules: list[Rule] = []
        joints: list[str] = []
        adopted: set[int] = set()
        for number, item in enumerate(real, start=1):
            if id(item) in adopted:
                continue
            if not item.children and self._waits(item):
                taken = self._adoptable(real[number:])
                item.children = taken
                adopted.update(map(id, taken))
            span, early = leading_joint(self._page.span(item), self._page.clean)
            if early and joints and not joints[-1]:
                joints[-1] = early
            rule, joint = self._node(item, span, context, path, number)
            if rule is not None:
                rules.append(rule)
                joints.append(item.joined.upper() or joint)
        return rules, joints or [""]

    def _waits(self, item: Item) -> bool:
        """Whether a line ends with a group word and nothing to choose from."""
        span, _ = trailing_joint(self._page.span(item), self._page.clean)
        groups = [at for at, bit in enumerate(span.bits) if bit.role == WordRole.GROUP]
        if not groups:
            return False
        rest = self._page.clean[span.bits[groups[-1]].end : span.end]
        return not any(
            word.strip(".,:;()-").lower() not in self._page.lexicon.stop
            for word in rest.split()
            if word.strip(".,:;()-")
        )

    def _adoptable(self, later: list[Item]) -> list[Item]:
        taken: list[Item] = []
        for item in later:
            if item.children or self._waits(item):
                break
            taken.append(item)
        return taken

    def _node(self, item: Item, span: Span, context: Context, path: str, number: int) -> tuple[Rule | None, str]:
        """One item with what stands below it: a criterion, named by its numbering."""
        name = self._name(item, path, number)
        place = len(self.criteria)
        self.criteria.append(None)
        span, joint = trailing_joint(span, self._page.clean)
        waited = bool(item.children) and not any(child.level > item.level for child in item.children)
        if item.children:
            rule, understood = self._header(item, span, context, name)
            last = next((child for child in reversed(item.children) if child.kind not in ("joins", "comment")), None)
            joint = joint or (self._trailing(last) if last is not None and not waited else "")
        else:
            rule, understood = self._leaf(span, context)
        if rule is None:
            self.criteria.pop(place)
            self._clause(item, "", understood)
            return None, joint
        text = self._page.reader.text(span.start, span.end) or self._text(item)
        quote = self._page.document.text[item.start : item.end]
        self.criteria[place] = Criterion(name, text, rule, section=name, quote=quote)
        self._clause(item, name, understood, rule)
        return Ref(name, rule), joint

    def _trailing(self, item: Item) -> str:
        if item.joined:
            return ""
        return trailing_joint(self._page.span(item), self._page.clean)[1]

    def _name(self, item: Item, path: str, number: int) -> str:
        shown = item.mark.shown if item.mark is not None and item.mark.shown else str(number)
        whole = item.mark is not None and item.mark.path
        name = shown if whole and (not path or path.endswith(".")) else f"{path}{shown}"
        count = self._ids[name] = self._ids.get(name, 0) + 1
        return name if count == 1 else f"{name}#{count}"

    def _header(self, item: Item, span: Span, context: Context, name: str) -> tuple[Rule | None, _Understood]:
        span, applies = self._applies(span)
        header = read_header(span, self._page.reader, context, self._page.clean, last=True)
        rule, notes = self.below(item, header, context, f"{name}.")
        if rule is None:
            return self._leaf(span, context)
        if applies:
            rule = Any(flattened(Any, [rule, Judged(self.wording(f"not_concerned:{applies}"))]))
            notes = (*(note for note in notes if note != "label"), "may_not_apply")
        return rule, _Understood(rule, header.unused, notes)

    def _applies(self, span: Span) -> tuple[Span, str]:
        """A header without the words that say when its list applies, and these words."""
        groups = [at for at, bit in enumerate(span.bits) if bit.role == WordRole.GROUP]
        if not groups or not self._is_conditional(span):
            return span, ""
        first = span.bits[groups[-1]].start
        words = self._page.reader.text(span.start, first).removesuffix("then").rstrip(" ,")
        return Span(span.bits[groups[-1] :], first, span.end), words

    def _is_conditional(self, span: Span) -> bool:
        return self._page.clean[span.start : span.end].lower().startswith(self._page.lexicon.words.conditional)

    def below(self, item: Item, header: Header, context: Context, path: str) -> tuple[Rule | None, tuple[str, ...]]:
        """The rule of an item's children under its header, with what the header itself asks for."""
        given = header.given or (context.given if header.own is None else ())
        rule, notes = self.items(item.children, header.group, context._replace(given=given), path)
        if rule is None or header.own is None:
            return rule, (("label", *notes) if header.dropped else notes)
        return self._beside(header, rule, notes)

    def _beside(self, header: Header, listed: Rule, notes: tuple[str, ...]) -> tuple[Rule, tuple[str, ...]]:
        """A list with what its header asks for, unless the list only says what that means."""
        assert header.own is not None
        if not header.joined and self._page.reader.lists.decides(header.own, listed):
            return listed, (f"named:{header.label}", *notes)
        return All(flattened(All, [header.own, listed])), notes

    def _leaf(self, span: Span, context: Context) -> tuple[Rule | None, _Understood]:
        reader, clean = self._page.reader, self._page.clean
        if not reader.text(span.start, span.end):
            return None, _Understood(None, (), ("empty",))
        if define(span, context.terms):
            return None, _Understood(None, (), ("definition",))
        if self._is_conditional(span) and any(bit.role == COMMA for bit in span.bits):
            asked = Judged(reader.text(span.start, span.end))
            return asked, _Understood(asked, (), ())
        header = read_header(span, reader, context, clean, last=False)
        plain = header.group is None and header.rest.start == header.rest.end
        inner = header.given or context.given
        if not plain and (header.rest.bits or clean[header.rest.start : header.rest.end].strip(" .")):
            listed = reader.read(
                header.rest.bits, header.rest.start, header.rest.end, context._replace(given=inner), header.group
            )
            if listed.rule is not None and (
                header.group is None or header.group[0] in ("all", "any") or len(tuple(leaves_of(listed.rule))) > 1
            ):
                rule, notes = listed.rule, (("label", *listed.notes) if header.dropped else listed.notes)
                if header.own is not None:
                    rule, notes = self._beside(header, rule, notes)
                return rule, _Understood(rule, (*header.unused, *listed.unused), notes)
        reading = reader.read(span.bits, span.start, span.end, context)
        if reading.rule is None and not reading.notes:
            rule = Judged(reader.text(span.start, span.end))
            return rule, _Understood(rule, reading.unused, reading.notes)
        return reading.rule, _Understood(reading.rule, reading.unused, reading.notes)

    def _text(self, item: Item) -> str:
        span = self._page.span(item)
        return self._page.reader.text(span.start, span.end)

    def _clause(self, item: Item, criterion: str, understood: _Understood, rule: Rule | None = None) -> None:
        said = say(rule, self._page.vocabulary) if rule is not None else ""
        notes = [self.wording(note) for note in understood.notes]
        if item.deep:
            notes.append(self.wording("deep", depth=str(DEEPEST)))
        told = "; ".join(notes) if not said else said + (f" ({'; '.join(notes)})" if notes else "")
        judged = rule is not None and any(isinstance(leaf, Judged) for leaf in _own_leaves(rule))
        self.clauses[id(item)] = Clause(
            self._page.document.passage(item.start, item.end),
            criterion,
            told or self.wording("prose"),
            tuple(dict.fromkeys(understood.unused)) if rule is not None else (),
            judged,
        )

    def wording(self, note: str, **values: str) -> str:
        """A note in words."""
        code, _, value = note.partition(":")
        template = self._page.lexicon.notes.get(code, code)
        values |= {"unit": value, "name": value} if value else {}
        for key, text in values.items():
            template = template.replace("{" + key + "}", text)
        return template

    def note(self, item: Item, code: str, **values: str) -> None:
        """A clause for a line that is no criterion."""
        passage = self._page.document.passage(item.start, item.end)
        self.clauses[id(item)] = Clause(passage, "", self.wording(code, **values))


class _Understood(NamedTuple):
    rule: Rule | None
    unused: tuple[str, ...]
    notes: tuple[str, ...]


def _own_leaves(rule: Rule) -> Iterable[Rule]:
    """The leaves of a rule that do not belong to a criterion of their own."""
    if isinstance(rule, Ref):
        return
    parts = getattr(rule, "parts", None)
    if parts is None:
        yield rule
        return
    for part in parts:
        yield from _own_leaves(part)


def define(span: Span, terms: dict[str, tuple[tuple[str, ...], ...]]) -> bool:
    """Whether a line only says what a term means; the meaning is then noted."""
    if not any(bit.role == WordRole.DEFINES for bit in span.bits):
        return False
    term = next((bit for bit in span.bits if bit.role == WordRole.TERM), None)
    named = tuple(
        bit.values for bit in span.bits if bit.role == CONCEPT and term is not None and bit.start > term.start
    )
    if term is None or not named:
        return False
    terms[term.values[0]] = named
    return True


def spread(bits: list[Bit], bounds: list[tuple[int, int]]) -> list[list[Bit]]:
    """The bits of each stretch, in order; those that cross an end are dropped."""
    found: list[list[Bit]] = [[] for _ in bounds]
    at = 0
    for bit in bits:
        while at < len(bounds) and bit.start >= bounds[at][1]:
            at += 1
        if at < len(bounds) and bounds[at][0] <= bit.start and bit.end <= bounds[at][1]:
            found[at].append(bit)
    return found
