"""Why the answers of several requests differ, as an article: the answers, what decides, and all that differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from indicated.explain import proofs
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.words import Words
from indicated.explain.writer import Said, Writer
from indicated.model.case import Case
from indicated.model.contrast import Answer, Contrast, Differing, Exchange, SideBySide, answer_of
from indicated.model.knowledge import Knowledge
from indicated.model.statement import FromClause, FromPassage, FromTrace, Phrase, Proof, Rationale, Section, Statement

_MOST_SINGLES, _MOST_DIFFERING, _POLICY = 12, 24, "policy"


def article(
    told: SideBySide,
    knowledge: Knowledge,
    phrases: Iterable[Phrase] | Mapping[str, Phrase],
    audience: str = "clinician",
) -> Rationale:
    """The article for an audience. Same input, same value."""
    desk = _Desk(told, knowledge, Phrasebook(phrases, audience))
    written = (
        ("answers", desk.answers(), "rows"),
        ("decides", desk.decides(), "rows"),
        ("differ", desk.differ(), "rows"),
    )
    return Rationale(
        title=desk.book.words("contrast.title", names=desk.book.series(told.names)),
        audience=audience,
        sections=tuple(
            Section(name, desk.book.words(f"heading.contrast.{name}"), said, style)
            for name, said, style in written
            if said
        ),
        references=(),
        withheld=sum(len(writer.withheld) for writer in desk.writers),
    )


def whole_case(told: SideBySide) -> Case:
    """The documents of all requests, for a page that unfolds quotes."""
    return Case(documents=tuple(one for d in told.determinations for one in d.case.documents), facts=())


class _Desk:
    """A writer for each request, and the words they share."""

    def __init__(self, told: SideBySide, knowledge: Knowledge, book: Phrasebook) -> None:
        self.told, self.book = told, book
        self.writers = [Writer(d, knowledge, book, beside=told.determinations) for d in told.determinations]
        for writer in self.writers:
            writer.words.called = told.names

    def answers(self) -> Said:
        """Every request with its answer."""
        rows: list[Statement] = []
        for name, d, w in zip(self.told.names, self.told.determinations, self.writers, strict=True):
            standard = w.standard
            verdicts = _verdicts(answer_of(d))
            proved = (w.trace(standard.id if standard is not None else "standards", verdicts), w.on())
            title = w.words.name(standard.title) if standard is not None else self.book.words("contrast.no_standard")
            rows += w.say(
                "contrast.answer", proved, label=name, mark=d.finding, title=title, answer=self._answer(answer_of(d))
            )
        return tuple(rows)

    def decides(self) -> Said:
        """For every two: what changes the answer of one when it is told as in the other."""
        rows: list[Statement] = []
        for one in self.told.contrasts:
            rows += self._one_way(one, one.first, one.second, one.forward, one.to_second)
            rows += self._one_way(one, one.second, one.first, one.backward, one.to_first)
        return tuple(rows)

    def differ(self) -> Said:
        """For every two: all that is told in one of them, and what is told otherwise."""
        rows: list[Statement] = []
        for one in self.told.contrasts:
            rows += self._only(one, one.first, [each for each in one.differing if each.first and not each.second])
            rows += self._only(one, one.second, [each for each in one.differing if each.second and not each.first])
            rows += self._otherwise(one)
        return tuple(rows)

    def _one_way(
        self, pair: Contrast, here: int, there: int, singles: tuple[Exchange, ...], together: Exchange | None
    ) -> Iterator[Statement]:
        w, names = self.writers[here], self.told.names
        label = self.book.words("contrast.way", here=names[here], there=names[there])
        today, wanted = (answer_of(self.told.determinations[at]) for at in (here, there))
        telling = sorted(singles, key=lambda one: one.answer != wanted)[:_MOST_SINGLES]
        for one in telling:
            what, proved = self._exchange(one, pair, here)
            phrase = "contrast.single.same" if one.answer == wanted else "contrast.single"
            yield from w.say(phrase, proved, label=label, what=what, answer=self._answer(one.answer))
            label = ""
        if together is not None:
            what, proved = self._exchange(together, pair, here)
            yield from w.say("contrast.together", proved, label=label, what=what, answer=self._answer(together.answer))
            label = ""
        if label and today != wanted:
            yield from w.say("contrast.none", (w.trace("exchange", "none"),), label=label)
        elif label:
            yield from w.say("contrast.same", (w.trace("exchange", "none"),), label=label)

    def _exchange(self, one: Exchange, pair: Contrast, here: int) -> tuple[str, tuple[Proof, ...]]:
        """What is exchanged in words, and what that rests on."""
        by_about = {each.about: each for each in pair.differing}
        chosen = [by_about[about] for about in one.about]
        trace = FromTrace("+".join(one.about), _verdicts(one.answer))
        proved = [proof for each in chosen for proof in self._proofs(each, pair)]
        return "; ".join(self._named(each, pair, here) for each in chosen), (trace, *proved)

    def _named(self, each: Differing, pair: Contrast, here: int) -> str:
        """What is exchanged: what it becomes, and what it was."""
        forward = here == pair.first
        was, becomes = (each.first, each.second) if forward else (each.second, each.first)
        other = pair.second if forward else pair.first
        if each.about == _POLICY or each.about.startswith("request."):
            return self._in_request(each.about, here, other)
        label = self.writers[here].words.label(each.about)
        if not becomes:
            return self.book.words("contrast.without", label=label)
        said = self.book.series(self.writers[here].words.fact(fact) for fact in becomes)
        if not was:
            return self.book.words("contrast.with", said=said)
        before = self.book.series(self.writers[here].words.fact(fact) for fact in was)
        return said if said == before else self.book.words("contrast.instead", said=said, before=before)

    def _both(self, each: Differing, pair: Contrast) -> str:
        """What one request tells, and what the other tells instead."""
        if each.about == _POLICY or each.about.startswith("request."):
            what = self.book.word("contrast_request", each.about.removeprefix("request."))
            words = self.writers[pair.first].words
            mine, its = (self._requested(each.about, at, words) for at in (pair.first, pair.second))
            phrase = "contrast.policy.both" if each.about == _POLICY else "contrast.request.both"
            return self.book.words(phrase, what=what, said=mine, before=its)
        words = self.writers[pair.first].words
        mine = self.book.series(words.fact(fact) for fact in each.first)
        its = self.book.series(words.fact(fact) for fact in each.second)
        return self.book.words("contrast.both", said=mine, before=its)

    def _in_request(self, about: str, here: int, other: int) -> str:
        what = self.book.word("contrast_request", about.removeprefix("request."))
        said, before = (self._requested(about, at, self.writers[here].words) for at in (other, here))
        phrase = "contrast.policy" if about == _POLICY else "contrast.request"
        return self.book.words(phrase, what=what, said=said, before=before)

    def _requested(self, about: str, at: int, words: Words) -> str:
        """What a request says in one place, in words of the writer of the sentence."""
        d = self.told.determinations[at]
        nothing = self.book.words("contrast.nothing")
        if about == _POLICY:
            return (
                words.name(d.policy.title or d.policy.id)
                if d.policy is not None
                else self.book.words("contrast.no_policy")
            )
        request = d.case.request
        value: Any = getattr(request, about.removeprefix("request."), None)
        match about:
            case "request.indications":
                said = self.book.series(map(words.label, value))
            case "request.treatment" | "request.product":
                said = words.label(value) if value else ""
            case "request.regimen" | "request.replaces":
                said = words.regimen(value) if value is not None else ""
            case "request.phase":
                said = self.book.word("phase", value)
            case _:
                said = self.book.series(value)
        return said or nothing

    def _proofs(self, each: Differing, pair: Contrast) -> Iterator[Proof]:
        yield from proofs.of_facts((*each.first, *each.second))
        for at in (pair.first, pair.second) if each.about == _POLICY else ():
            policy = self.told.determinations[at].policy
            if policy is not None:
                yield FromClause(policy.id, "", policy.version, policy.title or policy.id)
        for at in (pair.first, pair.second) if each.about.startswith("request.") else ():
            request = self.told.determinations[at].case.request
            yield from (FromPassage(passage) for passage in (request.passages if request is not None else ()))

    def _only(self, pair: Contrast, at: int, told: list[Differing]) -> Said:
        """What only one of two requests tells."""
        if not told:
            return ()
        w = self.writers[at]
        facts = [fact for each in told for fact in (each.first if at == pair.first else each.second)]
        said = list(dict.fromkeys(w.words.fact(fact) for fact in facts))
        other = pair.second if at == pair.first else pair.first
        label = self.book.words("contrast.only", here=self.told.names[at], there=self.told.names[other])
        proved = proofs.of_facts(facts)
        shown = w.words.sets(said, _MOST_DIFFERING)
        return w.say("contrast.list", proved or (w.trace("facts", "entered"),), label=label, items=shown)

    def _otherwise(self, pair: Contrast) -> Said:
        """What both tell, but not in the same way."""
        both = [each for each in pair.differing if (each.first and each.second) or not (each.first or each.second)]
        if not both:
            return ()
        w = self.writers[pair.first]
        here, there = self.told.names[pair.first], self.told.names[pair.second]
        said = [self._both(each, pair) for each in both]
        proved = [proof for each in both for proof in self._proofs(each, pair)]
        label = self.book.words("contrast.otherwise", here=here, there=there)
        told = tuple(dict.fromkeys((*proved, w.trace("facts", "told otherwise"))))
        return w.say("contrast.list", told, label=label, items=w.words.sets(said, _MOST_DIFFERING))

    def _answer(self, answer: Answer) -> str:
        words = self.book.words
        finding = self.book.word("finding", answer.finding)
        next_step = self.book.word("contrast_next", answer.next_step)
        if answer.policy is None:
            return words("contrast.outcome", finding=finding, next=next_step)
        verdict = self.book.word("policy_verdict", answer.policy)
        return words("contrast.outcome.policy", finding=finding, policy=verdict, next=next_step)


def _verdicts(answer: Answer) -> str:
    """The verdicts of an answer, as a trace has them."""
    return ", ".join(one for one in (answer.finding, answer.policy, answer.next_step) if one is not None)
