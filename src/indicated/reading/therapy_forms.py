"""Sentences that go on about the drugs of a sentence before them: the two after it, and lines of a form with a label
(`Drug tried: A. Dose: ... Dates: ... Outcome: ...`).
"""

from __future__ import annotations

from collections.abc import Iterable

from indicated.reading.scene import Scene

_NEXT = 2
_MOST = 8


def label_of(text: str) -> str:
    """The words before a colon at the start of a sentence."""
    head, colon, _ = text.partition(":")
    return head.strip(" -*\n") if colon else ""


def going_on(scene: Scene, numbers: Iterable[int], labels: frozenset[str]) -> dict[int, int]:
    """For each sentence without drugs that may go on about drugs, the sentence that named them, of those given."""
    named = set(numbers)
    found: dict[int, int] = {}
    for number in sorted(named):
        for at in range(number + 1, min(number + _MOST, len(scene.sentences))):
            if at in named or (at > number + _NEXT and not _labelled(scene, at, labels)):
                break
            found[at] = number
    return found


def form_end(scene: Scene, number: int, goes_on: dict[int, int], labels: frozenset[str]) -> int:
    """Where the last line of a form that goes on about a sentence ends; where the sentence ends when there is none."""
    at = number
    while goes_on.get(at + 1) == number and _labelled(scene, at + 1, labels):
        at += 1
    return scene.sentences[at].end


def _labelled(scene: Scene, number: int, labels: frozenset[str]) -> bool:
    sentence = scene.sentences[number]
    return label_of(scene.view.flat[sentence.start : sentence.end]) in labels
