"""How often a note that one person wrote of one patient is said to contradict itself, whole and in two halves.

The corpora have no labels for this. A note seldom contradicts itself, so that nearly all that is shown is wrong; a note
cut in two is two documents of one patient. What must be found is planted: the age and the sex of a copy are changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from indicated.model.text import Document
from indicated.reading.reader import read
from indicated.release import builtin
from tests.corpora.where import corpus

FILES = {
    "acibench_dev.jsonl": "note",
    "mtsdialog_dev.jsonl": "section_text",
    "primock57_dev.jsonl": "note",
    "maccrobat_dev.jsonl": "text",
}
PRESENT = all(corpus(name).exists() for name in FILES)
_LONG = 600
_OLDEST = 70
_YEARS = re.compile(r"\b(\d\d)([- ]year[- ]old)")
_SEXED = re.compile(r"\b(?:male|female|man|woman|boy|girl)\b")
_PAIRS = {"male": "female", "man": "woman", "he": "she", "his": "her", "him": "her", "boy": "girl", "mr": "ms"}
_OTHER = {**_PAIRS, "mrs": "mr", **{other: one for one, other in reversed(_PAIRS.items())}}
_SEX_WORDS = re.compile(rf"\b(?:{'|'.join(sorted(_OTHER, key=len, reverse=True))})\b", re.IGNORECASE)


def texts(name: str) -> list[str]:
    """The texts of a corpus."""
    field = FILES[name]
    return [json.loads(line)[field] for line in corpus(name).read_text("utf-8").splitlines()]


def kinds(*documents: str) -> list[str]:
    """The kinds of what is shown."""
    told = tuple(Document(f"d{at}", text) for at, text in enumerate(documents))
    return [one.kind for one in read(told, builtin().lexicon).contradictions]


def halves(text: str) -> tuple[str, str] | None:
    """A long text in two, cut at the end of a line or sentence near the middle."""
    middle = len(text) // 2
    cut = max(text.rfind("\n", 0, middle), text.rfind(". ", 0, middle) + 1)
    return (text[:cut], text[cut:]) if len(text) >= _LONG and text[:cut].strip() else None


def older(text: str) -> str:
    """The text with every age in years told otherwise by twenty."""
    return _YEARS.sub(lambda at: f"{int(at[1]) + (20 if int(at[1]) < _OLDEST else -20)}{at[2]}", text)


def of_other_sex(text: str) -> str:
    """The text with every word of sex turned; unchanged where it states none outright."""

    def turned(at: re.Match[str]) -> str:
        word = _OTHER[at[0].lower()]
        return word.capitalize() if at[0][0].isupper() else word

    return _SEX_WORDS.sub(turned, text) if _SEXED.search(text) else text


def planted(change: Callable[[str], str], kind: str) -> Iterator[bool]:
    """For each note that the change touches: whether it and its changed copy are shown to contradict each other."""
    for name in ("acibench_dev.jsonl", "maccrobat_dev.jsonl"):
        for text in texts(name):
            if (changed := change(text)) != text:
                yield kind in kinds(text, changed)
