"""What the record says: the facts used, where documents disagree, what does not count."""

from __future__ import annotations

from collections.abc import Iterable

from indicated.engine.evaluate import facts_used
from indicated.explain import proofs
from indicated.explain.writer import Said, Writer
from indicated.model.concept import Kind
from indicated.model.fact import Fact
from indicated.model.figures import foreign_numbers
from indicated.model.statement import FromPassage, Proof, Statement

_GROUPS = ("who", "diagnoses", "findings", "tests", "procedures", "absent")
_KINDS = {
    Kind.DEMOGRAPHIC: "who",
    Kind.CONDITION: "diagnoses",
    Kind.ANTIBODY: "tests",
    Kind.LAB: "tests",
    Kind.IMAGING: "tests",
    Kind.PATHOLOGY: "tests",
    Kind.STUDY: "tests",
    Kind.SCALE: "tests",
    Kind.PROCEDURE: "procedures",
}
_MOST = 14


def facts(w: Writer) -> Said:
    """The facts by group, those the decision used first; the record's own words where ours differ."""
    used = _used(w)
    groups: dict[str, list[Fact]] = {group: [] for group in _GROUPS}
    for fact in sorted(w.d.case.facts, key=lambda one: one not in used):
        if fact.therapy is None and not _only_done(w, fact):
            groups[_group(w, fact)].append(fact)
    rows: list[Statement] = []
    for group, members in groups.items():
        rows += _row(w, group, members)
    return (*rows, *_scanned(w))


def _scanned(w: Writer) -> Said:
    """The facts that nothing but recognised pictures says, those the decision used first."""
    used = _used(w)
    told = sorted((fact for fact in w.d.case.facts if fact.scanned), key=lambda one: one not in used)[:_MOST]
    items = "; ".join(dict.fromkeys(w.words.fact(fact, full=True) for fact in told))
    return w.say("facts.scanned", proofs.of_facts(told), items=items) if told else ()


def _used(w: Writer) -> set[Fact]:
    steps = [judgement.step for weighed in w.d.weighed[:1] for judgement in weighed.judgements]
    if w.d.policy_result is not None:
        steps += [step for step in (w.d.policy_result.start, w.d.policy_result.exclusions) if step is not None]
    steps += [item.step for score in w.d.scores for item in score.items]
    return {fact for step in steps for fact in facts_used(step)}


def _only_done(w: Writer, fact: Fact) -> bool:
    """Whether the fact says only that a test was done; what the test showed is a fact of its own."""
    concept = w.knowledge.vocabulary.concepts.get(fact.concept)
    return concept is not None and concept.kind is Kind.STUDY and fact.present and fact.result is None


def _group(w: Writer, fact: Fact) -> str:
    concept = w.knowledge.vocabulary.concepts.get(fact.concept)
    group = _KINDS.get(concept.kind, "findings") if concept is not None else "findings"
    return "absent" if fact.absent and group in ("findings", "diagnoses", "procedures") else group


def _row(w: Writer, group: str, members: Iterable[Fact]) -> Said:
    listed = list(dict.fromkeys(members))
    if not listed:
        return ()
    shown, said, quotes = listed[:_MOST], dict[str, str](), ""
    for fact in shown:
        words = _words(w, fact)
        said.setdefault(words, _own_words(w, fact, words, quotes))
        quotes += said[words]
    items = "; ".join(dict.fromkeys(f"{words} {quote}".strip() for words, quote in said.items()))
    more = w.book.words("facts.more", n=len(listed) - len(shown)) if len(listed) > len(shown) else ""
    proved: list[Proof] = list(proofs.of_facts(listed))
    if more:
        proved.append(w.count("facts", {"read": len(listed), "shown": len(shown)}, str(len(listed) - len(shown))))
    return w.say(
        "facts.group", proved, label=w.book.words(f"facts.{group}"), items=items + (";" if more else ""), more=more
    )


def _words(w: Writer, fact: Fact) -> str:
    """The fact in our words; only what it is of, where its figures are not those of the record (`in his 40s`)."""
    quoted = "\n".join(passage.quote for passage in fact.passages)
    if fact.value is not None and quoted and foreign_numbers(w.words.quantity(fact.value), quoted):
        return w.words.label(fact.concept, full=True)
    return w.words.fact(fact, full=True)


def _own_words(w: Writer, fact: Fact, words: str, before: str) -> str:
    """The quote, where the record's words are not ours and were not quoted before."""
    for passage in fact.passages[:1]:
        quote = " ".join(passage.quote.split())
        if not _plain(quote) <= _plain(words) and quote not in before:
            return w.book.words("facts.quote", text=quote)
    return ""


def _plain(text: str) -> set[str]:
    """The words of a text, without signs."""
    return set("".join(character if character.isalnum() else " " for character in text.lower()).split())


def contradictions(w: Writer) -> Said:
    """Passages that cannot both be true, and codes that do not exist."""
    rows: list[Statement] = []
    for told in w.d.case.contradictions:
        quotes = w.book.series(
            (w.book.words("quote", text=" ".join(p.quote.split())) for p in told.passages), "against"
        )
        named = f"contradiction.{told.kind}"
        phrase = named if told.kind and named in w.book else "contradiction"
        rows += w.say(phrase, (FromPassage(p) for p in told.passages), about=w.words.label(told.about), quotes=quotes)
    unknown = {code.code: code for code in w.d.case.codes if code.valid is False}
    for code in unknown.values():
        quote = w.book.words("quote", text=code.passage.quote)
        rows += w.say("code.not_in_table", (FromPassage(code.passage),), quote=quote)
    return tuple(rows)


def set_aside(w: Writer) -> Said:
    """How many mentions were read and do not count as facts about this patient, and why."""
    mentions = w.d.case.set_aside
    if not mentions:
        return ()
    tally: dict[str, int] = {}
    for mention in mentions:
        said = mention.assertion
        if said.subject.value != "patient":
            why = said.subject.value
        elif said.voice.value not in ("case", "question"):
            why = said.voice.value
        else:
            why = "other"
        tally[why] = tally.get(why, 0) + 1
    why = "; ".join(f"{w.book.word('set_aside', key)}: {n}" for key, n in sorted(tally.items()))
    proved = (w.count("mentions", dict(sorted(tally.items())), str(len(mentions))),)
    return w.say("set_aside", proved, n=str(len(mentions)), why=why)
