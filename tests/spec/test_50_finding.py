title = "The finding, from a standard's criteria"

CRITERIA = """
- id: disease
  need: decides
  has: dx.dm
- id: muscle
  need: confirms
  has: finding.weakness
- id: igg
  need: confirms
  measured: {concept: lab.igg, is: "<= 400 mg/dL"}
"""


def test_all_met_is_supported(spec):
    """A criterion `decides` (without it nothing can be said) or `confirms` (a good reviewer would want it). All met:
    supported.
    """
    spec.finding(
        criteria=CRITERIA,
        facts="""
        concept          | says    | value
        dx.dm            | present |
        finding.weakness | present |
        lab.igg          |         | 350 mg/dL
        """,
        expect="supported",
    )


def test_only_confirming_criteria_unknown_is_supported_if(spec):
    """Only confirming criteria unknown: supported if, naming what it hangs on, at most three."""
    spec.finding(
        criteria=CRITERIA,
        facts="""
        concept | says
        dx.dm   | present
        """,
        expect="supported_if: muscle, igg",
    )


def test_a_deciding_criterion_unknown_is_undetermined(spec):
    """A deciding criterion unknown: undetermined, naming that one only."""
    spec.finding(
        criteria=CRITERIA,
        facts="""
        concept          | says
        finding.weakness | present
        """,
        expect="undetermined: disease",
    )


def test_a_criterion_not_met_is_not_supported(spec):
    """A criterion not met, deciding or confirming, unknown others or not: not supported, naming that criterion."""
    spec.finding(
        criteria=CRITERIA,
        facts="""
        concept          | says
        finding.weakness | absent
        """,
        expect="not_supported: muscle",
    )


def test_evidence_against_supports_nothing_but_an_exception(spec):
    """A standard whose evidence is against, or absent, supports nothing, whatever its criteria say, unless its
    exception is met.
    """
    met = """
    concept          | says    | value
    dx.dm            | present |
    finding.weakness | present |
    lab.igg          |         | 350 mg/dL
    """
    for stance in ("against", "absent"):
        spec.finding(criteria=CRITERIA, facts=met, stance=stance, expect="not_supported")
        spec.finding(
            criteria=CRITERIA, facts=met, stance=stance, exception="has: finding.fever", expect="not_supported"
        )
        spec.finding(criteria=CRITERIA, facts=met, stance=stance, exception="has: finding.weakness", expect="supported")


def test_criteria_for_start_and_for_continuation(spec):
    """A criterion may be for starting or for continuing only. A request that does not say is judged as a start."""
    criteria = """
    - id: start
      phase: initial
      has: finding.weakness
    - id: go-on
      phase: continuation
      response: {is: improved}
    """
    facts = """
    concept          | says    | course
    finding.weakness | present |
    dx.dm            |         | worsened
    """
    spec.finding(criteria=criteria, facts=facts, expect="supported")
    spec.finding(criteria=criteria, facts=facts, request="phase: continuation", expect="not_supported: go-on")


def test_the_best_supported_standard_leads(spec):
    """Every standard that the facts reach is weighed; the best supported leads, whatever was asked for first."""
    standards = {
        "arthritis": {"criteria": "- id: worse\n  has: finding.fever", "reached_by": "has: dx.arthritis"},
        "dermatomyositis": {"criteria": CRITERIA, "reached_by": "has: dx.dm"},
        "never-reached": {"criteria": CRITERIA, "reached_by": "has: finding.heart_failure"},
    }
    spec.leads(
        standards=standards,
        facts="""
        concept       | says
        dx.arthritis  | present
        dx.dm         | present
        finding.fever | absent
        """,
        expect="dermatomyositis supported_if; arthritis not_supported",
    )


def test_silence_reaches_no_standard_and_doubt_does(spec):
    """A standard is reached when its rule is met, or open because something was said that is not sure; silence reaches
    nothing.
    """
    spec.leads(
        standards={"dermatomyositis": {"criteria": CRITERIA, "reached_by": "has: dx.dm"}},
        facts="""
        concept | says
        dx.dm   | probable
        """,
        expect="dermatomyositis undetermined",
    )
    spec.leads(standards={"dermatomyositis": {"criteria": CRITERIA, "reached_by": "has: dx.dm"}}, expect="")


def test_what_was_said_unclearly_is_taken_at_its_word_when_a_standard_is_reached(spec):
    """A possible disease reaches the standard that would then apply, which says what is open. Silence on another part
    does not: of a rule with several parts all must have been spoken of.
    """
    no_rash = "{none: [{has: {concept: finding.rash, when_silent: not_met}}]}"
    for reached_by, expect in (
        ("has: dx.dm", "dermatomyositis undetermined"),
        ("all: [{has: dx.dm}, {has: finding.rash}]", ""),
        (f"all: [{{has: dx.dm}}, {no_rash}]", "dermatomyositis undetermined"),
    ):
        spec.leads(
            standards={"dermatomyositis": {"criteria": CRITERIA, "reached_by": reached_by}},
            facts="""
            concept | says
            dx.dm   | possible
            """,
            expect=expect,
        )
