"""Words of drugs that are read, and words beside them that are something else."""

from __future__ import annotations

import pytest

from indicated.model.assertion import Polarity
from indicated.model.text import Document
from indicated.reading.found import DRUG_KINDS

from .content import lexicon, reader

NO_DRUG = [
    "Serum iron 30, calcium 9.2, potassium 3.1, magnesium 1.8, vitamin D 20, zinc 70, folate 5.",
    "Fasting insulin level 12, insulin-like growth factor 1 normal, insulin resistance.",
    "Serum immunoglobulins: IgG 700, IgA 90; immunoglobulin G subclasses normal.",
    "Thyroid-stimulating immunoglobulin and surface immunoglobulin were negative.",
    "Adenosine deaminase deficiency was excluded.",
    "Interferon-gamma release assay negative; type I interferon signature raised.",
    "Heparin-induced thrombocytopenia; lupus anticoagulant positive; antiplatelet antibodies.",
    "The isolate was susceptible to clindamycin, linezolid and vancomycin.",
    "Vancomycin-resistant enterococcus on culture.",
    "ASA class III; IPV screen negative; ADA deficiency; CSA on polysomnography.",
    "Estrogen receptor positive; estradiol level 40; serum testosterone 300; cortisol 12.",
    "Tensilon test positive; captopril renogram; dobutamine stress echocardiogram.",
    "Neuroleptic malignant syndrome; opioid use disorder; benzodiazepine withdrawal.",
    "Ms. Smith is well versed in her condition; she lives with her biologic mother, Camila.",
    "Luminal irregularities on angiography; no biologic sign of hemolysis.",
    "24-hour norepinephrine 468 and epinephrine levels normal.",
    "Vaccine titers and response to vaccination were reviewed; failed to respond to Pneumovax.",
]

A_DRUG = [
    ("MTX, AZA, MMF and CYC failed.", ("methotrexate", "azathioprine", "mycophenolate", "cyclophosphamide")),
    ("On infliximab-dyyb, adalimumab-atto and rituximab-abbs.", ("infliximab", "adalimumab", "rituximab")),
    ("Given axi-cel, then teclistamab.", ("axicabtagene", "teclistamab")),
    ("Vyvgart Hytrulo, Rystiggo, Imaavy.", ("efgartigimod", "rozanolixizumab", "nipocalimab")),
    (
        "TMP-SMX DS, Augmentin and a Z-Pak.",
        ("trimethoprim_sulfamethoxazole", "amoxicillin_clavulanate", "azithromycin"),
    ),
    ("ASA 81 mg, HCTZ 25 mg, APAP.", ("aspirin", "hydrochlorothiazide", "acetaminophen")),
    ("Triamcinolone 0.1% cream and Restasis.", ("triamcinolone_topical", "cyclosporine_ophthalmic")),
    ("Advair, Flonase and albuterol.", ("fluticasone_salmeterol", "fluticasone_nasal", "albuterol")),
]

BELOW = [
    ("drug.pembrolizumab", "class.checkpoint_inhibitor"),
    ("drug.risankizumab", "class.bdmard"),
    ("drug.satralizumab", "class.il6_inhibitor"),
    ("drug.nipocalimab", "class.fcrn_blocker"),
    ("drug.ravulizumab", "class.complement_inhibitor"),
    ("drug.romiplostim", "class.tpo_agonist"),
    ("drug.apixaban", "class.anticoagulant"),
    ("drug.atorvastatin", "class.statin"),
    ("class.oral_contraceptive", "class.estrogen"),
    ("drug.ciltacabtagene", "proc.car_t"),
    ("tx.immunoadsorption", "proc.plasma_exchange"),
    ("drug.everolimus", "class.immunosuppressant"),
    ("drug.clobetasol", "class.topical_corticosteroid"),
    ("drug.gentamicin", "finding.nephrotoxic_drug"),
    ("product.gammagard_liquid_erc", "tx.ivig"),
]

NOT_BELOW = [
    ("drug.omalizumab", "class.bdmard"),
    ("drug.budesonide_inhaled", "class.corticosteroid"),
    ("drug.triamcinolone_topical", "class.corticosteroid"),
    ("drug.ruxolitinib_topical", "class.jak_inhibitor"),
    ("drug.diclofenac_topical", "class.nsaid"),
    ("drug.vincristine", "class.immunosuppressant"),
    ("tx.anti_d", "tx.ig"),
    ("tx.cmv_ig", "tx.ivig"),
    ("tx.hbig", "tx.ig"),
]


def _drugs(text: str) -> set[str]:
    seen = [one for one in reader().scene(Document("text", text)).seen if one.kind in DRUG_KINDS]
    return {one.concept for one in seen if one.assertion.polarity is not Polarity.NOT_DOCUMENTED}


@pytest.mark.parametrize("text", NO_DRUG)
def test_what_looks_like_a_drug_and_is_none_is_not_read(text: str):
    assert _drugs(text) == set()


@pytest.mark.parametrize(("text", "drugs"), A_DRUG, ids=[text for text, _ in A_DRUG])
def test_short_forms_brands_and_suffixes_are_read(text: str, drugs: tuple[str, ...]):
    assert {f"drug.{one}" for one in drugs} <= _drugs(text)


@pytest.mark.parametrize(("narrow", "broad"), BELOW)
def test_a_drug_lies_below_its_class(narrow: str, broad: str):
    assert lexicon().vocabulary.is_a(narrow, broad)


@pytest.mark.parametrize(("narrow", "broad"), NOT_BELOW)
def test_a_local_form_or_another_use_is_not_below_the_class(narrow: str, broad: str):
    assert narrow in lexicon().vocabulary
    assert not lexicon().vocabulary.is_a(narrow, broad)
