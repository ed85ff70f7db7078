"""No sentence of any answer says what its proof does not hold: nothing foreign gets in, nothing true is kept out."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from indicated.engine.determine import NoRequest
from indicated.explain.article import article
from indicated.explain.phrasebook import AUDIENCES
from indicated.workflow import assess as workflow
from indicated.workflow import intake
from tests.properties.made import request

DAY = date(2026, 11, 20)


@given(st.integers(0, 10**9))
def test_every_sentence_about_a_request_that_nobody_wrote_is_proved(seed):
    release = workflow.current()
    text = request(seed, release.knowledge)
    try:
        decided = workflow.assess(workflow.read((intake.document(text),)), None, DAY)
    except NoRequest:
        return
    for audience in AUDIENCES:
        told = article(decided, release.knowledge, release.phrases, audience)
        assert told.withheld == 0, text
        assert all(one.proofs for section in told.sections for one in section.statements)
