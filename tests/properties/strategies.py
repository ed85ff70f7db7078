"""Random rules, records and facts, for the properties."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from indicated.model.assertion import Assertion, Certainty, Polarity, Time
from indicated.model.fact import Course, Entry, Fact, Outcome, Result, Stage, Therapy, Tolerance
from indicated.model.quantity import Comparison, Quantity
from indicated.model.rule import (
    Age,
    All,
    Any,
    AtLeast,
    Has,
    Judged,
    Lacks,
    Measured,
    NoneOf,
    Response,
    ResultIs,
    Rule,
    Tried,
)
from tests.properties import oracle
from tests.told import DAY

WHERE = (Entry("the tests"),)
FLAGS = tuple(concept for concept in oracle.CONCEPTS if not concept.startswith("ab."))
ANTIBODIES = tuple(concept for concept in oracle.CONCEPTS if concept.startswith("ab."))
DRUGS = (oracle.DRUG_CLASS, *oracle.DRUGS[:2])
SIGNS = st.sampled_from(("<", "<=", ">", ">="))


def groups(leaf: st.SearchStrategy[Rule], most: int = 8) -> st.SearchStrategy[Rule]:
    """Trees of all, any, none and at_least over some leaves."""

    def grown(inner: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
        several = st.lists(inner, min_size=1, max_size=4).map(tuple)
        some = several.flatmap(lambda parts: st.integers(1, len(parts)).map(lambda n: AtLeast(n, parts)))
        return st.one_of(several.map(All), several.map(Any), several.map(NoneOf), some)

    return st.recursive(leaf, grown, max_leaves=most)


def limits(unit: str, edges: tuple[Decimal, ...]) -> st.SearchStrategy[Comparison]:
    """Limits at one of some edges."""
    return st.builds(lambda sign, edge: Comparison(sign, Quantity.of(edge, unit)), SIGNS, st.sampled_from(edges))


# The part of the language that the oracle knows.
known_leaves: st.SearchStrategy[Rule] = st.one_of(
    st.sampled_from(FLAGS).map(Has),
    st.sampled_from(FLAGS).map(Lacks),
    st.builds(
        lambda name, result: ResultIs(name, (result,)),
        st.sampled_from(ANTIBODIES),
        st.sampled_from((Result.POSITIVE, Result.NEGATIVE)),
    ),
    limits("mg/dL", oracle.VALUES["lab.igg"][1:3]).map(lambda limit: Measured("lab.igg", limit)),
    limits("a", oracle.VALUES["demo.age"][1:3]).map(Age),
    st.builds(
        lambda name, count: Tried(name, ("failed",), count=count if name == oracle.DRUG_CLASS else 1),
        st.sampled_from(DRUGS),
        st.integers(1, 2),
    ),
)
known_rules = groups(known_leaves)

# The whole language but for `ref`, `codes`, `request` and `score`, which look elsewhere than at facts.
leaves: st.SearchStrategy[Rule] = st.one_of(
    known_leaves,
    st.builds(Has, st.sampled_from((*oracle.CONCEPTS, "path.myositis")), now=st.booleans()),
    st.builds(
        lambda limit, times: Measured("lab.igg", limit, within=Quantity.of(90, "d"), times=times),
        limits("mg/dL", oracle.VALUES["lab.igg"][1:3]),
        st.integers(1, 2),
    ),
    st.builds(
        lambda name, result: ResultIs(name, (result,)),
        st.sampled_from((*ANTIBODIES, "lab.ck")),
        st.sampled_from(list(Result)),
    ),
    st.builds(
        lambda name, outcome: Tried(name, (outcome,), Quantity.of(12, "wk")),
        st.sampled_from(DRUGS),
        st.sampled_from(("failed", "partial", "intolerant")),
    ),
    st.sampled_from(list(Course)).map(lambda course: Response((course,), "dx.dm")),
    st.just(Judged("Is this reasonable?")),
)
rules = groups(leaves)
any_rules = rules


@st.composite
def records(draw: Callable[..., object]) -> oracle.Revealed:
    """A record of one world: it may leave anything out, and never contradicts itself."""
    world: oracle.World = draw(st.sampled_from(_WORLDS))  # type: ignore[assignment]
    told = draw(st.sets(st.sampled_from((*oracle.CONCEPTS, *oracle.VALUES, *DRUGS))))
    assert isinstance(told, set)
    fates = dict(world.drugs)
    drugs = [(drug, fates[drug]) for drug in oracle.DRUGS[:2] if drug in told]
    if oracle.DRUG_CLASS in told and all(fate == "never" for fate in fates.values()):
        drugs = [(oracle.DRUG_CLASS, "never")]
    return oracle.Revealed(
        tuple((concept, concept in world.true) for concept in oracle.CONCEPTS if concept in told),
        tuple((name, value) for name, value in world.values if name in told),
        tuple(drugs),
    )


_WORLDS = sorted(
    oracle.worlds(frozenset(("dx.jdm", "finding.rash", "finding.proximal_weakness", "ab.jo1", "lab.igg", *DRUGS))),
    key=str,
)


def written(record: oracle.Revealed) -> tuple[Fact, ...]:
    """The facts that a reader would make of a record."""
    return (
        *(_flag(concept, said=said) for concept, said in record.flags),
        *(
            Fact(name, WHERE, value=Quantity.of(value, "a" if name == "demo.age" else "mg/dL"))
            for name, value in record.values
        ),
        *(_drug(drug, fate) for drug, fate in record.drugs),
    )


def _flag(concept: str, *, said: bool) -> Fact:
    polarity = Polarity.PRESENT if said else Polarity.ABSENT
    result = (Result.POSITIVE if said else Result.NEGATIVE) if concept in ANTIBODIES else None
    return Fact(concept, WHERE, Assertion(polarity), result=result)


def _drug(drug: str, fate: str) -> Fact:
    if fate == "never":
        return Fact(drug, WHERE, therapy=Therapy(Stage.NEVER))
    return Fact(drug, WHERE, therapy=Therapy(Stage.PAST, Outcome(fate)))


_days = st.one_of(st.none(), st.integers(0, 200).map(lambda back: DAY - timedelta(days=back)))
_assertions = st.builds(
    Assertion, st.sampled_from(list(Polarity)), st.sampled_from(list(Certainty)), st.sampled_from(list(Time))
)
_sources = st.integers(1, 9).map(lambda row: (Entry(f"row {row}"),))


def _value(concept: str) -> st.SearchStrategy[Quantity | None]:
    units = {"lab.igg": "mg/dL", "lab.ck": "U/L", "demo.age": "a", "demo.weight": "kg"}
    if concept not in units:
        return st.none()
    return st.sampled_from((100, 350, 400, 900)).map(lambda value: Quantity.of(value, units[concept]))


def facts_on(concept: str) -> st.SearchStrategy[Fact]:
    """Anything that may be told of a concept, sense or nonsense."""
    therapy = st.builds(
        Therapy,
        st.sampled_from(list(Stage)),
        st.sampled_from(list(Outcome)),
        st.sampled_from(list(Tolerance)),
        duration=st.sampled_from((None, Quantity.of(4, "wk"), Quantity.of(20, "wk"))),
    )
    drug = concept.startswith(("drug.", "class."))
    tested = concept.startswith(("ab.", "lab."))
    return st.builds(
        Fact,
        st.just(concept),
        _sources,
        _assertions,
        value=_value(concept),
        result=st.sampled_from((None, *Result)) if tested else st.none(),
        course=st.sampled_from((None, *Course)) if concept == "dx.dm" else st.none(),
        therapy=therapy if drug else st.none(),
        on=_days,
    )


TOPICS = (*oracle.CONCEPTS, "path.myositis", "path.granuloma", "lab.igg", "lab.ck", "demo.age", *DRUGS)
facts = st.sampled_from(TOPICS).flatmap(facts_on)
fact_lists = st.lists(facts, max_size=7).map(lambda told: tuple(dict.fromkeys(told)))
days = st.sampled_from((DAY, date(2026, 2, 1)))
