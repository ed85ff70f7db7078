"""What terse notes say is read as a reader of them would."""

from __future__ import annotations

import pytest

from indicated.reading.reader import assertion
from tests.reading.content import lexicon, marked

from .primock57 import FILE, holding, notes

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the PriMock57 notes are not in this checkout")

SAID = [
    ("3/7 hx of [diarrhea], mainly watery", {"time": "current", "polarity": "present"}),
    ("No [blood in stool]", {"polarity": "absent"}),
    ("crampy, intermittent, nil [radiation]", {"polarity": "absent"}),
    ("PMH: [Asthma]\nDH: Inhalers", {"time": "past", "polarity": "present"}),
    ("Imp: [gastroenteritis]", {"certainty": "confirmed"}),
    ("no frank haematuria, nil [dysuria]", {"polarity": "absent"}),
    ("Some nausea, no [vomiting]", {"polarity": "absent"}),
    ("Some [nausea], no vomiting", {"polarity": "present"}),
    ("No chest pain/SOB/[palpitations]", {"polarity": "absent"}),
    ("Imp: ?[UTI]. also", {"certainty": "possible"}),
    ("also need to exclude [pregnancy]", {"certainty": "possible", "polarity": "present"}),
    ("Nil nausea/[vomiting]. Nil fever", {"polarity": "absent"}),
    ("Brief episode of [haematuria], now resolved", {"time": "resolved"}),
    ("FH: father hs ‘[heart disease]'", {"subject": "relative"}),
    ("Imp: ? [CVA]", {"certainty": "possible"}),
    ("has not noticed any [facial asymmetry]", {"polarity": "absent"}),
    ("There is no [weakness of the arms and legs]", {"polarity": "absent"}),
    ("If you develop any [weakness of arms and legs]", {"time": "hypothetical"}),
    ("Mother hx of [clots on legs]", {"subject": "relative"}),
    ("no pain on [inspiration]", {"polarity": "absent"}),
    ("DDx: [PE]", {"certainty": "possible"}),
    ("No cough/sputum/CP/[SOB]", {"polarity": "absent"}),
    ("PMH: Asthma, [hayfever]", {"time": "past"}),
    ("FMHx: Mum has [migraine]", {"subject": "relative"}),
    ("Imp: Likely [migraine]", {"certainty": "probable"}),
    ("No tingling/numbness/[weakness]", {"polarity": "absent"}),
]


@pytest.mark.parametrize(("phrase", "expected"), SAID, ids=lambda one: str(one)[:40])
def test_a_terse_note_is_read_as_it_is_meant(phrase: str, expected: dict[str, str]):
    plain, start, end = marked(phrase)
    note = holding(notes(), plain)
    assert note is not None
    at = note.index(plain)
    said = assertion(note, at + start, at + end, lexicon())
    assert {axis: str(getattr(said, axis)) for axis in expected} == expected
