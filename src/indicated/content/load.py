"""All content under a root, as model values and problems."""

from __future__ import annotations

import re
import typing
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

from msgspec import Struct

from indicated.content import codes
from indicated.content.convert import BROKEN, Reader, a_node
from indicated.content.nodes import LARGEST_FILE, Listing, Mapping, Node, Text, read_yaml
from indicated.content.place import Place
from indicated.content.problem import Problem, in_order
from indicated.content.shapes import NOT_CONTENT, SHAPES, SITE, Shape, shape_of
from indicated.content.spread import spread, spread_words
from indicated.content.uncollected import uncollected
from indicated.model.codes import CodeTable
from indicated.model.concept import Concept
from indicated.model.evidence import Evidence, GroupRule
from indicated.model.formula import WeightFormula
from indicated.model.knowledge import Knowledge
from indicated.model.lexicon_cues import CueRule
from indicated.model.lexicon_denial import DenialWords
from indicated.model.policy import Policy
from indicated.model.product import Product
from indicated.model.quantity import Unit, Units
from indicated.model.score import Calculator
from indicated.model.standard import Standard

_T = typing.TypeVar("_T")
_Spread = typing.TypeVar("_Spread", CueRule, DenialWords)


class Loaded(Struct):
    """Everything read: values by type, where each was written, the files as they are hashed, and all problems.

    `reading` has what belongs to the lexicon, by its fields; `codes` the code table, where there is one; `broken` the
    plain keys of things that have problems; `given` what a site's own folder may build on and was checked before.
    """

    values: dict[typing.Any, list[typing.Any]]
    reading: dict[str, list[typing.Any]]
    places: dict[int, Place]
    files: dict[str, bytes]
    problems: tuple[Problem, ...] = ()
    codes: CodeTable | None = None
    broken: dict[typing.Any, list[tuple[str, Text]]] = {}
    given: dict[typing.Any, tuple[typing.Any, ...]] = {}

    def all(self, kind: type[_T]) -> tuple[_T, ...]:
        """Every value of a kind that stands in these files, in the order of files and lines."""
        return tuple(self.values.get(kind, ()))

    def known(self, kind: type[_T]) -> tuple[_T, ...]:
        """Every value of a kind that these files may speak of: what they build on, and their own."""
        return (*self.given.get(kind, ()), *self.all(kind))

    def place(self, value: Struct) -> Place:
        """Where a value was written."""
        return self.places.get(id(value)) or BUILT_IN


BUILT_IN = Place("built-in content", 0, "")
_OF_A_SITE = ("concepts/", "scores/", "products/", "standards/", "policies/", "evidence/", "law/")


def load(root: Path) -> Loaded:
    """Read every file under `root`. Values that have problems are left out; the problems say all of why."""
    if not (root / "units.yaml").is_file():
        found, fix = "no such file", "give the content folder itself"
        missing = Problem("no-units", "units.yaml", 1, "", found, "the unit table of a content folder", fix)
        return Loaded({}, {}, {}, {}, (missing,))
    files, problems = _files(root)
    loaded = Loaded({}, {}, {}, files)
    units: Units | None = None
    with uncollected():
        for path in sorted(files, key=lambda path: (path != "units.yaml", path)):
            problems += _load_file(loaded, path, units)
            if path == "units.yaml":
                units = Units(loaded.all(Unit))
    loaded.problems = in_order(problems)
    return loaded


def load_site(root: Path, base: Knowledge, codes_of_base: CodeTable | None) -> Loaded:
    """Read a site's own folder over the content of a release: its standards, policies, evidence, products, scores and
    concepts. How texts are read, units and phrases are the release's own.
    """
    files, problems = _files(root)
    loaded = Loaded({}, {}, {}, files, codes=codes_of_base, given=_given(base))
    for path in sorted(files):
        if path != SITE and not path.startswith(_OF_A_SITE):
            homes = ", ".join((SITE, *(f"{folder}..." for folder in _OF_A_SITE)))
            fix = "move it or remove it"
            problems.append(Problem("stray-file", path, 1, "", "a file here", f"in a site's folder {homes}", fix))
        else:
            problems += _load_file(loaded, path, base.unit_table)
    loaded.problems = in_order(problems)
    return loaded


def carried(base: Knowledge) -> Loaded:
    """What a release holds, where there are no files that it was made from."""
    return Loaded({}, {}, {}, {}, given=_given(base))


def is_site(root: Path) -> bool:
    """Whether a folder is a site's own."""
    return (root / SITE).is_file()


def _given(base: Knowledge) -> dict[typing.Any, tuple[typing.Any, ...]]:
    return {
        Concept: tuple(base.concepts),
        Unit: base.units,
        Standard: tuple(base.standards),
        Policy: tuple(base.policies),
        Evidence: tuple(base.evidence),
        Product: tuple(base.products),
        Calculator: base.calculators,
        WeightFormula: base.formulas,
        GroupRule: base.groups,
    }


def load_one(
    text: str, file: str, kind: type[_T], units: Units
) -> tuple[_T | None, dict[int, Place], tuple[Problem, ...]]:
    """One value from the text of one file (a policy given by a user), its places, and its problems."""
    node, problems = read_yaml(text, file)
    places: dict[int, Place] = {}
    reader = Reader(file, units, places)
    value = BROKEN if node is None else reader.read(node, kind)
    found = None if value is BROKEN else typing.cast("_T", value)
    return found, places, in_order((*problems, *reader.problems))


def _files(root: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Content files by their path under the root, with line ends made alike, hidden ones left out."""
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        hidden = any(part.startswith(".") for part in name.split("/"))
        if hidden or not path.is_file() or any(fnmatchcase(name, skip) for skip in NOT_CONTENT):
            continue
        try:
            with path.open("rb") as file:
                found[name] = file.read(_largest(name) + 1).replace(b"\r\n", b"\n")
        except OSError as error:
            said = f"a file that cannot be read ({error.strerror})"
            problems.append(Problem("unreadable", name, 1, "", said, "a readable file", "correct its permissions"))
    return found, problems


def _largest(path: str) -> int:
    return codes.LARGEST if path == codes.FILE else LARGEST_FILE


def _load_file(loaded: Loaded, path: str, units: Units | None) -> list[Problem]:
    if path == codes.FILE:
        return _load_codes(loaded)
    shape = shape_of(path)
    if shape is None:
        homes = (
            ", ".join(one.pattern for one in SHAPES if not one.pattern.startswith(("reading/", SITE)))
            + ", reading/*.yaml"
        )
        return [Problem("stray-file", path, 1, "", "a file here", f"files like {homes}", "move it or remove it")]
    text, problem = _text(loaded.files[path], path)
    if text is None:
        return [problem] if problem else []
    if path.endswith(".md"):
        node, problems = _front_matter(text, path)
    else:
        node, problems = read_yaml(text, path)
    reader = Reader(path, units, loaded.places)
    values = [] if node is None else _values(reader, node, shape, loaded.broken.setdefault(shape.kind, []))
    if shape.kind is CueRule:
        values = [_spread(reader, rule, spread) for rule in values]
    if shape.kind is DenialWords:
        values = [_spread(reader, words, spread_words) for words in values]
    loaded.values.setdefault(shape.kind, []).extend(values)
    if shape.field:
        loaded.reading.setdefault(shape.field, []).extend(values)
    return [*problems, *reader.problems]


def _load_codes(loaded: Loaded) -> list[Problem]:
    text, problem = _text(loaded.files[codes.FILE], codes.FILE)
    if text is None:
        return [problem] if problem else []
    loaded.codes, problems = codes.read(text)
    return problems


def _spread(reader: Reader, value: _Spread, by: Callable[[_Spread, Place], tuple[_Spread, list[Problem]]]) -> _Spread:
    """The value with its choices written out, standing where it was written."""
    place = reader.places[id(value)]
    whole, problems = by(value, place)
    reader.problems += problems
    reader.places[id(whole)] = place
    return whole


def _values(reader: Reader, node: Node, shape: Shape, broken: list[tuple[str, Text]]) -> list[typing.Any]:
    if shape.many and not isinstance(node, Listing):
        kind = shape.kind.__name__.lower()
        expected = f"a list, one item for each {kind}"
        reader.note("wrong-type", node.line, "", a_node(node), expected, "begin each with '- '")
        return []
    items = list(enumerate(node.items)) if isinstance(node, Listing) and shape.many else [("", node)]
    values = []
    for key, item in items:
        value = reader.read(item, shape.kind, str(key))
        if value is not BROKEN:
            values.append(value)
        elif isinstance(item, Mapping):
            broken += [(name.text, told) for name, told in item.pairs if isinstance(told, Text)]
    return values


def _text(raw: bytes, path: str) -> tuple[str | None, Problem | None]:
    if len(raw) > (most := _largest(path)):
        limit = "a file that a person can read"
        return None, Problem("too-large", path, 1, "", f"more than {most} bytes", limit, "split the file")
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return None, Problem("not-utf8", path, line, "", "bytes that are not UTF-8", "UTF-8", "save the file as UTF-8")


def _front_matter(text: str, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The head between two `---` lines, with the body as its `summary`."""
    matched = re.match(r"---\n(.*?)^---[ \t]*\n?", text, re.DOTALL | re.MULTILINE)
    if matched is None:
        found = "no head between two '---' lines"
        return None, (Problem("no-head", path, 1, "", found, "the fields there", "begin the file with '---'"),)
    node, problems = read_yaml(matched[1], path, first_line=2)
    body, line = text[matched.end() :].strip(), matched[0].count("\n") + 1
    if isinstance(node, Mapping) and node.get("summary") is None:
        summary = Text(body, line, plain=not body)
        node = Mapping((*node.pairs, (Text("summary", line), summary)), node.line)
    return node, problems
