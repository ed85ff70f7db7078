"""Evidence cited as direct for patients or a disease that it did not study; standards that claim the same requests."""

from __future__ import annotations

from collections.abc import Iterator

from indicated.content.load import Loaded
from indicated.content.problem import Problem
from indicated.model.concept import Concept, Vocabulary
from indicated.model.evidence import Evidence
from indicated.model.standard import Bearing, ContentStatus, Standard


def misplaced(loaded: Loaded) -> Iterator[Problem]:
    """Direct bearings whose source studied other patients, or other diseases, than the standard is about."""
    vocabulary = Vocabulary(loaded.known(Concept))
    named = _names(vocabulary)
    sources = {item.key: item for item in loaded.known(Evidence)}
    for standard in loaded.all(Standard):
        for bearing in standard.evidence:
            source = sources.get(bearing.cite)
            if source is not None and bearing.bearing == "direct":
                yield from _misfit(loaded, standard, bearing, source, vocabulary, named)


def rivals(loaded: Loaded) -> Iterator[Problem]:
    """Two standards of one treatment for the same conditions and patients: both would claim every such request."""
    live = [one for one in loaded.known(Standard) if one.status is not ContentStatus.RETIRED]
    own = set(map(id, loaded.all(Standard)))
    for number, standard in enumerate(live):
        for other in live[:number] if id(standard) in own else ():
            same = (standard.treatment, set(standard.conditions)) == (other.treatment, set(other.conditions))
            if same and _share(standard.groups, other.groups):
                found = f"the conditions of {other.id} ({loaded.place(other).file})"
                fix = "give each its own conditions or patients, or make them one"
                yield loaded.place(standard).problem("overlap", "conditions", found, "one standard for a request", fix)


def _misfit(  # noqa: PLR0913, PLR0917
    loaded: Loaded,
    standard: Standard,
    bearing: Bearing,
    source: Evidence,
    vocabulary: Vocabulary,
    named: dict[str, str],
) -> Iterator[Problem]:
    place = loaded.place(bearing)
    fix = "say 'bearing: indirect' and how, or cite a source that studied them"
    if not _share(source.groups, standard.groups):
        found = f"{source.key}, which studied {', '.join(source.groups)}, as direct"
        expected = f"a source on {', '.join(standard.groups)}"
        yield place.problem("wrong-population", "bearing", found, expected, fix)
    studied = [named[word] for name in source.conditions if (word := name.lower()) in named]
    near = any(vocabulary.related(one, condition) for one in studied for condition in standard.conditions)
    if studied and len(studied) == len(source.conditions) and not near:
        found = f"{source.key}, which studied {', '.join(source.conditions)}, as direct"
        expected = f"a source on {', '.join(standard.conditions)}"
        yield place.problem("wrong-population", "bearing", found, expected, fix)


def _share(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two lists of patients have some in common; an empty list is everyone."""
    return not one or not other or bool(set(one) & set(other))


def _names(vocabulary: Vocabulary) -> dict[str, str]:
    found: dict[str, str] = {}
    for concept in vocabulary.concepts.values():
        for word in (concept.label, *concept.synonyms):
            found.setdefault(word.lower(), concept.id)
    return found
