"""Sentences of `therapy_told`: each drug stands as a reviewing nurse would say."""

from __future__ import annotations

import re

import pytest

from indicated.model.text import Document
from tests.corpora.therapy import AXES, DEFAULTS, told
from tests.reading.content import reader
from tests.reading.therapy_told import NOT_YET, TOLD

_VALUES = {
    "outcome": "effective partial failed worsened",
    "tolerance": "intolerant allergic contraindicated tolerated",
    "end_reason": "inefficacy adverse_event remission access pregnancy other",
    "role": "requested premedication concomitant",
}
_AXIS = {value: axis for axis, values in _VALUES.items() for value in values.split()}


def _wanted(short: str) -> dict[str, str]:
    """`current requested` in full: the first word is the stage, each other the value of the axis that has it."""
    stage, *rest = short.split()
    return DEFAULTS | {"stage": stage} | {_AXIS[word]: word for word in rest}


def _differing(marked: str, wanted: tuple[str, ...]) -> list[str]:
    """What is read otherwise than wanted of the drugs in square brackets."""
    text = re.sub(r"\[([^\]]*)\]", r"\1", marked)
    marks = list(re.finditer(r"\[([^\]]*)\]", marked))
    assert len(marks) == len(wanted)
    case = reader().read((Document("text", text),))
    found = []
    for at, (mark, short) in enumerate(zip(marks, wanted, strict=True)):
        start = mark.start() - 2 * at
        read, full = told(case, start, start + len(mark[1])), _wanted(short)
        found += [f"{mark[1]}: {axis} {read[axis]}, not {full[axis]}" for axis in AXES if read[axis] != full[axis]]
    return found


@pytest.mark.parametrize(("marked", "wanted"), [one for one in TOLD if one[0] not in NOT_YET])
def test_each_drug_stands_as_the_sentence_says(marked: str, wanted: tuple[str, ...]) -> None:
    assert _differing(marked, wanted) == []


@pytest.mark.parametrize(("marked", "wanted"), [one for one in TOLD if one[0] in NOT_YET])
@pytest.mark.xfail(reason="not read yet", strict=True)
def test_what_is_not_read_yet_is_known(marked: str, wanted: tuple[str, ...]) -> None:
    assert _differing(marked, wanted) == []
