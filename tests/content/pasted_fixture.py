"""A small vocabulary and its finder, so that tests of the importer say exactly what is known."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

from indicated.content.pasted import parse
from indicated.model.concept import Concept, Kind, Vocabulary
from indicated.model.policy import Policy
from indicated.model.policy_words import PolicyWords
from indicated.model.quantity import Comparison, Quantity, Unit, Units
from indicated.model.rule import All, Any, AtLeast, NoneOf, Ref, Rule

CONTENT = Path(__file__).parents[2] / "content"
_KNOWN = """
condition dx.iim: inflammatory myositis, idiopathic inflammatory myopathy
condition dx.dm < dx.iim: dermatomyositis
condition dx.jdm < dx.dm: juvenile dermatomyositis, jdm
condition dx.pm < dx.iim: polymyositis
condition dx.ibm < dx.iim: inclusion body myositis
condition dx.jia: juvenile idiopathic arthritis
condition dx.cidp: chronic inflammatory demyelinating polyneuropathy, cidp
condition dx.cvid: common variable immunodeficiency, cvid
condition dx.ild: interstitial lung disease
condition dx.igad: iga deficiency, selective iga deficiency
condition dx.cancer: malignancy
condition dx.hypogammaglobulinemia: hypogammaglobulinemia
finding finding.proximal_weakness: proximal muscle weakness
finding finding.myalgia: muscle pain, myalgia
finding finding.arthritis: arthritis
finding finding.arthralgia: arthralgia
finding finding.fever: fever
finding finding.rash: rash
finding finding.heliotrope: heliotrope rash
finding finding.gottron_papules: gottron papules, gottron's papules
finding finding.recurrent_infection: recurrent bacterial infections, recurrent infections
finding finding.serious_infection: serious bacterial infections, serious infection
finding finding.thrombosis_history: thrombosis
finding finding.emg_myopathic: myopathic emg
finding finding.systemic_inflammation: systemic inflammation, signs of systemic inflammation
finding finding.dysphagia: dysphagia
finding finding.skin_ulceration: skin ulceration
condition dx.autism: autism
condition dx.pneumonia: pneumonia
condition dx.sepsis: sepsis
antibody ab.iga: anti-iga antibodies
study study.ncs: nerve conduction studies
antibody ab.synthetase: anti-synthetase antibodies, anti-synthetase antibody
antibody ab.jo1 < ab.synthetase: anti-jo-1
antibody ab.mi2: anti-mi-2
antibody ab.rf: rheumatoid factor
lab lab.ck [U/L]: creatine kinase, ck
lab lab.aldolase [U/L]: aldolase
lab lab.crp [mg/L]: c-reactive protein, crp
lab lab.esr [mm/h]: erythrocyte sedimentation rate, esr
lab lab.igg [mg/dL]: igg, immunoglobulin g
lab lab.platelets [10*9/L]: platelets, platelet count
lab lab.ferritin [ng/mL]: ferritin
study study.emg: electromyography, emg
study study.muscle_biopsy: muscle biopsy
pathology path.myositis: myositis on biopsy
procedure proc.hsct: stem cell transplant, hsct
drug_class class.corticosteroid: corticosteroids, corticosteroid
drug_class class.immunosuppressant: immunosuppressant, immunosuppressants
drug drug.prednisone < class.corticosteroid: prednisone
drug drug.methotrexate < class.immunosuppressant: methotrexate
drug drug.azathioprine < class.immunosuppressant: azathioprine
drug drug.mycophenolate < class.immunosuppressant: mycophenolate
drug drug.rituximab: rituximab
treatment tx.ivig: ivig, intravenous immune globulin
product product.octagam_10 < tx.ivig: octagam 10%
demographic demo.age [a]: patient's age
demographic demo.weight: dosing weight
"""


def _concepts() -> tuple[Concept, ...]:
    found = []
    for line in _KNOWN.strip().splitlines():
        head, _, names = line.partition(": ")
        kind, concept, *rest = head.replace(" < ", " <").split(" ")
        broader = tuple(word[1:] for word in rest if word.startswith("<"))
        unit = next((word[1:-1] for word in rest if word.startswith("[")), "")
        label, *synonyms = names.split(", ")
        found.append(Concept(concept, Kind(kind), label, "test", synonyms=tuple(synonyms), broader=broader, unit=unit))
    return tuple(found)


VOCABULARY = Vocabulary(_concepts())


@cache
def words() -> PolicyWords:
    text = (CONTENT / "reading" / "policy.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.load(text, Loader=yaml.CBaseLoader), PolicyWords, strict=False)


@cache
def units() -> Units:
    text = (CONTENT / "units.yaml").read_text(encoding="utf-8")
    return Units(tuple(msgspec.convert(yaml.load(text, Loader=yaml.CBaseLoader), list[Unit], strict=False)))


@cache
def _finder() -> tuple[AhoCorasick, list[str]]:
    named = {name: one.id for one in VOCABULARY.concepts.values() for name in (one.label, *one.synonyms)}
    return AhoCorasick(list(named), matchkind=MatchKind.LeftmostLongest), list(named.values())


def recognise(text: str) -> tuple[tuple[int, int, str], ...]:
    finder, ids = _finder()
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return tuple(
        (start, end, ids[at])
        for at, start, end in finder.find_matches_as_indexes(low)
        if (start == 0 or not low[start - 1].isalnum()) and (end == len(low) or not low[end].isalnum())
    )


def paste(text: str) -> Policy:
    return parse(text, recognise, units(), words(), VOCABULARY)


def whole(rule: Rule | None) -> Rule | None:
    """The rule with every reference replaced by what it refers to."""
    if isinstance(rule, Ref):
        return whole(rule.rule)
    if isinstance(rule, AtLeast):
        return AtLeast(rule.n, tuple(whole(part) for part in rule.of))
    if isinstance(rule, All | Any | NoneOf):
        return type(rule)(tuple(whole(part) for part in rule.parts))
    return rule


def limit(text: str) -> Comparison:
    sign, value, *unit = text.split(" ")
    return Comparison(sign, Quantity.of(value, " ".join(unit)))
