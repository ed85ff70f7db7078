"""The table of ICD-10-CM codes: read from `codes/icd10cm.tsv`, and written there from the package it comes from.

`python -m indicated.content.codes` writes the file from the installed simple-icd-10-cm (for development only), whose
tables are those of the National Center for Health Statistics and in the public domain.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable, Iterator
from pathlib import Path

from indicated.content.problem import Problem
from indicated.model.codes import Code, CodeTable, table_of

FILE = "codes/icd10cm.tsv"
LARGEST = 20_000_000
"""Bytes of the file: about twice what a release of ICD-10-CM takes."""

_HEAD = ("system", "release", "source")
_BILLABLE = ("0\t", "1\t")


def read(text: str) -> tuple[CodeTable | None, list[Problem]]:
    """The table, or what is wrong with the file."""
    lines = text.split("\n")
    head = dict(line[1:].strip().split(": ", 1) for line in lines if line.startswith("#") and ": " in line)
    missing = [name for name in _HEAD if name not in head]
    if missing:
        found, fix = f"no {', '.join(missing)}", "write the file anew: python -m indicated.content.codes"
        return None, [Problem("bad-codes", FILE, 1, "", found, "lines '# system: ...' at its head", fix)]
    rows, problems = [], []
    for number, line in enumerate(lines, start=1):
        _, tab, rest = line.partition("\t")
        if tab and rest[:2] in _BILLABLE and "\t" not in rest[2:]:
            rows.append(line)
        elif line and not line.startswith("#"):
            expected = "code, 1 or 0 for billable, title, with tabs between"
            problems.append(Problem("bad-codes", FILE, number, "", "another line", expected, "write the file anew"))
    return table_of(head["system"], head["release"], head["source"], rows), problems


def written(codes: Iterable[Code], release: str, source: str) -> str:
    """The text of the file."""
    head = ("icd10cm", release, source)
    lines = [f"# {name}: {value}" for name, value in zip(_HEAD, head, strict=True)]
    return "\n".join([*lines, *(one.row() for one in codes), ""])


def _installed() -> Iterator[Code]:
    """Categories and codes; a block of one category (`B20`) has the category's name and is listed before it."""
    import simple_icd_10_cm as icd

    for code in dict.fromkeys(icd.get_all_codes(with_dots=True)):
        if icd.is_category(code) or icd.is_subcategory(code):
            yield Code(code, " ".join(icd.get_description(code).split()), icd.is_leaf(code))


def main(root: Path) -> None:
    """Write the file from the installed package, whose tables are named by their month."""
    package = importlib.metadata.distribution("simple-icd-10-cm")
    release = next(
        file.name.removeprefix("code-list-").removesuffix(".txt").replace("-", " ")
        for file in package.files or ()
        if file.name.startswith("code-list-")
    )
    source = f"simple-icd-10-cm {package.version} (MIT); tables of CMS and NCHS, public domain"
    (root / FILE).parent.mkdir(exist_ok=True)
    (root / FILE).write_text(written(sorted(_installed(), key=lambda one: one.code), release, source), encoding="utf-8")


if __name__ == "__main__":
    from indicated import release

    content = release.checkout()
    if content is None:
        raise SystemExit("indicated: run this in a checkout")
    main(content)
