"""The facts of a case as a table or as data."""

from __future__ import annotations

from typing import Any

from indicated.explain.data import encode
from indicated.explain.data_record import amount_data, case_data
from indicated.explain.phrasebook import Phrasebook
from indicated.explain.words import Words
from indicated.model.case import Case
from indicated.workflow.assess import current


def words() -> Words:
    """The clinician's words for facts under the installed release."""
    release = current()
    return Words(Phrasebook(release.phrases), release.knowledge.vocabulary, {})


def as_json(case: Case) -> str:
    """Request, facts, contradictions, mentions set aside and every amount of the documents, as JSON."""
    return encode(as_dict(case))


def as_text(case: Case, width: int = 100) -> str:
    """One line a fact: what it is, how it was said where that is not plain, and the passage."""
    from indicated.explain.render.facts import render

    release = current()
    return render(case, words(), Phrasebook(release.phrases), width)


def as_page(case: Case) -> str:
    """The documents as an HTML page with every fact marked by kind and by how it was said."""
    from indicated.explain.render.highlight import render

    return render(case, words(), Phrasebook(current().phrases))


def as_dict(case: Case) -> dict[str, Any]:
    """The same as `as_json`, as dictionaries."""
    from indicated.reading import amounts

    told = amounts(case.documents, current().lexicon)
    return {**case_data(case, words()), "quantities": [amount_data(one) for one in told]}
