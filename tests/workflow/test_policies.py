"""A policy is an id of the release, a YAML file, or pasted criteria; anything else is refused with what is near."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from indicated.workflow import policies
from indicated.workflow.assess import current
from indicated.workflow.errors import BrokenPolicy, Empty, IsFolder, NoFile, UnknownPolicy
from tests.explain import world

DAY = date(2026, 11, 20)


class Known:
    """A release that carries two versions of one policy and another policy."""

    def __init__(self):
        made = world.policy()
        self.knowledge = replace(
            world.knowledge(),
            policies=(
                replace(
                    made, id="plan/ig", version="1", effective_from=date(2025, 1, 1), effective_to=date(2025, 12, 31)
                ),
                replace(made, id="plan/ig", version="2", effective_from=date(2026, 1, 1)),
                replace(made, id="other/ig", version="1"),
            ),
        )


def test_an_id_gives_the_version_in_force_on_the_day():
    assert policies.from_option("plan/ig", Known(), date(2025, 6, 1)).version == "1"
    assert policies.from_option("plan/ig", Known(), DAY).version == "2"


def test_an_unknown_id_names_what_is_near():
    with pytest.raises(UnknownPolicy, match=r"did you mean .*plan/ig"):
        policies.from_option("plan/igg", Known(), DAY)


def test_an_unknown_id_far_from_all_lists_them():
    with pytest.raises(UnknownPolicy, match="policies: other/ig, plan/ig"):
        policies.from_option("zzzzzz", Known(), DAY)


def test_without_any_policy_a_file_is_asked_for():
    known = Known()
    known.knowledge = replace(known.knowledge, policies=())
    with pytest.raises(UnknownPolicy, match="give a file"):
        policies.from_option("zzzzzz", known, DAY)


def test_a_very_long_id_is_not_repeated_whole():
    with pytest.raises(UnknownPolicy) as refused:
        policies.from_option("z" * 9000, Known(), DAY)
    assert len(str(refused.value)) < 300


def test_a_folder_and_an_empty_file_are_refused(tmp_path):
    with pytest.raises(IsFolder):
        policies.from_option(str(tmp_path), Known(), DAY)
    (tmp_path / "empty.txt").write_text("\n")
    with pytest.raises(Empty):
        policies.from_option(str(tmp_path / "empty.txt"), Known(), DAY)


def test_a_file_that_vanished_is_refused(tmp_path):
    with pytest.raises(NoFile):
        policies.from_file(tmp_path / "gone.txt", Known())


@pytest.mark.parametrize("ending", [".yaml", ".yml", ".YAML"])
def test_broken_yaml_is_refused_with_file_and_line(tmp_path, ending):
    path = tmp_path / f"policy{ending}"
    path.write_text("id: x\ncriteria: [\n")
    with pytest.raises(BrokenPolicy, match=rf"policy{ending}:[23]: ") as refused:
        policies.from_option(str(path), current(), DAY)
    assert "\n" not in str(refused.value)


def test_an_unknown_key_in_yaml_is_refused_with_its_line(tmp_path):
    path = tmp_path / "policy.yaml"
    path.write_text("id: x\nversion: 1\ncritera: []\n")
    with pytest.raises(BrokenPolicy, match=r"policy\.yaml:\d+: "):
        policies.from_option(str(path), current(), DAY)


def test_pasted_criteria_keep_their_text_and_how_each_line_was_understood():
    pasted = "All of the following:\n1. Dermatomyositis\n2. The moon is full\n"
    policy = policies.from_words(pasted, current(), DAY)
    assert policy.document is not None
    assert all(policy.document.holds(clause.passage) for clause in policy.clauses)
    assert any(clause.judged for clause in policy.clauses)


def test_one_word_is_an_id():
    with pytest.raises(UnknownPolicy):
        policies.from_words("plan-x", current(), DAY)


def test_a_policy_may_be_a_file_of_any_kind_that_is_read(tmp_path):
    from tests.reading.formats import made

    lines = (
        "IVIG is covered when all of the following are met:",
        "1. IgG below 400 mg/dL.",
        "2. Age 2 years or older.",
    )
    (tmp_path / "a.txt").write_text("\n".join(lines))
    (tmp_path / "a.docx").write_bytes(made.docx("".join(map(made.p, lines))))
    (tmp_path / "a.pdf").write_bytes(made.pdf(made.lines(*lines)))
    plain, *others = (policies.from_file(tmp_path / f"a.{kind}", current()) for kind in ("txt", "docx", "pdf"))
    assert [one.paraphrase for one in plain.criteria] == ["IgG below 400 mg/dL", "Age 2 years or older"]
    for other in others:
        assert [one.paraphrase for one in other.criteria] == [one.paraphrase for one in plain.criteria]
