"""Several requests side by side: what differs, what of it changes the answer, and that deciding again proves it."""

from __future__ import annotations

import json

import pytest

import indicated
from indicated.cli import main
from indicated.engine.contrast import differences, exchanged
from indicated.explain.show import show_contrast
from indicated.model.contrast import SideBySide, answer_of
from indicated.model.errors import Nonsense
from indicated.workflow.assess import current
from indicated.workflow.contrast import MOST, contrast
from tests.explain.world import ROOT

FIRST, SECOND, THIRD = (
    str(ROOT / "examples" / name)
    for name in ("1-overlap-question.txt", "2-overlap-denied.txt", "3-polyarticular-payer.txt")
)
CVID = "Request: IVIG 0.5 g/kg every 4 weeks for common variable immunodeficiency. Weight 60 kg. "


def written(tmp_path, **texts):
    paths = []
    for name, text in texts.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(text, "utf-8")
        paths.append(str(path))
    return paths


def compared(paths, *options, capsys):
    assert main(["compare", *paths, "--on", "2026-11-20", *options]) == 0
    return capsys.readouterr().out


def held(*paths):
    from datetime import date

    return contrast(paths, [], date(2026, 11, 20), None)


def test_the_reference_cases_differ_by_the_disease_and_what_came_of_the_drugs():
    told = held(FIRST, SECOND, THIRD)
    assert [d.finding for d in told.determinations] == ["supported_if", "supported", "not_supported"]
    first_second, first_third, _ = told.contrasts
    assert {one.about for one in first_second.backward} == {("drug.methotrexate",), ("drug.prednisone",)}
    assert ("dx.jdm",) in {one.about for one in first_third.forward}
    assert first_second.to_second is not None
    assert set(first_second.to_second.about) >= {"drug.methotrexate", "drug.prednisone"}


def test_a_set_gives_the_other_answer_and_nothing_can_be_left_out_of_it():
    told = held(SECOND, THIRD)
    [pair] = told.contrasts
    here, there = told.determinations
    assert pair.to_second is not None
    chosen = [one for one in pair.differing if one.about in pair.to_second.about]
    assert len(chosen) > 1
    knowledge = current().knowledge
    assert exchanged(here, there, chosen, knowledge, forward=True) == answer_of(there)
    for one in chosen:
        fewer = [other for other in chosen if other is not one]
        assert exchanged(here, there, fewer, knowledge, forward=True) != answer_of(there)


def test_every_single_exchange_is_what_deciding_again_gives():
    told = held(FIRST, SECOND)
    [pair] = told.contrasts
    here, there = told.determinations
    alone = {one.about[0]: one.answer for one in pair.forward}
    for one in pair.differing:
        again = exchanged(here, there, [one], current().knowledge, forward=True)
        assert again == alone.get(one.about, answer_of(here))


def test_one_request_with_itself_differs_in_nothing():
    told = held(SECOND, FIRST)
    assert differences(told.determinations[0], told.determinations[0]) == ()


def test_a_fact_told_in_one_only_is_named_and_decides(tmp_path, capsys):
    paths = written(
        tmp_path,
        low=f"{CVID}IgG 210 mg/dL. No response to pneumococcal vaccine. Recurrent pneumonia.",
        bare=CVID,
    )
    said = " ".join(compared(paths, capsys=capsys).split())
    assert "What makes the difference" in said
    assert "Only in low, not in bare" in said
    assert "210 mg/dL" in said


def test_the_same_telling_in_other_words_changes_nothing(tmp_path, capsys):
    paths = written(tmp_path, one=f"{CVID}IgG 210 mg/dL.", two=f"{CVID}His IgG was 210 mg/dL.")
    assert "changes the answer by itself" in " ".join(compared(paths, capsys=capsys).split())


def test_a_policy_for_each_is_one_of_the_differences(tmp_path, capsys):
    [policy] = written(tmp_path, policy="IVIG is covered when:\n1. Electromyography shows myogenic changes")
    both = ("--policy", str(ROOT / "examples/2-overlap-denied.policy.txt"), "--policy", policy)
    other = tmp_path / "other.txt"
    other.write_text((ROOT / "examples/2-overlap-denied.txt").read_text("utf-8"), "utf-8")
    data = json.loads(compared([SECOND, str(other)], *both, "--format", "json", capsys=capsys))
    assert [one["about"] for one in data["contrasts"][0]["differing"]] == ["policy"]


@pytest.mark.parametrize("form", ["md", "html"])
@pytest.mark.parametrize("audience", ["clinician", "reviewer", "patient"])
def test_every_format_and_audience_says_it(capsys, form, audience):
    said = compared([FIRST, THIRD], "--format", form, "--audience", audience, capsys=capsys)
    assert "What makes the difference" in said


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_file_is_written(tmp_path, form):
    out = tmp_path / f"out.{form}"
    assert main(["compare", FIRST, THIRD, "--format", form, "--out", str(out)]) == 0
    assert out.stat().st_size > 1000


def test_every_sentence_has_its_proof_and_none_is_withheld(capsys):
    data = json.loads(compared([FIRST, SECOND, THIRD], "--format", "json", capsys=capsys))
    assert data["withheld"] == 0
    assert all(one["proofs"] for one in data["statements"])


def test_a_folder_is_one_request(tmp_path, capsys):
    folder = tmp_path / "patient"
    folder.mkdir()
    (folder / "request.txt").write_text(CVID, "utf-8")
    (folder / "labs.txt").write_text("IgG 210 mg/dL.", "utf-8")
    [other] = written(tmp_path, other=CVID)
    assert "patient" in compared([str(folder), other], capsys=capsys)


@pytest.mark.parametrize(
    ("paths", "says"),
    [
        ([FIRST], f"from two to {MOST} requests"),
        ([FIRST, FIRST], "the same request is given twice"),
    ],
)
def test_what_cannot_be_compared_is_refused(capsys, paths, says):
    assert main(["compare", *paths]) == 2
    assert says in capsys.readouterr().err


def test_too_many_policies_are_refused(capsys):
    three = ("--policy", str(ROOT / "examples/2-overlap-denied.policy.txt")) * 3
    assert main(["compare", FIRST, SECOND, *three]) == 2
    assert "one for each" in capsys.readouterr().err


def test_every_request_has_a_name_of_its_own():
    told = held(FIRST, THIRD)
    with pytest.raises(Nonsense):
        SideBySide(("a", "a"), told.determinations, ())


def test_the_manual_names_the_most_that_are_compared():
    word = ("two", "three", "four", "five", "six")[MOST - 2]
    for page in ("docs/reference/cli.md", "docs/reference/api.md", "docs/how-to/use-the-pages.md"):
        assert f"two to {word}" in (ROOT / page).read_text("utf-8"), page


def test_a_policy_that_only_one_is_held_against_is_told_with_its_name():
    from datetime import date

    from indicated.workflow.contrast import Side, held
    from indicated.workflow.policies import named

    release, on = current(), date(2026, 11, 20)
    case = indicated.read(CVID)
    told = held([Side("bare", case), Side("held", case, named("aetna/cpb-0206", release, on))], on)
    said = show_contrast(told, release, "clinician", "markdown")
    assert "All that is told differently" in said
    assert "withheld" not in said
