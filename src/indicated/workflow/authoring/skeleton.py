"""A first file for each kind of content: every key it needs, with a comment on what belongs there."""

from __future__ import annotations

import re
from datetime import date, timedelta

from indicated.workflow.errors import BadUse

_STANDARD = """\
# One sentence: which treatment, in which condition, and what the evidence comes to.
id: {id}
version: {month}
status: draft
title: ''                       # as a reader sees it
treatment: tx.                  # what is asked for, an id of content/concepts/treatments.yaml
conditions: [dx.]               # the conditions it is for, most specific first
# groups: [adults]              # adults, children, newborns, pregnancy; leave out for everyone
reached_by: {{has: dx.}}        # which facts bring it into play
stance: for                     # for, against, absent
standing:
  line: second_line             # first_line, second_line, adjunct, rescue, none
  # care: labelled, guideline_recommended, accepted_off_label, insufficient_evidence or recommended_against
  care: accepted_off_label
  labelled: false
  says: ''                      # for the clinician, with its sources in cite
  plain: ''                     # for the patient
  cite: []
criteria:
  - id: diagnosis
    paraphrase: ''              # the requirement in your words
    need: decides               # decides: without it nothing can be said; confirms: a good reviewer would still want it
    cite: []
    ask: ''                     # which document or value would settle it
    plain: ''
    has: dx.
regimens: []
onset: []
lasting: []                     # how long benefit lasts, and what came after stopping
reactions: []                   # how often side effects were seen in this use
measures: []
monitoring: []
stopping: []
alternatives: []
evidence: []                    # {{cite, side: for|against|uncertain, bearing: direct|indirect, how, says}}
pitfalls: []
differential: []
questions: []
scores: []
related: []
authors: ['']
review_due: {due}
"""

_CASES = """\
# Write the answer before you look at what it is: supported, not supported, undetermined; start and continuation.
- case: ''
  says: ''
  on: {today}
  request: {{treatment: tx., indications: [dx.], phase: initial}}
  facts: []
  expect: {{finding: undetermined}}
"""

_POLICY = """\
id: {id}
version: '{today}'
status: draft
payer: ''
title: ''
treatment: tx.
origin: {{title: '', url: '', retrieved: {today}}}
# effective_from: {today}
criteria:
  - id: diagnosis
    section: ''                 # where it stands in the payer's document
    paraphrase: ''              # in your words
    # quote: ''                 # a short quote, where the document is public
    has: dx.
coverages:
  - conditions: [dx.]
    start: {{ref: diagnosis}}
    # continuation: ...
    # limits: ...
    # exclusions: ...
authors: ['']
review_due: {due}
"""

_EVIDENCE = """\
---
key: {id}
kind: cohort                    # guideline, RCT, cohort, case series, review, label
conditions: []
citation:
  authors: ''
  title: ''
  journal: ''
  year: {year}
  id_status: recalled           # seen, once you have read it on the page in seen_at
  # seen_at: https://
population: ''
# groups: [adults]
direction: uncertain            # for, against, uncertain
figures: []                     # {{what, value, status: seen|recalled, url}}: seen only what you read yourself
summary_basis: recalled         # seen, part, recalled
---

What it shows, what it does not, and for whom, in your words.
"""

_SCORE = """\
id: {id}
label: ''
cite: []
items:
  - {{id: first, label: '', points: 1, has: finding.}}
thresholds:
  - {{level: '', at_least: 1}}
below: not reached
"""

_PRODUCT = """\
concept: product.
treatment: tx.
routes: [IV]
cite: []
strength: 10
vials: []                       # grams
uses: []
cautions: []
"""


def check_name(kind: str, name: str) -> None:
    """BadUse for a name that is no path of as many plain words as things of the kind are called by."""
    parts = 2 if kind in ("standard", "policy") else 1
    if not re.fullmatch("/".join([r"[A-Za-z0-9][A-Za-z0-9.-]*"] * parts), name):
        shape = "two words with a slash between" if parts > 1 else "one word, which may have - and . in it"
        raise BadUse(f"{name!r} is no name for a {kind}; give {shape}")


def files(kind: str, name: str, on: date) -> dict[str, str]:
    """The new files by their path below the content folder. BadUse for a name that has no place there."""
    places = {
        "standard": {f"standards/{name}.yaml": _STANDARD, f"standards/{name}.cases.yaml": _CASES},
        "policy": {f"policies/{name}/policy.yaml": _POLICY, f"policies/{name}/cases/first.yaml": _CASES},
        "evidence": {f"evidence/{name}.md": _EVIDENCE},
        "score": {f"scores/{name}.yaml": _SCORE},
        "product": {f"products/{name}.yaml": _PRODUCT},
    }
    made = places[kind]
    check_name(kind, name)
    places_of = {
        "id": name,
        "today": on.isoformat(),
        "month": f"{on:%Y-%m}",
        "year": str(on.year),
        "due": (on + timedelta(days=182)).isoformat(),
    }
    return {path: text.format_map(places_of) for path, text in made.items()}
