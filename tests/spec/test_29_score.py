title = "`score`: a calculator and a threshold"

SCORE = """
id: weakness-score
label: A score
cite: [the tests]
requires: {has: dx.myositis}
below: not classified
items:
  - {id: rash, label: Rash, points: 3, has: finding.rash}
  - {id: weakness, label: Weakness, points: 1.5, has: finding.weakness}
  - {id: fever, label: Fever, points: -1, has: finding.fever}
thresholds:
  - {level: probable, at_least: 2}
  - {level: definite, at_least: 4}
"""


def test_a_score_counts_what_is_met_and_what_could_be(spec):
    """The least counts what is met, and what is unknown and would take points away; the most what is unknown and would
    add.
    """
    spec.score(
        score=SCORE,
        facts="""
        concept      | says
        dx.myositis  | present
        finding.rash | present
        """,
        expect="2 to 4.5: probable, could be definite",
    )


def test_a_threshold_is_met_when_the_score_must_reach_it(spec):
    """A rule on a score is met when the score must reach the threshold and not met when it cannot; between it is
    unknown, and just reaching it counts.
    """
    asked = "score: {score: weakness-score, at_least: 4}"
    both = """
    concept          | says
    dx.myositis      | present
    finding.rash     | present
    finding.weakness | present
    finding.fever    | absent
    """
    spec(score=SCORE, facts=both, rule=asked, expect="met")
    spec(score=SCORE, facts=both.replace("rash     | present", "rash     | absent "), rule=asked, expect="not met")
    spec(
        score=SCORE,
        facts=both.replace("finding.fever    | absent", ""),
        rule=asked,
        expect="unknown: finding.fever is not documented",
    )
    just = "score: {score: weakness-score, at_least: 4.5}"
    spec(score=SCORE, facts=both, rule=just, expect="met")
    spec(
        score=SCORE,
        facts=both.replace("finding.weakness | present", ""),
        rule=just,
        expect="unknown: finding.weakness is not documented",
    )


def test_a_score_says_nothing_of_a_patient_to_whom_it_does_not_apply(spec):
    """What a score `requires` must be so. If it is not, no level and no threshold is reached, whatever the total."""
    facts = """
    concept          | says
    dx.myositis      | absent
    finding.rash     | present
    finding.weakness | present
    finding.fever    | absent
    """
    spec.score(score=SCORE, facts=facts, expect="4.5: not classified")
    spec(score=SCORE, facts=facts, rule="score: {score: weakness-score, at_least: 4}", expect="not met")
    spec(
        score=SCORE,
        facts=facts.replace("dx.myositis      | absent", ""),
        rule="score: {score: weakness-score, at_least: 4}",
        expect="unknown: dx.myositis is not documented",
    )
