"""What authors do on the command line, from a new file to a signed policy, each on a site's own folder."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from indicated.cli import main
from indicated.workflow import assess as workflow
from tests.explain.world import ROOT

CONTENT = ROOT / "content"
PASTED = ROOT / "examples/2-overlap-denied.policy.txt"
DRAFT = "policies/acme/myositis/policy.yaml"


@pytest.fixture
def site(tmp_path) -> Path:
    root = tmp_path / "site"
    root.mkdir()
    (root / "site.yaml").write_text("name: Acme Health\n")
    return root


@pytest.fixture
def laid_over(monkeypatch):
    """Decide under a site's folder, for the length of a test."""

    def lay(root: Path) -> None:
        monkeypatch.setenv("INDICATED_CONTENT", str(root))
        workflow.renew()

    yield lay
    workflow.renew()


def run(capsys, *arguments: object) -> tuple[int, str]:
    status = main([str(one) for one in arguments])
    out, err = capsys.readouterr()
    return status, out + err


def imported(capsys, site: Path) -> str:
    status, said = run(
        capsys, "content", "import", PASTED, "acme/myositis", "--payer", "Acme Health", "--condition", "dx.iim",
        "--content", site,
    )  # fmt: skip
    assert status == 0
    return said


def test_a_pasted_policy_becomes_a_draft_with_the_lines_it_came_from(capsys, site):
    said = imported(capsys, site)
    assert "14 lines, 13 criteria; 0 lines are left for a person to judge, 4 were understood in part" in said
    assert "line 6: not used: grasping, spontaneous" in said
    draft = (site / DRAFT).read_text()
    assert "status: draft" in draft
    assert "# line 5: b. Serum creatine kinase (CK) or aldolase is elevated" in draft
    assert "#   understood: any of: creatine kinase (CK) elevated; aldolase elevated" in draft
    lines = [line for line in PASTED.read_text().splitlines() if line.strip()]
    assert all(" ".join(line.split()) in draft for line in lines)


def test_the_draft_checks_with_warnings_and_its_made_cases_hold(capsys, site):
    imported(capsys, site)
    status, said = run(capsys, "content", "check", site, "--make-cases")
    assert status == 0
    assert "wrote policies/acme/myositis/cases/boundaries.yaml (5 cases)" in said
    assert all(line.startswith(("warning:", "wrote", "content ok")) for line in said.splitlines())
    made = (site / "policies/acme/myositis/cases/boundaries.yaml").read_text()
    assert re.findall(r"- case: (.*)", made) == [
        "1.g, esr 19 mm/h",
        "1.g, esr 20 mm/h",
        "1.g, esr 21 mm/h",
        "1, 4 of 8",
        "1, 3 of 8",
    ]
    again, _ = run(capsys, "content", "check", site, "--make-cases")
    assert again == 0
    assert (site / "policies/acme/myositis/cases/boundaries.yaml").read_text() == made


def test_nothing_is_imported_over_a_file(capsys, site):
    imported(capsys, site)
    status, said = run(capsys, "content", "import", PASTED, "acme/myositis", "--content", site)
    assert status == 2
    assert "is there already; give another id, or remove it first" in said


def test_a_case_is_decided_under_a_sites_policy(capsys, site, laid_over):
    imported(capsys, site)
    case = ROOT / "examples/2-overlap-denied.txt"
    status, said = run(capsys, "assess", case, "--policy", "acme/myositis", "--on", "2026-11-20")
    assert (status, "there is no policy and no file" in said) == (2, True)
    laid_over(site)
    status, said = run(capsys, "assess", case, "--policy", "acme/myositis", "--on", "2026-11-20")
    assert status == 0
    assert "4 of 8 are needed: 1 met, 3 spoken against by the record, 4 not recorded." in " ".join(said.split())
    assert (site / ".indicated-release.bin").is_file()


def test_the_release_of_a_site_is_that_of_both_and_changes_with_either(site):
    from indicated.workflow.site import site_release

    base = workflow.built_in()
    first = site_release(str(site), base).id
    assert first == site_release(str(site), base).id != base.id
    (site / "site.yaml").write_text("name: Another\n")
    assert site_release(str(site), base).id != first


def test_the_release_of_a_site_knows_what_wakes_the_standards_of_both(site):
    from indicated.model.wakes import wakes_of
    from indicated.workflow.site import site_release

    standard = (CONTENT / "standards/ig/polymyositis.yaml").read_text("utf-8").replace("ig/polymyositis", "ig/ours")
    (site / "standards/ig").mkdir(parents=True)
    (site / "standards/ig/ours.yaml").write_text(standard.replace("conditions: [dx.pm]", "conditions: [dx.pm, dx.ibm]"))
    cases = (CONTENT / "standards/ig/polymyositis.cases.yaml").read_text("utf-8")
    (site / "standards/ig/ours.cases.yaml").write_text(cases.replace("ig/polymyositis", "ig/ours"))
    base, both = workflow.built_in().knowledge, site_release(str(site), workflow.built_in()).knowledge
    assert both.wakes == wakes_of(both.standards, both.calculators)
    assert len(both.standards) == len(base.standards) + 1
    assert both.standard_table["ig/ours"].reached_by == both.reached_by["ig/ours"]
    assert both.policies == base.policies
    assert both.evidence == base.evidence
    assert both.products == base.products


def test_an_id_that_is_taken_is_an_error_and_no_override(capsys, site, laid_over):
    (site / "standards/ig").mkdir(parents=True)
    for file in ("polymyositis.yaml", "polymyositis.cases.yaml"):
        shutil.copy(CONTENT / "standards/ig" / file, site / "standards/ig" / file)
    status, said = run(capsys, "content", "check", site)
    assert status == 3
    assert "found 'ig/polymyositis' again; expected each standard once (it is already in the built-in content)" in said
    laid_over(site)
    status, said = run(capsys, "assess", ROOT / "examples/2-overlap-denied.txt")
    assert (status, "'ig/polymyositis' again" in said) == (2, True)


def test_a_site_does_not_change_how_texts_are_read(capsys, site):
    (site / "reading").mkdir()
    shutil.copy(CONTENT / "reading/grades.yaml", site / "reading/grades.yaml")
    status, said = run(capsys, "content", "check", site)
    assert status == 3
    assert said.startswith(
        "reading/grades.yaml:1: found a file here; expected in a site's folder site.yaml, concepts/..."
    )


def test_a_folder_that_is_no_sites_is_refused(capsys, tmp_path, laid_over):
    laid_over(tmp_path)
    status, said = run(capsys, "assess", ROOT / "examples/2-overlap-denied.txt")
    assert (status, "which has no site.yaml" in said) == (2, True)


@pytest.mark.parametrize(
    ("kind", "name", "file"),
    [
        ("standard", "drug/disease", "standards/drug/disease.yaml"),
        ("policy", "acme/drug", "policies/acme/drug/policy.yaml"),
        ("evidence", "author-2026", "evidence/author-2026.md"),
        ("score", "a-score", "scores/a-score.yaml"),
        ("product", "a-product", "products/a-product.yaml"),
    ],
)
def test_a_new_file_lacks_nothing_that_the_check_calls_missing(capsys, site, kind, name, file):
    status, said = run(capsys, "content", "new", kind, name, "--content", site)
    assert (status, f"wrote {site / file}" in said) == (0, True)
    _, said = run(capsys, "content", "check", site)
    assert "found no key" not in said
    assert "the key" not in said
    assert run(capsys, "content", "new", kind, name, "--content", site)[0] == 2


def test_a_name_that_has_no_place_is_refused(capsys, site):
    status, said = run(capsys, "content", "new", "standard", "../x", "--content", site)
    assert (status, said) == (
        2,
        "indicated: '../x' is no name for a standard; give two words with a slash between\n",
    )
    assert run(capsys, "content", "import", PASTED, "../../x", "--content", site)[0] == 2


def test_signing_and_putting_in_force(capsys, site):
    imported(capsys, site)
    draft = site / DRAFT
    draft.write_text(draft.read_text() + "authors: [A. Writer]\nreview_due: 2099-01-01\neffective_from: 2026-01-01\n")
    sign = ("content", "sign", "acme/myositis", "--role", "rheumatologist", "--content", site)
    assert run(capsys, *sign, "--name", "A. Writer", "--activate")[0] == 0
    _, said = run(capsys, "content", "check", site)
    assert "found no signature of a second person" in said
    assert run(capsys, *sign, "--name", "B. Reader")[0] == 0
    _, said = run(capsys, "content", "check", site)
    assert "signature" not in said
    status, said = run(capsys, *sign, "--name", "B. Reader")
    assert (status, "has signed acme/myositis as it stands" in said) == (2, True)
    draft.write_text(draft.read_text().replace("> 20 mm/h'", "> 30 mm/h'"))
    _, said = run(capsys, "content", "check", site)
    assert "found the signature of 'B. Reader' on other content than this" in said
    assert "found no signature of a second person" in said


def test_what_changed_is_said_in_words(capsys, site, tmp_path):
    imported(capsys, site)
    later = tmp_path / "later"
    shutil.copytree(site, later)
    file = later / DRAFT
    changed = file.read_text().replace("> 20 mm/h'", "> 30 mm/h'").replace("n: 4", "n: 3")
    file.write_text(changed.replace("has: finding.myalgia", "lacks: finding.myalgia"))
    for one, other in ((site / DRAFT, file), (site, later)):
        status, said = run(capsys, "content", "diff", one, other)
        assert status == 0
        assert "## policy acme/myositis: changed" in said
        assert "- criterion 1.g: " in said
        assert "[20 → 30]" in said
        assert "rule: … [4 → 3]" in said or "at least [4 → 3]" in said
        assert "rule: muscle pain → no muscle pain" in said
        assert "criterion 1.a" not in said
    status, said = run(capsys, "content", "diff", site, site)
    assert "Nothing that an answer can rest on differs." in said
    status, said = run(capsys, "content", "diff", site, file)
    assert (status, "are not of one kind" in said) == (2, True)


def test_whose_outcome_changes_and_why(capsys, site, tmp_path):
    imported(capsys, site)
    later = tmp_path / "later"
    shutil.copytree(site, later)
    file = later / DRAFT
    file.write_text(file.read_text().replace("n: 4", "n: 1"))
    cases = tmp_path / "cases"
    cases.mkdir()
    shutil.copy(ROOT / "examples/2-overlap-denied.txt", cases)
    shutil.copy(ROOT / "examples/5-dermatomyositis-ild.txt", cases)
    common = ("--policy", "acme/myositis", "--on", "2026-11-20")
    status, said = run(capsys, "content", "effect", cases, site, later, *common)
    assert status == 0
    assert "1 of 2 outcomes change." in said
    assert "policy#1: unknown → met" in said
    assert re.search(r"\| 2-overlap-denied.txt \| supported \| unknown → met \|", said)
    assert "nodule" not in said  # no words of a record
    status, said = run(capsys, "content", "effect", cases, site, site, *common)
    assert "0 of 2 outcomes change." in said


def test_every_document_has_its_page_in_both_forms(capsys):
    for name in ("ig/ssc-myositis-overlap", "mas-2016", "dalakas-1993", "product.privigen"):
        status, page = run(capsys, "content", "show", name)
        assert (status, page.startswith("# ")) == (0, True)
        status, page = run(capsys, "content", "show", name, "--format", "html")
        assert (status, page.startswith("<!doctype html>")) == (0, True)
        assert page.count("<ul>") == page.count("</ul>")
        assert page.count("<li>") == page.count("</li>")


def test_a_page_says_every_limit_of_a_rule(capsys):
    _, page = run(capsys, "content", "show", "ig/polyarticular-jia")
    assert "methotrexate: inadequate response or worse on it (for at least 6 weeks)" in page
    _, page = run(capsys, "content", "show", "ig/macrophage-activation-syndrome")
    assert "(silence counts as not met)" in page
    assert "a person says: Is the repeated dosing meant for this episode" in page


def test_a_page_of_what_is_not_there(capsys):
    status, said = run(capsys, "content", "show", "ig/polymyositi")
    assert (status, "did you mean ig/polymyositis or" in said) == (2, True)


def test_the_counts_say_how_much_was_verified(capsys):
    status, said = run(capsys, "content", "stats")
    assert status == 0
    last = said.splitlines()[-1]
    assert re.fullmatch(r"\d+ statements with a figure, \d+ of them verified in a cited source \([\d.]+ %\)", last)
