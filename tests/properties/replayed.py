"""Prints the hash of one rich determination, so that a fresh process can be compared with this one."""

from __future__ import annotations

import hashlib

import msgspec

from indicated.engine import determine
from indicated.model.determination import Determination
from tests import told

FACTS = """
concept            | says    | value     | result   | stage   | outcome | on
dx.dm              | present |           |          |         |         |
dx.arthritis       | absent  |           |          |         |         |
finding.weakness   | present |           |          |         |         |
ab.jo1             |         |           | positive |         |         |
lab.igg            |         | 350 mg/dL |          |         |         | 2026-02-01
drug.methotrexate  |         |           |          | past    | unknown |
drug.azathioprine  |         |           |          | current | unknown |
demo.age           |         | 14 a      |          |         |         |
"""
CRITERIA = """
- id: disease
  need: decides
  any: [{has: dx.dm}, {has: dx.arthritis}]
- id: several
  need: confirms
  at_least:
    n: 3
    of: [has: finding.weakness, has: finding.rash, has: finding.fever, result: {concept: lab.ck, is: elevated}]
- id: tried
  need: confirms
  any:
    - tried: {concept: class.suppressant, outcomes: failed}
    - tried: {concept: class.steroid, outcomes: [failed, intolerant]}
- id: antibody
  need: confirms
  result: {concept: ab.myositis, is: positive}
"""
POLICY = """
- id: a
  has: dx.dm
- id: b
  tried: {concept: class.suppressant, outcomes: failed, count: 2}
- id: c
  measured: {concept: lab.igg, is: <= 400 mg/dL, within: 90 d, times: 2, apart: 2 wk}
"""
COVERAGES = """
- conditions: [dx.dm]
  start: {all: [{ref: a}, {any: [{ref: b}, {ref: c}]}]}
  exclusions: {has: finding.heart_failure}
"""


def determination() -> Determination:
    """The determination compared."""
    case = told.case(FACTS, "indications: dx.dm\nregimen: {per_course: 70 g, interval: 4 wk}")
    standards = (
        told.standard(CRITERIA, name="one", related=("two",)),
        told.standard(CRITERIA[: CRITERIA.index("- id: tried")], name="two"),
    )
    return determine(case, told.knowing(*standards), told.DAY, told.policy(POLICY, COVERAGES))


def digest() -> str:
    """The hash of its bytes."""
    return hashlib.sha256(msgspec.json.encode(determination())).hexdigest()


if __name__ == "__main__":
    print(digest())  # noqa: T201
