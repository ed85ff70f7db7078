"""The concepts that a text names, as reading finds them; the importer of pasted policies asks for nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicated.model.concept import Kind
from indicated.model.text import Document
from indicated.reading.reader import reader_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from indicated.model.concept import Vocabulary
    from indicated.model.lexicon import Lexicon, Link
    from indicated.reading.scene import Scene, Seen

_Found = tuple[int, int, str]


def recogniser(lexicon: Lexicon) -> Callable[[str], Iterable[Sequence[object]]]:
    """A function that gives `(start, end, concept id)` for each concept named in a text, in order of position.

    What a study and a finding say together (`biopsy consistent with myositis`) is one concept, as it is in a chart:
    the other half is given with an empty id. A diagnosis that a study confirms stays, and the study's result beside it.
    """
    reader = reader_for(lexicon)

    def recognise(text: str) -> Iterable[Sequence[object]]:
        scene = reader.scene(Document("policy", text))
        found = _together(scene, lexicon.links, lexicon.vocabulary)
        return [(*scene.view.span(start, end), concept) for start, end, concept in found]

    return recognise


def _together(scene: Scene, links: Sequence[Link], vocabulary: Vocabulary) -> list[_Found]:
    """The mentions, each pair that reading linked told once."""
    gives: dict[str, list[Link]] = {}
    for link in links:
        gives.setdefault(link.gives, []).append(link)
    found: dict[_Found, tuple[str, ...]] = {(one.start, one.end, one.concept): (one.concept,) for one in scene.seen}
    for one in scene.seen:
        if one.concept in gives:
            found.update(_retold(one, gives[one.concept], links, scene, vocabulary))
    return sorted({(start, end, concept) for (start, end, _), concepts in found.items() for concept in concepts})


def _retold(
    one: Seen, own: Sequence[Link], links: Sequence[Link], scene: Scene, vocabulary: Vocabulary
) -> dict[_Found, tuple[str, ...]]:
    """What to give instead of a mention that a study and a finding made together, and of the two; empty for others."""
    near = scene.of_sentence(one.sentence)
    pairs = [(study, link) for link in own for study in near if _made(study, link, one, scene, vocabulary)]
    if not pairs:
        return {}
    study, link = min(pairs, key=lambda pair: abs(pair[0].start - one.start))
    here = one.start, one.end
    beside = [other.concept for other in near if (other.start, other.end) == here and other is not one]
    told = beside or ([link.finding[0]] if not link.narrower and len(link.finding) == 1 else [])
    diagnosis = [concept for concept in told if vocabulary[concept].kind is Kind.CONDITION]
    made: dict[_Found, tuple[str, ...]] = {(*here, concept): () for concept in beside}
    also = _also(study, one, told, links, near, vocabulary)
    if diagnosis and study.start > one.start:
        made[*here, one.concept] = tuple(diagnosis)
    elif also:
        made[*here, one.concept] = ("",)
    else:
        made[study.start, study.end, study.concept] = ("",)
        return made
    made[study.start, study.end, study.concept] = (one.concept,)
    return made | also


def _made(study: Seen, link: Link, one: Seen, scene: Scene, vocabulary: Vocabulary) -> bool:
    """Whether the study fits the link, and the words between it and the mention join the two."""
    if study.start == one.start or not any(vocabulary.is_a(study.concept, broad) for broad in link.study):
        return False
    first, second = sorted((study, one), key=lambda seen: seen.start)
    between = scene.view.flat[first.end : second.start]
    words = between.replace(":", " : ").split()
    return not between.strip(" (),") or any(word.strip("(),;.") in link.words for word in words)


def _also(  # noqa: PLR0913, PLR0917 - a pair with all that may stand beside it
    study: Seen, one: Seen, told: Sequence[str], links: Sequence[Link], near: Sequence[Seen], vocabulary: Vocabulary
) -> dict[_Found, tuple[str, ...]]:
    """The other studies listed with the first (`biopsy or MRI`), each as what it shows of the same finding."""
    after = study.start > one.start
    beyond = [
        other for other in near if (other.start > one.start) is after and other.start not in (study.start, one.start)
    ]
    made: dict[_Found, tuple[str, ...]] = {}
    for other in sorted(beyond, key=lambda seen: abs(seen.start - one.start)):
        shown = [
            link.gives
            for link in links
            if any(vocabulary.is_a(other.concept, broad) for broad in link.study)
            and any(vocabulary.is_a(concept, broad) for concept in told for broad in link.finding)
        ]
        if not shown:
            break
        made[other.start, other.end, other.concept] = (shown[0],)
    return made
