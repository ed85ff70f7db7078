"""OpenMed's fixtures that link words to what they speak of: drugs and their doses, findings and their sides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indicated.model.assertion import Assertion
from indicated.model.concept import Kind
from indicated.model.lexicon import Side
from indicated.model.text import Document
from indicated.reading.found import DRUG_KINDS
from indicated.reading.scene import Seen
from indicated.reading.sides import Sides
from indicated.reading.therapy_doses import owned
from tests.reading.told_of_treatment import lexicon, reader, regimens

_SIDES = {Side.LEFT: "left", Side.RIGHT: "right", Side.BOTH: "bilateral", None: "unknown"}


def links(item: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Every link from a drug to its dose, route, rhythm or length: drug, the words linked, and whether the dose that
    is read for that drug holds them and for no other drug.
    """
    scene = reader().scene(Document("text", item["text"]))
    spans = {span["id"]: span for span in item["spans"]}
    drugs = [seen for seen in scene.seen if seen.kind in DRUG_KINDS]
    names = [(drug.start, drug.end) for drug in drugs]
    doses = owned(scene.view.flat, regimens().find(scene.view, 0, len(scene.view.flat), names, scene), drugs)
    held = {
        start: [(one.start, one.end) for one in (*dose.regimen.passages, scene.passage(dose.start, dose.end))]
        for start, dose in doses.items()
    }
    for link in item["relations"]:
        drug, words = spans[link["head"]], spans[link["attribute"]]
        mine = {
            start
            for start, passages in held.items()
            if any(a < words["end"] and words["start"] < b for a, b in passages)
        }
        owners = {one.start for one in drugs if drug["start"] <= one.start < drug["end"]}
        yield drug["text"], words["text"], bool(mine) and mine <= owners


def sides(item: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Every finding with the side wanted and the side read."""
    scene = reader().scene(Document("text", item["text"]))
    for gold in item["gold"]:
        span = gold["provenance_spans"]["finding"]
        seen = Seen(
            "finding", Kind.IMAGING, span["start"], span["end"], scene.judge.sentence_at(span["start"]), Assertion()
        )
        yield gold["finding"], gold["laterality"], _SIDES[Sides(lexicon().sides).of(scene, seen)]
