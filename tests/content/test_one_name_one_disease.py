"""No name of one disease takes in another: a concept whose label is the name of one disease has no code of another
category whose title is told by synonyms that have nothing of the label (`Campylobacter enteritis` under Salmonella).

What the check finds and a person took for a kind of the disease, or another word for it, is listed here by category.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from indicated import release
from indicated.content import codes
from indicated.model.codes import CodeTable
from indicated.model.concept import Concept, Kind
from indicated.workflow.assess import current

_LISTS = re.compile(r" or |,|/| and ")
_STEM = 5
_EMPTY = (
    "the and with due other others unspecified specified disease disorder disorders diseases syndrome "
    "infection infections acute chronic not elsewhere classified type without primary secondary site left "
    "right bilateral cause from for personal history elevated "
)
_PAST = ("Z86", "Z87")

SAME_OR_A_KIND = {
    "dx.aki": {"R34"},
    "dx.alopecia": {"L65"},
    "dx.asplenia": {"D73"},
    "dx.avascular_necrosis": {"M87"},
    "dx.bipolar": {"F30"},
    "dx.brachial_neuritis": {"G54"},
    "dx.cad": {"I25"},
    "dx.clad": {"J44"},
    "dx.dementia": {"G31"},
    "dx.depression": {"F34"},
    "dx.developmental_delay": {"F79", "F80"},
    "dx.enterovirus": {"B97"},
    "dx.fatty_liver": {"K75"},
    "dx.gerd": {"K22", "R12"},
    "dx.hpv_warts": {"B97"},
    "dx.hypopituitarism": {"E23"},
    "dx.iim": {"M60"},
    "dx.lad": {"D84"},
    "dx.leukodystrophy": {"E75"},
    "dx.malnutrition": {"R64"},
    "dx.metabolic_myopathy": {"E74"},
    "dx.mpn": {"D45"},
    "dx.myelopathy": {"G04", "G95"},
    "dx.necrotizing_fasciitis": {"N49"},
    "dx.neonatal_jaundice": {"P57"},
    "dx.nephrolithiasis": {"N23"},
    "dx.osteoarthritis": {"M15"},
    "dx.panniculitis": {"L52"},
    "dx.pertussis": {"A37"},
    "dx.polycythemia": {"D75"},
    "dx.polyneuropathy": {"G60"},
    "dx.prediabetes": {"R73"},
    "dx.prematurity": {"P07"},
    "dx.radiculopathy": {"M54"},
    "dx.septic_arthritis": {"T84"},
    "dx.substance_use": {"F11", "F12", "F14", "F15"},
    "dx.urti": {"J00"},
    "dx.varicose_veins": {"I83"},
}


def _stems(text: str) -> set[str]:
    plain = text.lower().replace("ae", "e").replace("oe", "e")
    return {word[:_STEM] for word in re.findall(r"[a-z0-9]+", plain) if word not in _EMPTY.split() and len(word) > 2}


def _taken_in(concept: Concept, table: CodeTable) -> Iterator[str]:
    """The categories of other diseases that a concept has codes of, and names for."""
    titles = {code: known.title for code in concept.codes.get("icd10cm", ()) if (known := table.get(code)) is not None}
    label = _stems(concept.label)
    own = {code[:3] for code, title in titles.items() if _stems(title) & label}
    for code, title in titles.items() if own else ():
        category = table.get(code[:3])
        kin = code[:3] in own and category is not None and _stems(category.title) & label
        if kin or code[:3] in _PAST or _stems(title) & label:
            continue
        if any(_stems(name) & _stems(title) and not _stems(name) & label for name in concept.synonyms):
            yield code[:3]


def _found(concepts: Iterable[Concept]) -> dict[str, set[str]]:
    table, _ = codes.read((release.checkout() / codes.FILE).read_text(encoding="utf-8"))
    assert table is not None
    single = (one for one in concepts if one.kind is Kind.CONDITION and not _LISTS.search(one.label))
    found = {one.id: set(_taken_in(one, table)) for one in single}
    return {name: categories for name, categories in found.items() if categories}


def test_no_name_of_one_disease_takes_in_another():
    found = _found(current().knowledge.concepts)
    new = {name: left for name, categories in found.items() if (left := categories - SAME_OR_A_KIND.get(name, set()))}
    assert not new, "give the other disease a concept of its own, or list it here when it is a kind of this one"


def test_what_is_listed_is_still_found():
    found = _found(current().knowledge.concepts)
    assert {name: set() for name in SAME_OR_A_KIND} == {
        name: categories - found.get(name, set()) for name, categories in SAME_OR_A_KIND.items()
    }


def test_campylobacter_under_salmonella_would_be_found():
    lumped = Concept(
        id="dx.x",
        kind=Kind.CONDITION,
        label="Salmonella infection",
        source="a test",
        synonyms=("salmonellosis", "Campylobacter enteritis"),
        codes={"icd10cm": ("A02.0", "A04.5")},
    )
    assert _found([lumped]) == {"dx.x": {"A04"}}
