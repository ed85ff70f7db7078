"""Whatever the text: an answer or one clear line, in linear time, with nothing of the record in a message."""

from __future__ import annotations

import io
import re
import sys

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import indicated
from indicated.cli import main
from indicated.workflow.errors import Empty, NotUtf8
from tests.effort import effort
from tests.explain.world import ROOT

DAY = "2026-11-20"
REQUEST = "Request: IVIG 2 g/kg every 4 weeks for dermatomyositis. "
POLICY = (ROOT / "examples/2-overlap-denied.policy.txt").read_text("utf-8")
CLINICAL = (
    "IVIG", "dermatomyositis", "JDM", "weakness", "prednisone", "methotrexate", "tacrolimus", "CK", "IgG",
    "PM-Scl antibody", "MRI", "EMG", "biopsy", "failed", "treated with", "currently on", "no", "denies", "without",
    "history of", "mother has", "possible", "ruled out", "positive", "negative", "normal", "elevated", "improved",
    "Request:", "Assessment:", "Weight", "14-year-old", "strength 5/5", "mg/dL", "g/kg", "kg", "U/L", "every",
    "weeks", "over", "days", "since", "in 2024", "for", "99/99/9999", "2024-02-31", "00/00/0000", "M33.1", "ICD-10",
    "and", "or", "must", "Guidelines recommend", "at least",
)  # fmt: skip
JUNK = (
    "1e999999", "9" * 40, "0", "-5", "0.0", "1/0", "5/", "½", "２", "٣٥", "²", "{x}", "{0}", "%s", "%(x)s", "${HOME}",
    "{{", "}", "<script>", "</b>", "&amp;", "\x1b[31m", "\x1b]0;x\x07", "\x9b", "\u202e", "\u2066", "\u200b",
    "\u00ad", "\ufeff", "\u2028", "\u0301", "👩‍⚕️", "İ", "ß", "ﬁ", "ſ", "\r", "\r\n", "\n\n", "\t", "\x0b", "\x0c",
    "\x85", "(" * 30, ")" * 30, "[", "]", '"' * 9, "...", "??", "!", ";", ":", ",", "-", "--", "/", "|", "•", "\n- ",
    "\n1. ", "\\", "`", "# ", "Answer", "Next step: approvable.",
)  # fmt: skip
pieces = st.one_of(st.sampled_from(CLINICAL), st.sampled_from(JUNK), st.text(max_size=8))
texts = st.lists(st.tuples(pieces, st.sampled_from((" ", " ", "", ", ", ". ", "\n"))), max_size=30).map(
    lambda told: "".join(piece + space for piece, space in told)
)
UNSEEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def run(monkeypatch, capsys, raw: bytes, *arguments: str) -> tuple[int, str, str]:
    class Stdin:
        buffer = io.BytesIO(raw)

    monkeypatch.setattr(sys, "stdin", Stdin())
    status = main(arguments)
    return status, *capsys.readouterr()


@given(texts)
@example("14 cases\ud800of")
def test_any_text_is_read_or_refused_and_every_passage_is_exact(text):
    if not text.strip() or "\ud800" in text:
        with pytest.raises((Empty, NotUtf8)):
            indicated.read(text)
        return
    case = indicated.read(text)
    for fact in case.facts:
        assert all(text[one.start : one.end] == one.quote for one in fact.passages)


@given(texts)
def test_any_text_with_a_request_is_decided_and_shown_without_a_command_to_a_terminal(text):
    determination = indicated.assess(REQUEST + text, on=DAY)
    for form in ("text", "markdown", "html"):
        shown = indicated.explain(determination, format=form)
        assert not UNSEEN.search(shown.replace("\r", ""))
        assert "<script>" not in shown.replace("\\<", "")
    msgspec.json.decode(indicated.explain(determination, format="json"))


@given(texts)
def test_any_text_as_a_policy_is_understood_or_refused(text):
    policy = f"ALL of the following:\n1. {text}\n2. weakness"
    assert indicated.assess(REQUEST, policy=policy, on=DAY).to_dict()["policy"]["criteria"]


@given(st.binary(max_size=60) | texts.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_an_answer_or_one_line(raw):
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", type("Stdin", (), {"buffer": io.BytesIO(raw)}))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        status = main(["assess", "-", "--on", DAY])
    said = err.getvalue()
    assert (status, bool(out.getvalue()), said.count("\n")) in ((0, True, 0), (2, False, 1))
    assert not UNSEEN.search(said)


@pytest.mark.parametrize("secret", ["Jane Roe", "31 Elm Street", "MRN 4711"])
@pytest.mark.parametrize("arguments", [(), ("--policy", "nowhere"), ("--on", "nonsense"), ("--audience", "nobody")])
def test_no_message_holds_a_word_of_the_record(monkeypatch, capsys, secret, arguments):
    status, out, err = run(monkeypatch, capsys, f"{secret} has weakness.".encode(), "assess", "-", *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert not [word for word in secret.split() if word in err]


REPEATED = (
    " ", "\n", " \n", "?", "!", ".", ")", "(", "[", '"', "a", "9", "9 ", "9.", "9,", "9-", "9/", "-", "- ", "\n- ",
    "1. ", "no ", "and ", "a, ", "A: ", "A:\n", "weakness ", "weakness, ", "no weakness, ", "prednisone, ",
    "prednisone and ", "CK 9, ", "CK, ", "9 mg ", "IgG 9 mg/dL ", "JDM (", "(JDM) ", "M33.1,", "IVIG, ", "requested ",
    "every 9 ", "over 9 days ", "x 9 ", "in 2019 ", "9/9/99 ", "the ", "| a |", "\t|", "\u200b", "\u0301", "\x1b[1m",
    "{x}", "<b>", "treated with prednisone ", "MRI showed ", "rule out ",
)  # fmt: skip


@pytest.mark.parametrize("token", REPEATED)
def test_work_to_read_grows_with_length_and_not_faster(token):
    few = 6000 // len(token)
    short, long = (REQUEST + token * times + " weakness" for times in (few, 4 * few))
    indicated.read(long)
    assert effort(lambda: indicated.read(long)) < 5.5 * effort(lambda: indicated.read(short))


@pytest.mark.parametrize(
    "number", ["1e999999", "9" * 19, "9" * 60, "0", "0.000000000000000000000000001", "99999999999999"]
)
@pytest.mark.parametrize("unit", ["g/kg", "g", "g/kg over 0 days", "kg", "mg/dL"])
def test_impossible_amounts_are_no_mistake_of_the_program(number, unit):
    text = (
        f"Request: IVIG {number} {unit} every {number} weeks for dermatomyositis. Weight {number} kg. "
        f"Age {number} years. IgG {number} {unit}. CK {number}/0. {number}-year-old. "
        f"Prednisone {number} mg for {number} years, since {number}."
    )
    answer = indicated.assess(text, policy=POLICY.replace("4", number), on=DAY)
    assert answer.to_dict()["next_step"]


def test_a_weight_of_nothing_is_no_weight():
    case = indicated.read(REQUEST + "Weight 0 kg.")
    assert "demo.weight" not in [fact.concept for fact in case.facts]


def test_figures_of_any_script_are_figures():
    case = indicated.read("Request: IVIG ２ g/kg every ４ weeks. Weight ３５ kg.")
    [weight] = [fact.value for fact in case.facts if fact.concept == "demo.weight"]
    assert weight.text() == "35 kg"
    assert case.request.regimen.interval.text() == "4 wk"


def test_a_paste_with_colours_of_a_terminal_is_read(monkeypatch, capsys):
    raw = b"Request: \x1b[31mIVIG\x1b[0m 2 g/kg every 4 weeks for \x1b[1mdermatomyositis\x1b[0m."
    status, out, _ = run(monkeypatch, capsys, raw, "assess", "-", "--on", DAY)
    assert status == 0
    assert "IVIG" in out
    assert "\x1b" not in out
