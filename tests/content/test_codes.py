"""The code table: the package it comes from, its file, and codes of concepts that it does not have."""

from datetime import date

import pytest

from indicated import release
from indicated.content import codes
from indicated.content.lint import lint
from indicated.content.load import load
from indicated.model.codes import Code
from tests.content.folder import folder

HEAD = "# system: icd10cm\n# release: May 2026\n# source: a package\n"


def problems(tmp_path, text, concepts=""):
    files = {"codes/icd10cm.tsv": text, "concepts/coded.yaml": concepts} if concepts else {"codes/icd10cm.tsv": text}
    loaded = load(folder(tmp_path, files))
    return [str(one) for one in lint(loaded, date.min) if "codes" in one.file or "coded" in one.file]


def test_what_is_written_is_read_back():
    rows = [Code("A00", "Cholera", billable=False), Code("A00.0", "Cholera due to one thing", billable=True)]
    table, found = codes.read(codes.written(rows, "May 2026", "a package"))
    assert found == []
    assert table is not None
    assert (table.release, table.source) == ("May 2026", "a package")
    assert [table.get(one.code) for one in rows] == rows


def test_a_file_without_a_head_is_refused(tmp_path):
    assert problems(tmp_path, "A00\t1\tCholera\n") == [
        (
            "codes/icd10cm.tsv:1: found no system, release, source; expected lines '# system: ...' at its head; "
            "write the file anew: python -m indicated.content.codes"
        )
    ]


def test_a_line_of_another_make_is_refused(tmp_path):
    assert problems(tmp_path, HEAD + "A00 1 Cholera\n") == [
        (
            "codes/icd10cm.tsv:4: found another line; expected code, 1 or 0 for billable, title, with tabs between; "
            "write the file anew"
        )
    ]


def test_a_concept_has_only_codes_of_the_table(tmp_path):
    concepts = "- {id: dx.x, kind: condition, label: an odd illness, source: a book, codes: {icd10cm: [A00, A01]}}\n"
    (found,) = problems(tmp_path, HEAD + "A00\t1\tCholera\n", concepts)
    assert "found 'A01'; expected a code of ICD-10-CM May 2026; look the code up" in found


def test_the_file_holds_what_the_installed_package_says():
    icd = pytest.importorskip("simple_icd_10_cm", reason="the package that the table is written from is not installed")
    content = release.checkout()
    table, found = codes.read((content / codes.FILE).read_text(encoding="utf-8"))
    assert found == []
    for code in ("M33.13", "B20", "D80.1", "S72.001A", "G61.81"):
        assert table.get(code) == Code(code, icd.get_description(code), icd.is_leaf(code))
    assert sum(len(block) for block in table.blocks.values()) > 500_000
