"""Content compiled and read back: the same values, the same bytes, refs filled in, an id that follows the content."""

from __future__ import annotations

import errno
import multiprocessing
import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from indicated import release
from indicated.content import compile as compiling
from indicated.content.compile import compile_folder, content_hash, filled
from indicated.content.load import load
from indicated.content.problem import BrokenContent
from indicated.content.walk import kinds_inside
from indicated.model.concept import Concept
from indicated.model.evidence import Evidence
from indicated.model.law import Law
from indicated.model.lexicon_cues import CueRule
from indicated.model.policy import Policy
from indicated.model.product import Product
from indicated.model.rule import Ref
from indicated.model.score import Calculator
from indicated.model.standard import Standard
from tests.content.folder import folder, release_of

BROKEN = "- {id: dx.extra, kind: condition, label: extra, source: a book, broader: [dx.nowhere]}\n"


def test_every_value_comes_back_equal(tmp_path):
    loaded = load(folder(tmp_path))
    back = release_of(loaded)
    assert tuple(back.knowledge.concepts) == loaded.all(Concept)
    assert back.knowledge.standards == tuple(filled(one, one.criteria) for one in loaded.all(Standard))
    assert back.knowledge.policies == tuple(filled(one, one.criteria) for one in loaded.all(Policy))
    assert back.knowledge.evidence == loaded.all(Evidence)
    assert back.knowledge.products == loaded.all(Product)
    assert back.knowledge.calculators == loaded.all(Calculator)
    assert back.law == loaded.all(Law) != ()
    assert tuple(back.lexicon.cues) == loaded.all(CueRule)
    assert tuple(back.lexicon.concepts) == loaded.all(Concept)
    assert back.lexicon.unit_table.codes == back.knowledge.unit_table.codes
    assert back.phrases["hello"].clinician == "The answer is {answer}."
    assert back.id == back.knowledge.release == back.lexicon.release == "test"


def test_what_is_stored_is_looked_up_as_what_is_not(tmp_path):
    """The tables of a compiled release say what those of the same values made by hand say."""
    stored = release_of(load(folder(tmp_path))).knowledge
    fields = {name: getattr(stored, name) for name in ("standards", "policies", "evidence", "products", "concepts")}
    by_hand = replace(stored, **{name: tuple(values) for name, values in fields.items()})
    for name in ("sources", "standard_table", "product_table", "reached_by", "dosed"):
        assert dict(getattr(stored, name)) == dict(getattr(by_hand, name)) != {}
    for name in ("wakes", "policy_ids", "product_concepts"):
        assert getattr(stored, name) == getattr(by_hand, name) != ()
    assert stored.versions("plan/drug") == by_hand.versions("plan/drug") == stored.policies[:]
    assert stored.versions("no/such") == by_hand.versions("no/such") == ()
    for concept in stored.concepts:
        assert stored.vocabulary.ancestors(concept.id) == by_hand.vocabulary.ancestors(concept.id)


def test_refs_hold_the_rule_they_name(tmp_path):
    (policy,) = release_of(load(folder(tmp_path))).knowledge.policies
    rules = {criterion.id: criterion.rule for criterion in policy.criteria}
    found = list(kinds_inside(policy.coverages, Ref))
    assert [ref.criterion for ref in found] == ["disease", "tried"]
    assert [ref.rule for ref in found] == [rules["disease"], rules["tried"]]


def test_the_same_files_give_the_same_bytes_wherever_they_stand(tmp_path):
    assert compile_folder(folder(tmp_path / "a")) == compile_folder(folder(tmp_path / "b"))


def test_the_id_follows_what_an_answer_can_rest_on(tmp_path):
    def identity(name: str, files: dict[str, str | bytes]) -> str:
        return content_hash(load(folder(tmp_path / name, files)).files)

    phrase = b"- {id: hello, clinician: 'The answer is {answer}.'}\n"
    plain = identity("plain", {"phrases/all.yaml": phrase})
    assert identity("same", {"phrases/all.yaml": phrase}) == plain
    assert identity("windows", {"phrases/all.yaml": phrase.replace(b"\n", b"\r\n")}) == plain
    assert identity("case", {"phrases/all.yaml": phrase, "standards/drug/rare.cases.yaml": "[]\n"}) == plain
    assert identity("schema", {"phrases/all.yaml": phrase, "schema/x.json": "{}"}) == plain
    assert identity("word", {"phrases/all.yaml": phrase.replace(b"The", b"An")}) != plain
    assert identity("name", {"phrases/some.yaml": phrase}) != plain


def test_content_with_a_problem_is_not_compiled(tmp_path):
    with pytest.raises(BrokenContent) as caught:
        compile_folder(folder(tmp_path, {"concepts/more.yaml": BROKEN}))
    assert str(caught.value).startswith("concepts/more.yaml:1: 0.broader.0: found the concept 'dx.nowhere'")


def test_a_draft_leaves_out_what_cannot_be_used_and_says_so(tmp_path):
    more = {"concepts/more.yaml": BROKEN, "standards/drug/rare.yaml": "id: drug/rare\n"}
    draft = release.Release(compile_folder(folder(tmp_path, more), draft=True))
    assert draft.id.endswith("-draft")
    assert "dx.extra" not in draft.knowledge.vocabulary
    assert "dx.rare" in draft.knowledge.vocabulary
    assert draft.knowledge.standards == ()
    assert [policy.id for policy in draft.knowledge.policies] == ["plan/drug"]


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    content = folder(tmp_path)
    monkeypatch.setattr(release, "_folder", lambda: str(content))
    monkeypatch.setattr(release, "COMPILED", str(tmp_path / "_release.bin"))
    release.builtin.cache_clear()
    yield content
    release.builtin.cache_clear()


def test_a_checkout_is_compiled_once_and_again_when_it_changed(checkout):
    assert release.stale()
    assert compiling.refresh()
    first = release.builtin().id
    assert not release.stale()
    assert not compiling.refresh()
    phrase = checkout / "phrases/all.yaml"
    phrase.write_text(phrase.read_text().replace("The", "An"))
    assert release.stale()
    assert compiling.refresh()
    assert release.builtin().id != first


@pytest.mark.parametrize("change", ["add", "remove", "rename", "touch"])
def test_any_change_of_the_files_is_noticed(checkout, change):
    compiling.refresh()
    phrase = checkout / "phrases/all.yaml"
    if change == "add":
        (checkout / "phrases/more.yaml").write_text("[]\n")
    elif change == "remove":
        phrase.unlink()
    elif change == "rename":
        phrase.rename(checkout / "phrases/some.yaml")
    else:
        os.utime(phrase, ns=(1, 1))
    assert release.stale()


@pytest.mark.parametrize("file", ["standards/drug/rare.cases.yaml", "policies/plan/drug/cases/all.yaml"])
def test_a_golden_case_that_changed_makes_no_release_stale(checkout, file):
    compiling.refresh()
    os.utime(checkout / file, ns=(1, 1))
    assert not release.stale()


def test_broken_content_in_a_checkout_is_said_not_passed_over(checkout, monkeypatch):
    monkeypatch.delenv("INDICATED_DRAFT", raising=False)
    compiling.refresh()
    (checkout / "concepts/more.yaml").write_text(BROKEN)
    with pytest.raises(BrokenContent):
        compiling.refresh()
    monkeypatch.setenv("INDICATED_DRAFT", "1")
    assert compiling.refresh()
    assert release.builtin().id.endswith("-draft")


@pytest.mark.usefixtures("checkout")
def test_a_compiled_file_that_is_not_one_is_refused():
    with pytest.raises(release.NoRelease, match="no compiled content"):
        release.builtin()
    Path(release.COMPILED).write_bytes(b"not a release")
    assert release.stale()
    with pytest.raises(release.NoRelease, match="not readable"):
        release.builtin()


def test_an_installed_package_is_never_stale(monkeypatch):
    monkeypatch.setattr(release, "_folder", lambda: None)
    assert not release.stale()
    assert not compiling.refresh()


def refuses_to_write(*_):
    raise OSError(errno.EROFS, "Read-only file system")


def test_a_checkout_that_moved_is_not_compiled_again(checkout, tmp_path, monkeypatch):
    compiling.refresh()
    moved = checkout.rename(tmp_path / "moved")
    monkeypatch.setattr(release, "_folder", lambda: str(moved))
    assert not release.stale()


def test_a_read_only_checkout_is_used_when_it_holds_the_same(checkout, monkeypatch):
    compiling.refresh()
    os.utime(checkout / "phrases/all.yaml", ns=(1, 1))
    monkeypatch.setattr(Path, "write_bytes", refuses_to_write)
    assert release.stale()
    assert not compiling.refresh()


def test_a_read_only_checkout_that_holds_something_else_is_refused(checkout, monkeypatch):
    compiling.refresh()
    phrase = checkout / "phrases/all.yaml"
    phrase.write_text(phrase.read_text().replace("The", "An"))
    monkeypatch.setattr(Path, "write_bytes", refuses_to_write)
    with pytest.raises(release.NoRelease, match=r"_release.bin cannot be written \(Read-only file system\); make its"):
        compiling.refresh()


def test_compiling_that_is_interrupted_leaves_the_old_file_and_no_other(checkout, tmp_path, monkeypatch):
    compiling.refresh()
    old = Path(release.COMPILED).read_bytes()
    os.utime(checkout / "phrases/all.yaml", ns=(1, 1))

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        compiling.refresh()
    assert Path(release.COMPILED).read_bytes() == old
    assert [path.name for path in tmp_path.iterdir() if "_release" in path.name] == ["_release.bin"]


def test_two_that_compile_at_once_leave_one_whole_file(checkout, tmp_path):
    made_from = release.fingerprint(checkout)
    compiled = compile_folder(checkout, made_from)
    target = Path(release.COMPILED)
    forked = [multiprocessing.get_context("spawn").Process(target=compiling.write, args=(compiled, target))]
    forked[0].start()
    for _ in range(200):
        compiling.write(compiled, target)
        assert target.read_bytes() == compiled
    forked[0].join()
    assert [path.name for path in tmp_path.iterdir() if "_release" in path.name] == ["_release.bin"]
