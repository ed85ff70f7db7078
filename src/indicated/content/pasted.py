"""A payer's criteria, pasted as plain text, into a Policy: every line understood, or quoted for a person to judge.

Pure: the vocabulary, the units, the words of policies and the finder of concepts are given.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from indicated.content.pasted_bits import Recognise, read_bits
from indicated.content.pasted_headers import Span
from indicated.content.pasted_join import flattened
from indicated.content.pasted_lexicon import fold, lexicon_for
from indicated.content.pasted_numbers import Numbers
from indicated.content.pasted_outline import Item, outline, walk
from indicated.content.pasted_rules import Reader
from indicated.content.pasted_sections import Block, Sections
from indicated.content.pasted_tree import Builder, Page, spread
from indicated.model.concept import Kind, Vocabulary
from indicated.model.errors import IndicatedError
from indicated.model.policy import Coverage, Origin, Policy
from indicated.model.policy_words import PolicyWords, SectionKind
from indicated.model.quantity import Units
from indicated.model.rule import All, Any, Rule
from indicated.model.standard import ContentStatus
from indicated.model.text import Document

_YAML_KEY = re.compile(r"^(?:coverages|criteria|treatment|payer|version|origin|status)[ \t]*:", re.MULTILINE)
_TITLE = 160
_APART = "\n"


class NoCriteria(IndicatedError):
    """A pasted text in which no criterion was found."""

    code = "policy-without-criteria"


class LineRead(NamedTuple):
    """How one line of a pasted policy was understood. `line` counts from 1."""

    line: int
    quote: str
    criterion: str
    understood: str
    unused: tuple[str, ...]
    judged: bool


def parse(  # noqa: PLR0913  (what it needs is given, one by one, so that it stays pure)
    text: str,
    recognise: Recognise,
    units: Units,
    words: PolicyWords,
    vocabulary: Vocabulary,
    *,
    id: str = "pasted",  # noqa: A002
) -> Policy:
    """The policy that a text says. `recognise(text)` gives `(start, end, concept id)` for each concept in a text.

    Every line that is not blank is in exactly one clause, quoted as it stands. Raises NoCriteria when the text has no
    list, no group word and no line that resolves.
    """
    root = outline(text, frozenset(words.leads), lexicon_for(words).remark)
    items = list(walk(root))
    page = _page(Document(id, text), items, recognise=recognise, units=units, words=words, vocabulary=vocabulary)
    builder = Builder(page)
    sections = Sections(page, builder)
    blocks = sections.read(root)
    built = [(block, rule) for block in blocks if (rule := sections.rule(block)) is not None]
    for item in items:
        if id_(item) not in builder.clauses:
            builder.note(item, "comment" if item.kind == "comment" else "prose")
    if not built:
        raise NoCriteria(_nothing(items))
    if all(block.kind is not SectionKind.START for block, _ in built):
        sections.assume(built[0][0], "one_phase")
    criteria = tuple(criterion for criterion in builder.criteria if criterion is not None)
    title = sections.title[:_TITLE] or id
    return Policy(
        id=id,
        version="",
        status=ContentStatus.DRAFT,
        payer="",
        title=title,
        treatment=_treatment(page, items),
        criteria=criteria,
        coverages=_coverages(built),
        origin=Origin(title),
        document=page.document,
        clauses=tuple(builder.clauses[id_(item)] for item in sorted(items, key=lambda item: item.start)),
    )


def describe(policy: Policy) -> tuple[LineRead, ...]:
    """How each line was understood, in the order of the text; empty for a policy that was not pasted."""
    if policy.document is None:
        return ()
    found: list[LineRead] = []
    line, at = 1, 0
    for clause in policy.clauses:
        line += policy.document.text.count("\n", at, clause.passage.start)
        at = clause.passage.start
        found.append(
            LineRead(line, clause.passage.quote, clause.criterion, clause.understood, clause.unused, clause.judged)
        )
    return tuple(found)


def looks_like_yaml(text: str) -> bool:
    """Whether a text is a policy file in our YAML rather than a payer's words: two of its keys begin lines."""
    return len(set(_YAML_KEY.findall(text))) > 1


id_ = id


def _page(  # noqa: PLR0913
    document: Document,
    items: list[Item],
    *,
    recognise: Recognise,
    units: Units,
    words: PolicyWords,
    vocabulary: Vocabulary,
) -> Page:
    """The clean text, one line for each item, with the bits of each."""
    lexicon = lexicon_for(words)
    texts = [" ".join(item.text.split()) if item.kind not in ("joins", "comment") else "" for item in items]
    clean = _APART.join(texts)
    lowered = fold(clean.replace(_APART, "\0"))
    bounds: list[tuple[int, int]] = []
    at = 0
    for line in texts:
        bounds.append((at, at + len(line)))
        at += len(line) + 1
    lists = spread(read_bits(lexicon, clean, lowered, recognise), bounds)
    spans = {
        id_(item): Span(Numbers(bits, lowered, units, lexicon).read(end), start, end)
        for item, bits, (start, end) in zip(items, lists, bounds, strict=True)
    }
    return Page(document, clean, lexicon, vocabulary, Reader(lexicon, vocabulary, units, clean, lowered), spans)


def _coverages(built: list[tuple[Block, Rule]]) -> tuple[Coverage, ...]:
    """One coverage; one for each condition where several conditions have sections of their own."""
    decides = [block for block, _ in built if block.kind in (SectionKind.START, SectionKind.CONTINUATION)]
    starts = {block.conditions for block in decides if block.kind is SectionKind.START}
    named = [
        conditions
        for conditions in dict.fromkeys(block.conditions for block in decides if block.conditions)
        if conditions in starts or not any(set(conditions) & set(other) for other in starts)
    ]
    if len(named) < 2:  # noqa: PLR2004  (a pasted policy is applied to the case it was pasted for)
        named = [()]
    found = []
    for conditions in named:
        mine = [(block.kind, rule) for block, rule in built if len(named) == 1 or _concerns(block, conditions)]
        start, goes_on = _of(mine, SectionKind.START), _of(mine, SectionKind.CONTINUATION)
        exclusions = _of(mine, SectionKind.EXCLUSIONS)
        limits = _of(mine, SectionKind.LIMITS)
        found.append(Coverage(conditions, start or goes_on or All(()), goes_on, limits, exclusions))
    return tuple(found)


def _concerns(block: Block, conditions: tuple[str, ...]) -> bool:
    """Whether a block speaks of these conditions. To start, it has to be theirs; what is asked for going on, what
    limits and what excludes may be told of several at once.
    """
    if not block.conditions or block.conditions == conditions:
        return True
    return block.kind is not SectionKind.START and bool(set(block.conditions) & set(conditions))


def _of(rules: list[tuple[SectionKind, Rule]], kind: SectionKind) -> Rule | None:
    mine = [rule for other, rule in rules if other is kind]
    if len(mine) < 2:  # noqa: PLR2004
        return mine[0] if mine else None
    return Any(flattened(Any, mine)) if kind is SectionKind.EXCLUSIONS else All(flattened(All, mine))


def _treatment(page: Page, items: list[Item]) -> str:
    """The treatment the text names first; a product stands for the treatment it belongs to."""
    for item in items:
        for bit in page.span(item).bits:
            for concept in bit.values if bit.role == "concept" else ():
                found = _as_treatment(page.vocabulary, concept)
                if found:
                    return found
    return ""


def _as_treatment(vocabulary: Vocabulary, concept: str) -> str:
    if concept not in vocabulary:
        return ""
    kind = vocabulary[concept].kind
    if kind is Kind.TREATMENT:
        return concept
    if kind is not Kind.PRODUCT:
        return ""
    return next((broad for broad in vocabulary[concept].broader if _as_treatment(vocabulary, broad)), "")


def _nothing(items: list[Item]) -> str:
    count = sum(1 for item in items if item.kind != "comment")
    return (
        f"no criteria found in the pasted policy ({count} lines read): looked for numbered, lettered or bulleted lines,"
        " for words such as 'all of the following' or 'at least two of', and for lines that name a requirement;"
        " paste the list of criteria itself, or name a policy by its id"
    )
