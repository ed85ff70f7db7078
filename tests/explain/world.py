"""A small world to explain: one record with passages, a standard, a policy, two sources; the project's own phrases."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec.structs import replace

from indicated.content.load import load_one
from indicated.engine import determine
from indicated.explain.article import article
from indicated.explain.phrasebook import Phrasebook
from indicated.model.assertion import Assertion, Polarity
from indicated.model.case import Case, Contradiction
from indicated.model.determination import Determination
from indicated.model.evidence import Citation, Direction, Evidence, Figure, Status
from indicated.model.fact import Fact, Outcome, Quoted, Stage, Therapy
from indicated.model.knowledge import Knowledge
from indicated.model.policy import Policy
from indicated.model.quantity import Quantity
from indicated.model.regimen import Phase, Regimen, Request
from indicated.model.standard import Alternative, Bearing, Dosing, Note, Standard
from indicated.model.statement import Phrase, Rationale
from indicated.model.text import Document
from tests import told

ROOT = Path(__file__).parents[2]
TEXT = (
    "Request: IVIG 70 g monthly for <dermatomyositis> & more, initial authorization.\n"
    "A 14-year-old. Dermatomyositis. Strength testing is full, no weakness. CK 150 U/L.\n"
    "Prednisone failed. On methotrexate. Another note gives 15 years."
)
RECORD = Document("note.txt", TEXT)

SOURCES = (
    Evidence(
        key="trial-2020",
        kind="RCT",
        conditions=("dm",),
        citation=Citation(
            "Able A, Baker B.", "A trial", "J Trials", 2020, "5", "2", "1-9", pmid="123", id_status=Status.SEEN
        ),
        population="adults",
        direction=Direction.FOR,
        summary="Of 95 adults more improved.",
        summary_basis=Status.SEEN,
        figures=(
            Figure("responders", "79% against 44%", Status.SEEN),
            Figure("hospital days", "31", Status.RECALLED),
        ),
    ),
    Evidence(
        key="old-1990",
        kind="case series",
        conditions=("dm",),
        citation=Citation("Old O.", "Eight children", "J Old", 1990, id_status=Status.RECALLED),
        population="children",
        direction=Direction.AGAINST,
        summary="No effect was seen.",
        summary_basis=Status.SEEN,
    ),
)

CRITERIA = """
- id: diagnosis
  paraphrase: Dermatomyositis is established
  need: decides
  cite: [trial-2020]
  has: dx.dm
- id: steroid
  paraphrase: A steroid did not help enough
  need: confirms
  ask: what came of the steroid
  cite: [trial-2020]
  tried: {concept: class.steroid, outcomes: [failed]}
"""
POLICY = """
- {id: i1, section: "1", at_least: {n: 2, of: [{ref: i1a}, {ref: i1b}, {ref: i1c}]}}
- {id: i1a, section: 1a, paraphrase: weakness, has: finding.weakness}
- {id: i1b, section: 1b, paraphrase: IgG low, result: {concept: lab.igg, is: low}}
- {id: i1c, section: 1c, paraphrase: CK above 100 U/L, measured: {concept: lab.ck, is: "> 100 U/L"}}
- {id: not-arthritis, section: "9", paraphrase: arthritis, has: dx.arthritis}
"""
COVERAGE = "[{conditions: [], start: {ref: i1}, exclusions: {ref: not-arthritis}}]"


@cache
def phrases() -> tuple[Phrase, ...]:
    """Every phrase of the project's content."""
    found: list[Phrase] = []
    for file in sorted((ROOT / "content/phrases").glob("*.yaml")):
        listed, _, problems = load_one(file.read_text("utf-8"), file.name, tuple[Phrase, ...], told.UNIT_TABLE)
        assert not problems, problems
        assert listed is not None
        found += listed
    return tuple(found)


def quoted(concept: str, quote: str, **more: object) -> Fact:
    """A fact that stands in the record in these words."""
    at = TEXT.index(quote)
    return Fact(concept, (Quoted(RECORD.passage(at, at + len(quote))),), **more)  # type: ignore[arg-type]


def facts() -> tuple[Fact, ...]:
    """What the record says."""
    absent = Assertion(polarity=Polarity.ABSENT)
    return (
        quoted("demo.age", "14-year-old", value=Quantity.of(14, "a")),
        quoted("dx.dm", "Dermatomyositis"),
        quoted("finding.weakness", "no weakness", assertion=absent),
        quoted("lab.ck", "CK 150 U/L", value=Quantity.of(150, "U/L")),
        quoted("drug.prednisone", "Prednisone failed", therapy=Therapy(Stage.PAST, Outcome.FAILED)),
        quoted("drug.methotrexate", "On methotrexate", therapy=Therapy(Stage.CURRENT)),
    )


def case() -> Case:
    """The record, read."""
    at = TEXT.index("IVIG 70 g monthly")
    place = RECORD.passage(at, at + 17)
    regimen = Regimen(per_course=Quantity.of(70, "g"), interval=Quantity.of(1, "mo"), passages=(place,))
    asked = Request("tx.ivig", (place,), indications=("dx.dm",), phase=Phase.INITIAL, regimen=regimen)
    ages = tuple(RECORD.passage(TEXT.index(said), TEXT.index(said) + len(said)) for said in ("14-year-old", "15 years"))
    return Case((RECORD,), facts(), asked, (Contradiction("demo.age", ages),))


def standard() -> Standard:
    """Immune globulin in dermatomyositis, small."""
    made = told.standard(CRITERIA, name="dm", conditions=("dx.dm",))
    return replace(
        made,
        title="Immune globulin in dermatomyositis",
        standing=replace(made.standing, cite=("trial-2020",), strength="conditional", certainty="low"),
        evidence=(
            Bearing("trial-2020", Direction.FOR, "indirect", "79% against 44% responded.", "adults; a child here"),
            Bearing("old-1990", Direction.AGAINST, "direct", "No effect was seen."),
        ),
        regimens=(
            Dosing("2 g/kg every 4 weeks", ("trial-2020",), Quantity.of(2, "g/kg"), interval=Quantity.of(4, "wk")),
        ),
        onset=(Note("Of 95 adults more improved.", ("trial-2020",)),),
        alternatives=(
            Alternative(("class.suppressant",), "an immunosuppressant", ("trial-2020",)),
            Alternative(("drug.azathioprine",), "azathioprine", ("trial-2020",)),
        ),
        questions=("What is the weight?",),
    )


def knowledge() -> Knowledge:
    """The tests' vocabulary with the standard and its sources."""
    finding = replace(told.KNOWLEDGE.concepts[0], id="finding.weakness", label="weakness")
    concepts = told.KNOWLEDGE.concepts
    if "finding.weakness" not in told.KNOWLEDGE.vocabulary:
        concepts = (*concepts, finding)
    return replace(told.knowing(standard(), evidence=SOURCES), concepts=concepts)


def policy() -> Policy:
    """Two of three items, and an exclusion."""
    made = told.policy(POLICY.replace('section: "1", at', 'section: "1", paraphrase: two of three, at'), COVERAGE)
    return replace(made, title="Plan policy 7")


def decided(given: Case | None = None, under: Policy | None = None, known: Knowledge | None = None) -> Determination:
    """The determination of the record, or of another case, under the policy."""
    return determine(given or case(), known or knowledge(), told.DAY, policy() if under is None else under)


def book(audience: str = "clinician") -> Phrasebook:
    """The phrases for an audience."""
    return Phrasebook(phrases(), audience)


def answer(audience: str = "clinician", given: Determination | None = None) -> Rationale:
    """The article on the record."""
    return article(given or decided(), knowledge(), phrases(), audience)
