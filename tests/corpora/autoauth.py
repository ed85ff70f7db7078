"""The prior-authorization cases of Azure-Samples/autoauth-solution-accelerator (Microsoft, MIT), scored field by field.

A field of the reference counts only where the documents state it: its words, or the figure, stand in one of them (forms
are left out of the data). What counts as read, for each kind of field, says the function of its name.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from indicated.model.assertion import Polarity
from indicated.model.case import Case
from indicated.model.fact import Fact, Outcome
from indicated.model.letters import fold
from indicated.model.text import Document
from tests.corpora.spans import Tally
from tests.corpora.where import corpus

FILE = corpus("autoauth_dev.jsonl")
_LONGEST_NAME = 4
_SMALL = frozenset(("disease", "syndrome", "with", "and", "the", "of", "in", "to", "for", "a", "an", "due", "patient"))
_SMALL |= frozenset(("has", "had", "was", "is", "not", "no", "by", "on", "or", "as"))
_FAILED = re.compile(r"fail|insufficient|inadequate|no improvement|ineffective|no response|despite|continued to have")
_LAB = re.compile(
    r"(?:^|[;:,] ?)(?P<name>[A-Z][A-Za-z0-9 ()./-]{1,50}?):? (?P<value>\d[\d,]*(?:\.\d+)?) ?"
    r"(?P<unit>%|(?:x ?)?10\^\d+/\w+|(?!to\b)[A-Za-zµμ]+(?:/[A-Za-zµμ]+)?)"
)
_RESULT = re.compile(r"(?P<name>[A-Z][A-Za-z ]{2,30}): (?P<result>Positive|Negative)\b")
_NOTHING = re.compile(r"not provided|pending|normal|unremarkable|biops|none|n/a", re.IGNORECASE)
_WORDS = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")


class AuthCase(NamedTuple):
    """A case: its documents by name, and the clinical fields of its reference."""

    id: str
    texts: dict[str, str]
    fields: dict[str, str]

    @property
    def documents(self) -> tuple[Document, ...]:
        """One document for each text."""
        return tuple(Document(name, text) for name, text in self.texts.items())


class Missed(NamedTuple):
    """A stated item that was not read."""

    case: str
    field: str
    item: str


def cases(path: Path = FILE) -> list[AuthCase]:
    """The cases. One without a reference of its own has that of the decision for its half of a pair (`-b`: denied)."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    decided = {
        (row["id"].split("-")[0], one["determination"]): one["clinical_information"]
        for row in rows
        for one in row["case_reference"]
    }
    return [AuthCase(row["id"], row["texts"], _reference(row, decided)) for row in rows]


def _reference(row: dict[str, Any], decided: dict[tuple[str, str], dict[str, Any]]) -> dict[str, str]:
    if row["extraction_reference"]:
        told = row["extraction_reference"][0]["fields"]
        return {name.removeprefix("clinical_information."): value for name, value in told.items()}
    number, half = row["id"].split("-")
    told = decided.get((number, "Rejected" if half == "b" else "Approved"), {})
    asked = {f"treatment_request.{name}": value for name, value in told.get("treatment_request", {}).items()}
    return {name: value for name, value in (told | asked).items() if isinstance(value, str)}


def _flat(text: str) -> str:
    return " ".join(fold(text).lower().split())


def _words(text: str) -> set[str]:
    return {word for word in _WORDS.findall(_flat(text).replace("-", " ")) if word not in _SMALL and not word.isdigit()}


def _said(fact: Fact) -> str:
    return " ".join(passage.quote for passage in fact.passages)


def _items(value: str, parts: str = r";|\n") -> list[str]:
    return [
        item.strip(" .") for item in re.split(parts, value) if item.strip(" .") and not _NOTHING.match(item.strip())
    ]


def _overlap(case: Case, item: str) -> bool:
    """Whether a fact that is not denied quotes a telling word of the item."""
    wanted = _words(item)
    return any(fact.assertion.polarity is Polarity.PRESENT and wanted & _words(_said(fact)) for fact in case.facts)


def diagnosis(told: AuthCase, case: Case) -> Iterator[tuple[str, bool]]:
    """A diagnosis is read where a fact that is not denied quotes a telling word of it."""
    for item in _items(told.fields.get("diagnosis", "")):
        head = item.split("2/2", maxsplit=1)[0]
        if _words(head) & _all_words(told):
            yield item, _overlap(case, head)


def icd(told: AuthCase, case: Case) -> Iterator[tuple[str, bool]]:
    """A code is read where the case or a fact has it."""
    read = {one.code for one in case.codes} | {code for fact in case.facts for code in fact.codes}
    for item in _items(told.fields.get("icd_10_code", "")):
        if item in " ".join(told.texts.values()):
            yield item, item in read


def drugs_tried(told: AuthCase, case: Case) -> Iterator[tuple[str, bool]]:
    """A drug is read where a therapy quotes its name, and failed where the reference says that it did."""
    for item in _items(told.fields.get("prior_treatments_and_results", "")):
        name = re.split(r":| \d|\(", item)[0].strip()
        words = _words(name)
        if not words or not words <= _all_words(told) or len(words) > _LONGEST_NAME:
            continue
        mine = [fact for fact in case.facts if words <= _words(_said(fact))]
        failed = _FAILED.search(item.lower()) is not None
        lost = (Outcome.FAILED, Outcome.PARTIAL, Outcome.WORSENED)
        good = [fact for fact in mine if not failed or (fact.therapy is not None and fact.therapy.outcome in lost)]
        yield item, bool(good)


def labs(told: AuthCase, case: Case) -> Iterator[tuple[str, bool]]:
    """A result is read where a fact quotes a word of its name and has its value in its unit."""
    from indicated.reading.reader import amounts
    from indicated.workflow.assess import current

    units = current().lexicon.unit_table
    values = [(fact.value, _words(_said(fact))) for fact in case.facts if fact.value is not None]
    for match in _LAB.finditer(
        re.sub(r"\([^()]*[\d][^()]*\)", "", told.fields.get("relevant_lab_results_or_imaging", ""))
    ):
        figure = match["value"]
        ranges = match["name"].endswith((" to", " at"))
        if ranges or not re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d])", " ".join(told.texts.values())):
            continue
        wanted = next(iter(amounts(f"{figure} {match['unit']}")), None)
        if wanted is None or wanted.value is None or not wanted.value.unit:
            continue
        same = [words for value, words in values if units.convert(value, wanted.value.unit) == wanted.value]
        yield match.group().strip(";:, "), any(_words(match["name"]) & words for words in same)


def results_in_words(told: AuthCase, case: Case) -> Iterator[tuple[str, bool]]:
    """A result in words is read where a fact quotes its name and has that result."""
    for match in _RESULT.finditer(told.fields.get("relevant_lab_results_or_imaging", "")):
        words = _words(match["name"])
        if words <= _all_words(told):
            result = match["result"].lower()
            yield match.group(), any(words & _words(_said(fact)) and fact.result == result for fact in case.facts)


def findings(told: AuthCase, case: Case) -> Iterator[tuple[str, bool]]:
    """A finding of a study is read where a fact, denied or not, stands in the words that state it."""
    for item in _items(told.fields.get("relevant_lab_results_or_imaging", ""), r"[;.] |;|, (?=[a-z])"):
        words = item.split(": ", 1)[-1]
        if not any(char.isdigit() for char in words) and len(_words(words)) > 1 and not _NOTHING.search(words):
            yield from _stated(told, case, words)


def symptoms(told: AuthCase, case: Case) -> Iterator[tuple[str, bool]]:
    """A symptom is read where a fact stands in the words that state it, or one that is not denied quotes a telling
    word of it.
    """
    for item in _items(told.fields.get("symptom_severity_and_impact", ""), r"[;.] |;|, "):
        if not any(char.isdigit() for char in item):
            words = re.sub(r"^(?:positive for|and) ", "", item, flags=re.IGNORECASE)
            yield from ((item, good or _overlap(case, words)) for item, good in _stated(told, case, words))


def _stated(told: AuthCase, case: Case, words: str) -> Iterator[tuple[str, bool]]:
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    for name, text in told.texts.items():
        spans = [match.span() for match in pattern.finditer(text)]
        if spans:
            passages = [one for fact in case.facts for one in fact.passages if one.document == name]
            yield words, any(a < one.end and one.start < b for one in passages for a, b in spans)
            return


def drug(told: AuthCase, case: Case) -> Iterator[tuple[str, bool]]:
    """The drug asked for is read where the request names it in a passage."""
    name = told.fields.get("treatment_request.name_of_medication_or_procedure", "")
    if name and name.lower() in _flat(" ".join(told.texts.values())):
        read = case.request is not None and any(name.lower() in one.quote.lower() for one in case.request.passages)
        yield name, read


def dosage(told: AuthCase, case: Case) -> Iterator[tuple[str, bool]]:
    """The dose asked for is read where every figure of it that is stated stands in a passage of the request."""
    dose = re.findall(r"\d[\d.]* ?(?:mg|g|mcg|mL)\b(?:/\w+)*", told.fields.get("treatment_request.dosage", ""))
    stated = [one for one in dose if one.replace(" ", "") in _flat(" ".join(told.texts.values())).replace(" ", "")]
    if dose and len(stated) == len(dose):
        regimen = case.request.regimen if case.request is not None else None
        yield ", ".join(dose), regimen is not None


def duration(told: AuthCase, case: Case) -> Iterator[tuple[str, bool]]:
    """The length asked for is read where the request has one."""
    wanted = told.fields.get("treatment_request.duration", "")
    if wanted and wanted.lower() in _flat(" ".join(told.texts.values())):
        regimen = case.request.regimen if case.request is not None else None
        yield wanted, regimen is not None and regimen.duration is not None


def _all_words(told: AuthCase) -> set[str]:
    return _words(" ".join(told.texts.values()))


SCORES: dict[str, Callable[[AuthCase, Case], Iterator[tuple[str, bool]]]] = {
    "diagnosis": diagnosis,
    "icd": icd,
    "drugs tried": drugs_tried,
    "labs": labs,
    "results in words": results_in_words,
    "findings": findings,
    "symptoms": symptoms,
    "drug": drug,
    "dosage": dosage,
    "duration": duration,
}


def read(told: AuthCase) -> Case:
    """What the program reads in a case."""
    from indicated.reading.reader import reader_for
    from indicated.workflow.assess import current

    return reader_for(current().lexicon).read(told.documents)


def scored(told: AuthCase) -> tuple[dict[str, Tally], list[Missed]]:
    """How many of the stated items of each field were read, and those that were not."""
    case = read(told)
    hits: Counter[str] = Counter()
    of: Counter[str] = Counter()
    missed: list[Missed] = []
    for field, score in SCORES.items():
        for item, good in score(told, case):
            of[field] += 1
            hits[field] += good
            if not good:
                missed.append(Missed(told.id, field, item))
    return {field: Tally(hits[field], of[field]) for field in SCORES}, missed


def main() -> None:
    """Print the table, field by case, and what was missed."""
    told = [(one.id, *scored(one)) for one in cases()]
    sys.stdout.write(f"{'':<18}" + "".join(f"{name:>10}" for name, _, _ in told) + "\n")
    for field in SCORES:
        cells = [f"{tally[field].hits}/{tally[field].of}" if tally[field].of else "-" for _, tally, _ in told]
        sys.stdout.write(f"{field:<18}" + "".join(f"{cell:>10}" for cell in cells) + "\n")
    for one in (item for _, _, missed in told for item in missed):
        sys.stdout.write(f"  missed {one.case} {one.field}: {one.item}\n")


if __name__ == "__main__":
    main()
