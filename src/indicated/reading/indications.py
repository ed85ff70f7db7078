"""The conditions a request is made for: those said with it, else the case's diagnoses, most specific first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indicated.model.assertion import Certainty, Polarity, Subject, Time
from indicated.model.concept import Kind, Vocabulary
from indicated.reading.patterns import lazily
from indicated.reading.scene import Scene, Seen, Sentence

_DIAGNOSIS = lazily(r"\b(?:diagnos[ei]s|dx|indications?|icd-?10(?:-cm)?)\b(?: on the request)?(?: is| are| of)?[ :]")
_OTHER = lazily(r"\b(?:secondary|other|additional|associated|comorbid|differential|admission)[ -]*$")
_COMORBID = lazily(
    r"\b(?:co-?morbid\w*|pmhx?|past medical history|medical history|other (?:medical )?(?:conditions|problems|history|"
    r"illnesses)|also has|also have|as well as a history of|background of)\b"
)
_OF_WHOM = lazily(
    r"\bin (?:a|an|this|our|the|my) (?:[\w'-]+[ ,]+){0,6}?(?:patient|man|woman|boy|girl|child|infant|male|female|"
    r"gentleman|lady|adult|adolescent|teenager|member|yo|y/o|[a-z0-9-]*-year-old|year old)\b(?:[ ,]+[\w'/-]+){0,3}? "
    r"(?:with|who has|and|known for)\b"
)
_REASON = lazily(r"\b(?:for|to treat|in treating|treatment of|indication)\b")
_REACH = 160


def indications(scene: Scene, asking: Sentence, mention: Seen, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Concept ids: conditions in the asking sentence and those after `Diagnosis:`; else every condition told."""
    present = [seen for seen in scene.seen if seen.kind is Kind.CONDITION and _counts(seen)]
    own = [seen for seen in present if asking.start <= seen.start < asking.end and seen.start != mention.start]
    named = [seen for seen in present if _is_named(scene, seen)]
    told = [own, named] if own or named else [present]
    return _specific_first([_for_itself(scene, group) for group in told], vocabulary)


def _for_itself(scene: Scene, group: Sequence[Seen]) -> Sequence[Seen]:
    """A group without what is only told of the patient beside the reason (an earlier illness, a comorbidity, what the
    patient is `with`), unless nothing is left.
    """
    kept = [seen for seen in group if seen.assertion.time is not Time.PAST and not _is_beside(scene, seen)]
    return kept or group


def _is_beside(scene: Scene, seen: Seen) -> bool:
    """Whether a condition is told under other illnesses, or of the patient after the reason (`A in a man with B`)."""
    flat, sentence = scene.view.flat, scene.sentences[seen.sentence]
    first = max(sentence.start, seen.start - _REACH)
    if _COMORBID.search(flat, first, seen.start) is not None:
        return True
    whom = _OF_WHOM.search(flat, first, seen.start)
    if whom is None:
        return False
    before = (one for one in scene.of_sentence(seen.sentence) if first <= one.start < whom.start())
    return any(one.kind is Kind.CONDITION and _REASON.search(flat, first, one.start) for one in before)


def _counts(seen: Seen) -> bool:
    """A condition of this patient that is there, or is thought to be, now or before."""
    said = seen.assertion
    return (
        said.makes_fact
        and said.subject is Subject.PATIENT
        and said.polarity is Polarity.PRESENT
        and said.certainty is not Certainty.RULED_OUT
        and said.time not in (Time.HYPOTHETICAL, Time.RESOLVED)
    )


def _is_named(scene: Scene, seen: Seen) -> bool:
    """Whether the condition stands after `Diagnosis:` in its sentence."""
    sentence = scene.sentences[seen.sentence]
    back = max(sentence.start, seen.start - _REACH)
    found = list(_DIAGNOSIS.finditer(scene.view.flat, back, seen.start))
    return bool(found) and not _OTHER.search(scene.view.flat, sentence.start, found[-1].start())


def _specific_first(groups: Iterable[Sequence[Seen]], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Each group in order without conditions that a narrower one stands for; the most specific of a group first."""
    ordered: list[str] = []
    for group in groups:
        ids = dict.fromkeys(seen.concept for seen in group)
        now = {seen.concept for seen in group if seen.assertion.time is not Time.PAST}
        ordered += sorted(ids, key=lambda one: (one not in now, -_depth(one, vocabulary)))
    unique = list(dict.fromkeys(ordered))
    return tuple(one for one in unique if not any(other != one and vocabulary.is_a(other, one) for other in unique))


def _depth(concept: str, vocabulary: Vocabulary) -> int:
    return len(vocabulary.ancestors(concept))
