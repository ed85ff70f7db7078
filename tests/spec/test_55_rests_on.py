title = "What the answer rests on"

CRITERIA = """
- id: disease
  need: decides
  any: [{has: dx.dm}, {has: dx.arthritis}]
- id: muscle
  need: confirms
  has: finding.weakness
"""


def test_a_fact_on_which_the_finding_rests_alone(spec):
    """A fact carries the answer alone when the finding without it would be another. Two facts of which either would do
    carry it together.
    """
    spec.rests_on(
        criteria=CRITERIA,
        facts="""
        concept          | says
        dx.dm            | present
        dx.arthritis     | present
        finding.weakness | present
        """,
        expect="finding.weakness present: without it supported_if",
    )
    spec.rests_on(
        criteria=CRITERIA,
        facts="""
        concept          | says
        dx.dm            | present
        finding.weakness | present
        """,
        expect="""
        dx.dm present: without it undetermined
        finding.weakness present: without it supported_if
        """,
    )


def test_a_fact_that_stands_in_the_way(spec):
    """So does a fact that stands in the way."""
    spec.rests_on(
        criteria=CRITERIA,
        facts="""
        concept          | says
        dx.dm            | present
        finding.weakness | absent
        finding.rash     | present
        """,
        expect="finding.weakness absent: without it supported_if",
    )
