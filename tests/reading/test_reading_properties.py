"""What holds of reading whatever the text: exact passages, white space without meaning, no far reach, linear time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicated.model.fact import Fact
from tests.effort import effort

from .content import read

SENTENCES = [
    "14-year-old male with juvenile dermatomyositis (JDM).",
    "PM-Scl antibody positive, Mi-2 antibody negative.",
    "Prednisone, methotrexate and adalimumab were tried with inadequate response.",
    "Currently on tofacitinib and topical tacrolimus.",
    "No interstitial lung disease or dysphagia.",
    "CK and aldolase within normal limits.",
    "IgG 380 mg/dL in May 2024.",
    "Formal strength testing 5/5.",
    "MRI without frank myositis.",
    "History of macrophage activation syndrome.",
    "Her mother has lupus.",
    "Guidelines recommend rituximab for refractory disease.",
    "The member must have failed azathioprine.",
    "Rituximab would be considered.",
    "Suspected polymyositis.",
    "Weight 35 kg.",
]
_SPACES = ["  ", "\t", " \u00a0", "\u00a0", "   ", " \u200b", "\u2009"]
_UNRELATED = ["The clinic is on the second floor.", "Drawing is a hobby.", "Next visit in spring.", "Parking was easy."]


def claims(text: str) -> set[tuple[object, ...]]:
    return {_claim(fact) for fact in read(text).facts}


def _claim(fact: Fact) -> tuple[object, ...]:
    said = fact.assertion
    stage = fact.therapy.stage if fact.therapy else None
    outcome = fact.therapy.outcome if fact.therapy else None
    axes = (said.polarity, said.certainty, said.time, said.subject, said.voice)
    return (fact.concept, axes, fact.value, fact.result, fact.on, stage, outcome)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5, unique=True), st.data())
def test_white_space_never_moves_meaning(sentences: list[str], data: st.DataObject):
    text = " ".join(sentences)
    gaps = text.count(" ")
    spaces = data.draw(st.lists(st.sampled_from(_SPACES), min_size=gaps, max_size=gaps))
    parts = text.split(" ")
    odd = parts[0] + "".join(space + part for space, part in zip(spaces, parts[1:], strict=True))
    assert claims(odd) == claims(text)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5, unique=True), st.data())
def test_line_ends_before_small_letters_never_move_meaning(sentences: list[str], data: st.DataObject):
    text = " ".join(sentences)
    at = [i for i, c in enumerate(text[:-1]) if c == " " and text[i + 1].islower()]
    cut = data.draw(st.sets(st.sampled_from(at))) if at else set()
    assert claims("".join("\n" if i in cut else c for i, c in enumerate(text))) == claims(text)


@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5, unique=True), st.sampled_from(_UNRELATED), st.data()
)
def test_an_unrelated_sentence_changes_no_fact(sentences: list[str], unrelated: str, data: st.DataObject):
    at = data.draw(st.integers(0, len(sentences)))
    with_it = " ".join([*sentences[:at], unrelated, *sentences[at:]])
    own = claims(unrelated)
    assert claims(with_it) - own == claims(" ".join(sentences)) - own


@given(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=6, unique=True))
def test_no_cue_reaches_out_of_its_sentence(sentences: list[str]):
    apart = set().union(*(claims(sentence) for sentence in sentences))
    together = claims(" ".join(sentences))
    same = {(c[0], c[1]) for c in apart}
    assert {(c[0], c[1]) for c in together} <= same


_BITS = [
    *" ,.;:()\n-/é\u00a0ﬁ",
    *(
        "no ",
        "JDM",
        "CK 5 U/L",
        "IVIG 2 g/kg",
        "failed ",
        "M33.03",
        "14-year-old ",
        "5/5 strength",
        "positive",
        "Plan: ",
    ),
]


@given(st.lists(st.sampled_from(_BITS), max_size=40).map("".join))
def test_whatever_the_text_every_passage_is_exact(text: str):
    case = read(text)
    document = case.documents[0]
    passages = [one for fact in case.facts for one in fact.passages]
    passages += [one.passage for one in case.set_aside] + [one for c in case.contradictions for one in c.passages]
    passages += list(case.request.passages) if case.request else []
    assert all(document.holds(one) for one in passages)
    for fact in case.facts:
        for cue in fact.assertion.because:
            assert cue.start is None or (cue.end is not None and 0 <= cue.start < cue.end <= len(text))


def test_the_same_text_always_gives_the_same_case():
    text = " ".join(SENTENCES)
    assert read(text) == read(text)


@pytest.mark.parametrize(
    "piece",
    [
        " ".join(SENTENCES) + "\n",
        "no JDM, ",
        "CK elevated, aldolase normal and ",
        "no evidence of ",
        "M33.03 JDM (JDM) ",
        "((((",
        "Prednisone, ",
        "IgG 5 mg/dL ",
        "<!-- ",
    ],
    ids=lambda piece: piece[:16],
)
def test_work_grows_with_length_not_faster(piece: str):
    once, eight = (piece * (size // len(piece)) for size in (5_000, 40_000))
    read(once)
    assert effort(lambda: read(eight)) < 8 * 1.5 * effort(lambda: read(once))
