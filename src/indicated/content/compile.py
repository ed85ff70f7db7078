"""Content into the one file that `indicated.release` reads: refs filled in, defaults left out, each part by itself.

`python -m indicated.content.compile` does it by hand. Only content without problems is compiled. With INDICATED_DRAFT=1
in the environment an author may go on with content that still has problems: what cannot be used is left out and
the release id ends in `-draft`, so that no answer made on it passes for more.
"""

from __future__ import annotations

import hashlib
import os
import typing
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from fnmatch import fnmatchcase
from operator import is_
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from indicated import release
from indicated.content.lean import lean
from indicated.content.lint import lint, refusing
from indicated.content.load import Loaded, load
from indicated.content.problem import BrokenContent, Problem
from indicated.content.shapes import SHAPES, WORDS
from indicated.content.uncollected import uncollected
from indicated.content.walk import holding
from indicated.model.buckets import Encoded, encoded
from indicated.model.concept import Concept
from indicated.model.cue_index import cue_index_of
from indicated.model.evidence import Evidence, GroupRule
from indicated.model.formula import WeightFormula
from indicated.model.knowledge import dosed_by, policy_key
from indicated.model.law import Law
from indicated.model.lexicon import Lexicon
from indicated.model.lexicon_cues import CueRule
from indicated.model.policy import Policy
from indicated.model.product import Product
from indicated.model.quantity import Unit
from indicated.model.rule import Ref, Rule
from indicated.model.score import Calculator
from indicated.model.standard import Criterion, Standard
from indicated.model.statement import Phrase, Translation
from indicated.model.stored import Shelf, longer, shelf_of
from indicated.model.terms import index_of
from indicated.model.wakes import joined, wakes_of

NOT_RESTED_ON = ("*.cases.yaml", "policies/*/cases/*")
_BREAKING = ("unknown-name", "repeated-id", "circle", "wrong-dimension", "too-large")
_T = typing.TypeVar("_T")
_D = typing.TypeVar("_D", Standard, Policy)


def refresh() -> bool:
    """In a checkout, compile the content again if it changed; say whether it did.

    BrokenContent if it has problems; NoRelease if it changed and the folder cannot be written to.
    """
    content = release.checkout()
    if content is None or not release.stale():
        return False
    made_from = release.fingerprint(content)
    compiled = compile_folder(content, made_from, draft=os.environ.get("INDICATED_DRAFT") == "1")
    target = Path(release.COMPILED)
    try:
        write(compiled, target)
    except OSError as error:
        if _is_same(compiled, target):
            return False
        raise release.NoRelease(
            f"the content changed and {target} cannot be written ({error.strerror}); make its folder writable"
        ) from error
    release.builtin.cache_clear()
    return True


def _is_same(compiled: bytes, target: Path) -> bool:
    """Whether the file holds the same, but for when it was made: a checkout that was copied to where none may write."""
    try:
        held, made = (msgspec.msgpack.decode(raw, type=list) for raw in (target.read_bytes(), compiled))
        return bool(held[1:] == made[1:])
    except (OSError, msgspec.DecodeError):
        return False


def compile_folder(root: Path, made_from: str = "", *, draft: bool = False) -> bytes:
    """The compiled content of a folder. The same files give the same bytes. BrokenContent if any file has a problem.

    Whether a review is overdue is for the check to say: compiling does not look at the calendar.
    """
    with uncollected():
        loaded = load(root)
        problems = refusing(lint(loaded, date.min))
        if problems and not draft:
            raise BrokenContent(problems)
        identity = content_hash(loaded.files) + ("-draft" if problems else "")
        while problems:
            problems = _leave_out(loaded, problems)
        return compile_loaded(loaded, identity, made_from)


def write(compiled: bytes, target: Path) -> None:
    """Put the file in its place in one step, so that a reader never sees half of it, nor is half of it left."""
    part = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        part.write_bytes(compiled)
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def content_hash(files: dict[str, bytes]) -> str:
    """SHA-256 over names and bytes of every file an answer can rest on, in order; golden cases are not among them."""
    digest = hashlib.sha256()
    for name in sorted(files):
        if not any(fnmatchcase(name, skip) for skip in NOT_RESTED_ON):
            digest.update(f"{name}\0{len(files[name])}\0".encode())
            digest.update(files[name])
    return digest.hexdigest()


def compile_loaded(loaded: Loaded, identity: str, made_from: str) -> bytes:
    """The file's bytes from values without problems."""
    standards = _filled_of(loaded, Standard)
    judging = release.Judging(
        _shelf((one.id, one) for one in standards),
        wakes_of(standards, loaded.all(Calculator)),
        _shelf((one.id, one.reached_by) for one in standards),
        _shelf((policy_key(one), one) for one in _filled_of(loaded, Policy)),
        _shelf((one.key, one) for one in loaded.all(Evidence)),
        _shelf((one.concept, one) for one in loaded.all(Product)),
        dosed_by(loaded.all(Product)),
        loaded.all(Calculator),
        loaded.all(WeightFormula),
        loaded.all(GroupRule),
    )
    reading = Lexicon(release=identity, concepts=(), units=(), **_lexicon(loaded))
    words = release.Words(**{name: _lean(next(iter(loaded.all(kind)), None)) for name, kind in WORDS.items()})
    cues = loaded.all(CueRule)
    stored_cues = release.CuesPart(_lean(cues), cue_index_of(cues))
    shared = _shared(loaded.all(Concept), loaded.all(Unit))
    parts = [shared, judging, reading, words, loaded.all(Phrase), loaded.codes, stored_cues, loaded.all(Law)]
    parts.append(loaded.all(Translation))
    return bytes(encoded([made_from, identity, *map(_lean, parts)]))


def compile_site(base: release.Release, loaded: Loaded, made_from: str = "") -> bytes:
    """The bytes of a release with a site's own content laid over it. The id is that of both together."""
    held, stored = base.knowledge, base.judging
    identity = hashlib.sha256(f"{base.id} {content_hash(loaded.files)}".encode()).hexdigest()
    standards = _filled_of(loaded, Standard)
    policies = _filled_of(loaded, Policy)
    judging = release.Judging(
        longer(stored.standards, ((one.id, _lean(one)) for one in standards)),
        joined(stored.wakes, wakes_of(standards, loaded.known(Calculator))),
        longer(stored.reached_by, ((one.id, _lean(one.reached_by)) for one in standards)),
        longer(stored.policies, ((policy_key(one), _lean(one)) for one in policies)),
        longer(stored.evidence, ((one.key, _lean(one)) for one in loaded.all(Evidence))),
        longer(stored.products, ((one.concept, _lean(one)) for one in loaded.all(Product))),
        stored.dosed | dosed_by(loaded.all(Product)),
        loaded.known(Calculator),
        held.formulas,
        held.groups,
    )
    shared = _shared(loaded.known(Concept), held.units) if loaded.all(Concept) else None
    law = _lean((*base.law, *loaded.all(Law)))
    return base.over(made_from, identity, _lean(judging), law, None if shared is None else _lean(shared))


def _shared(concepts: tuple[Concept, ...], units: tuple[Unit, ...]) -> release.Shared:
    kept = _shelf((concept.id, concept) for concept in concepts)
    broader = {concept.id: concept.broader for concept in concepts if concept.broader}
    return release.Shared(kept, units, index_of(concepts), broader)


def _shelf(values: Iterable[tuple[str, Struct]]) -> Shelf:
    return shelf_of((key, _lean(value)) for key, value in values)


def _lean(part: typing.Any) -> Encoded:
    return encoded(lean(part))


def _lexicon(loaded: Loaded) -> dict[str, typing.Any]:
    """The lexicon's own fields: a list as a tuple, a single value as itself."""
    many = {shape.field: shape.many for shape in SHAPES if shape.field}
    return {
        field: tuple(values) if many[field] else values[0]
        for field, values in loaded.reading.items()
        if values and field != "cues"
    }


def filled(document: _T, criteria: tuple[Criterion, ...]) -> _T:
    """The standard or policy with every `ref` holding the rule it names."""
    by_id = {criterion.id: criterion.rule for criterion in criteria}
    return typing.cast("_T", _filled(document, by_id))


def _filled_of(loaded: Loaded, kind: type[_D]) -> tuple[_D, ...]:
    return tuple(filled(one, one.criteria) for one in loaded.all(kind))


def _filled(value: typing.Any, by_id: dict[str, Rule]) -> typing.Any:
    if isinstance(value, Ref):
        return replace(value, rule=_filled(by_id[value.criterion], by_id))
    if isinstance(value, tuple):
        new = tuple([_filled(item, by_id) for item in value])
        return value if all(map(is_, new, value)) else new
    if isinstance(value, Struct):
        changed = {}
        for field in holding(type(value)):
            old = getattr(value, field)
            new = _filled(old, by_id)
            if new is not old:
                changed[field] = new
        return replace(value, **changed) if changed else value
    return value


def _leave_out(loaded: Loaded, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Take out the values that problems make unusable, and give the problems that this leaves."""
    spoilt = {(problem.file, problem.line) for problem in problems if problem.code in _BREAKING}
    loaded.problems = ()
    dropped = False
    for kind, values in loaded.values.items():
        kept = [value for value in values if not _lines(loaded, value) & spoilt]
        dropped = dropped or len(kept) < len(values)
        loaded.values[kind] = kept
    for field, values in loaded.reading.items():
        loaded.reading[field] = [value for value in values if not _lines(loaded, value) & spoilt]
    return refusing(lint(loaded, date.min)) if dropped else ()


def _lines(loaded: Loaded, value: typing.Any) -> set[tuple[str, int]]:
    from indicated.content.walk import inside

    places = [loaded.places[id(one)] for one in inside(value) if id(one) in loaded.places]
    return {(place.file, line) for place in places for line in (place.line, *place.lines.values())}


if __name__ == "__main__":
    print("compiled" if refresh() else "up to date")  # noqa: T201  (a command)
