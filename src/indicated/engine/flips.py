"""What would change the answer: the smallest sets of facts, and the facts on which it rests alone.

Sets come from the algebra of `ways` and are then checked by deciding again: applying a flip changes the outcome and
no smaller part of it does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from indicated.engine.outcome import candidates
from indicated.engine.trial import Trial, removal
from indicated.engine.ways import Way, asked, lasting, smallest
from indicated.engine.weigh import applicable, phase_of
from indicated.model.concept import Kind
from indicated.model.determination import Finding, Flip, FlipTarget, Support
from indicated.model.rule import All, Rule
from indicated.model.standard import Need, Stance, Standard
from indicated.model.verdict import Verdict

MOST_SHOWN = 12
MOST_LEAVES = 250
"""Open leaves of a rule above which no sets are sought: nobody reads them, and seeking them would take minutes."""
MOST_OF_ONE = 50
"""Facts of one concept above which none is tried alone: what is told so often rests on no single one of them."""
_WORTH = (Finding.NOT_SUPPORTED, Finding.UNDETERMINED, Finding.SUPPORTED_IF, Finding.SUPPORTED)


def find_flips(trial: Trial) -> tuple[Flip, ...]:
    """The smallest sets that would change the finding or the policy's verdict, for the better first.

    Bounded: at most MOST_SHOWN for each part of the outcome and each direction.
    """
    return (*_finding_flips(trial), *_policy_flips(trial))


def find_support(trial: Trial) -> tuple[Support, ...]:
    """The facts on which the outcome rests alone: without the fact, the finding or the policy verdict is another.

    Bounded: a concept with more than MOST_OF_ONE facts is passed over.
    """
    outcome = trial.outcome
    found = []
    often = Counter(fact.concept for fact in trial.facts.facts)
    for fact in trial.facts.facts:
        if often[fact.concept] > MOST_OF_ONE:
            continue
        without = trial.number(removal(fact))
        finding, _ = trial.finding(without)
        if finding is not outcome.finding:
            found.append(Support(fact, FlipTarget.FINDING, finding.value))
        verdict = trial.policy_verdict(without)
        if verdict is not None and verdict is not outcome.policy_verdict:
            found.append(Support(fact, FlipTarget.POLICY, verdict.value))
    return tuple(found)


def _policy_flips(trial: Trial) -> Iterator[Flip]:
    today = trial.outcome.policy_verdict
    for wanted in (Verdict.MET, Verdict.NOT_MET):
        if trial.policy_rule is None or wanted is today:
            continue
        for way in _checked(
            trial, _lasting(trial, trial.policy_rule, wanted), lambda way: trial.policy_verdict(way) is not today
        ):
            reached = trial.policy_verdict(way)
            assert reached is not None
            yield Flip(FlipTarget.POLICY, reached.value, trial.members(way))


def _finding_flips(trial: Trial) -> Iterator[Flip]:
    better = (way for standard, aim in _aims(trial) for way in _ways_to(trial, standard, aim))
    shown = set[Way]()
    for sets in (smallest(better, trial), _ways_down(trial)):
        for way in _checked(trial, sets, lambda way: trial.finding(way)[0] is not trial.outcome.finding):
            if way not in shown:
                shown.add(way)
                reached, lead = trial.finding(way)
                yield Flip(FlipTarget.FINDING, reached.value, trial.members(way), lead)


def _aims(trial: Trial) -> Iterator[tuple[Standard, Finding]]:
    """The standards worth reaching (those reached, and those that the lead is related to), and how high.

    One step up is enough: whatever brings a standard higher than that holds a smaller set, or is one.
    """
    table = trial.facts.knowledge.standard_table
    near = [weighed.standard for weighed in trial.outcome.weighed]
    for name in tuple(near[:1]):
        lead = table[name]
        near += [*(other.standard for other in lead.differential if other.standard), *lead.related]
    allowed = frozenset(candidates(trial.facts))
    if trial.outcome.finding is not Finding.SUPPORTED:
        aim = Finding.SUPPORTED if trial.outcome.finding is Finding.SUPPORTED_IF else Finding.SUPPORTED_IF
        yield from ((table[name], aim) for name in dict.fromkeys(near) if name in allowed)


def _ways_to(trial: Trial, standard: Standard, aim: Finding) -> tuple[Way, ...]:
    criteria = applicable(standard.criteria, phase_of(trial.facts))
    needed = [c.rule for c in criteria if aim is Finding.SUPPORTED or c.need is Need.DECIDES]
    # A `confirms` that fails today must be met too: unknown is not among the verdicts a change can bring.
    if aim is Finding.SUPPORTED_IF:
        confirming = [c.rule for c in criteria if c.need is not Need.DECIDES]
        needed += [rule for rule in confirming if trial.step(rule, 0).verdict is Verdict.NOT_MET]
    if standard.stance is not Stance.FOR:
        if standard.exception is None:
            return ()
        needed.append(standard.exception)

    def holds(way: Way) -> bool:
        weighed = trial.weighed(standard.id, way)
        return weighed is not None and _WORTH.index(weighed.finding) >= _WORTH.index(aim)

    return _lasting(trial, All((standard.reached_by, *needed)), Verdict.MET, holds)


def _ways_down(trial: Trial) -> tuple[Way, ...]:
    """What would sink a lead that carries the request: any one of its criteria not met."""
    if trial.outcome.finding not in (Finding.SUPPORTED, Finding.SUPPORTED_IF):
        return ()
    standard = trial.facts.knowledge.standard_table[trial.outcome.lead]
    criteria = applicable(standard.criteria, phase_of(trial.facts))

    def holds(way: Way) -> bool:
        weighed = trial.weighed(standard.id, way)
        return weighed is None or weighed.finding is Finding.NOT_SUPPORTED

    return _lasting(trial, All(tuple(c.rule for c in criteria)), Verdict.NOT_MET, holds)


def _lasting(trial: Trial, rule: Rule, wanted: Verdict, holds: Callable[[Way], bool] | None = None) -> tuple[Way, ...]:
    """The sets for a rule. Every leaf is asked first, for one leaf's change may serve another leaf."""
    step = trial.step(rule, 0)
    leaves = tuple(asked(step, wanted))
    if len(leaves) > MOST_LEAVES:
        return ()
    for leaf, verdict in leaves:
        trial.offers(leaf, verdict)
    met = -1
    sets: tuple[Way, ...] = ()
    while met != len(trial.changes):
        met = len(trial.changes)
        sets = lasting(step, wanted, trial, lambda way: trial.step(rule, way), holds)
    return tuple(way for way in sets if way)


def _checked(trial: Trial, sets: Iterable[Way], differs: Callable[[Way], bool]) -> Iterator[Way]:
    """The sets that do change the outcome and of which no proper part does, at most MOST_SHOWN, cheapest first."""
    shown = 0
    for way in sorted(sets, key=trial.cost):
        if not _proposes(trial, way) and differs(way) and not any(differs(part) for part in _proper_parts(way)):
            yield way
            shown += 1
            if shown == MOST_SHOWN:
                return


def _proposes(trial: Trial, way: Way) -> bool:
    """Whether a set supposes a procedure that is not on record: nobody is to have one so that a rule is met."""
    concepts = trial.facts.vocabulary.concepts
    supposed = [fact for change in trial.members(way) if not change.known for fact in change.facts if fact.present]
    return any((known := concepts.get(fact.concept)) is not None and known.kind is Kind.PROCEDURE for fact in supposed)


def _proper_parts(way: Way) -> Iterator[Way]:
    single = [bit for place in range(way.bit_length()) if (bit := way & 1 << place)]
    for size in range(1, len(single)):
        yield from (sum(part) for part in combinations(single, size))
