title = "A policy"

CRITERIA = """
- id: disease
  has: dx.dm
- id: failed
  tried: {concept: class.suppressant, outcomes: failed}
- id: no-heart-failure
  lacks: finding.heart_failure
- id: better
  response: {is: improved}
"""
COVERAGES = """
- conditions: [dx.dm]
  start: {all: [{ref: disease}, {ref: failed}]}
  continuation: {ref: better}
  limits: {request: {per_course: "<= 2 g/kg"}}
  exclusions: {has: finding.heart_failure}
"""
ASKED = "indications: dx.dm\nregimen: {per_course: 2 g/kg}"
FACTS = """
concept               | says    | stage | outcome
dx.dm                 | present |       |
drug.methotrexate     |         | past  | failed
finding.heart_failure | absent  |       |
"""


def test_the_start_rule_the_limits_and_no_exclusion(spec):
    """A policy is met when the rule for starting is, its limits hold, and no exclusion does."""
    spec.policy(
        criteria=CRITERIA, coverages=COVERAGES, request=ASKED, facts=FACTS, expect="met; disease met, failed met"
    )


def test_an_exclusion_met_fails_the_policy_and_an_unknown_one_leaves_it_open(spec):
    """An exclusion that is met fails the policy; one that nobody ruled out leaves it unknown."""
    spec.policy(
        criteria=CRITERIA,
        coverages=COVERAGES,
        request=ASKED,
        facts=FACTS.replace("heart_failure | absent ", "heart_failure | present"),
        expect="not met; disease met, failed met",
    )
    spec.policy(
        criteria=CRITERIA,
        coverages=COVERAGES,
        request=ASKED,
        facts=FACTS.replace("finding.heart_failure | absent  |       |", ""),
        expect="unknown; disease met, failed met",
    )


def test_a_coverage_may_hold_nothing_but_an_exclusion(spec):
    """A list of uses that are not covered is a coverage with an exclusion and nothing to start."""
    listed = "- conditions: [dx.dm]\n  exclusions: {request: {indications: [dx.dm]}}"
    spec.policy(criteria=CRITERIA, coverages=listed, request=ASKED, facts=FACTS, expect="not met")


def test_a_limit_not_held_fails_the_policy(spec):
    """A limit that the request does not keep fails it; a dose that is not told leaves it unknown."""
    for request, expect in (
        ("indications: dx.dm\nregimen: {per_course: 3 g/kg}", "not met; disease met, failed met"),
        ("indications: dx.dm", "unknown; disease met, failed met"),
    ):
        spec.policy(criteria=CRITERIA, coverages=COVERAGES, request=request, facts=FACTS, expect=expect)


def test_continuation_has_a_rule_of_its_own(spec):
    """A request to continue is judged by the rule for continuation, and only its criteria are asked."""
    spec.policy(
        criteria=CRITERIA,
        coverages=COVERAGES,
        request=ASKED + "\nphase: continuation",
        facts=FACTS,
        expect="unknown; better unknown",
    )


def test_a_policy_reaches_the_conditions_it_names(spec):
    """A request for a condition that no coverage names, or anything narrower, is not met. With no condition told it is
    unknown.
    """
    spec.policy(
        criteria=CRITERIA, coverages=COVERAGES, request="indications: dx.arthritis", facts=FACTS, expect="not met"
    )
    spec.policy(criteria=CRITERIA, coverages=COVERAGES, facts=FACTS, expect="unknown")
    spec.policy(
        criteria=CRITERIA,
        coverages=COVERAGES,
        request=ASKED.replace("dx.dm", "dx.jdm"),
        facts=FACTS,
        expect="met; disease met, failed met",
    )


def test_a_coverage_without_conditions_is_for_every_condition(spec):
    """A coverage that names no condition is for every one."""
    spec.policy(
        criteria=CRITERIA,
        coverages="- conditions: []\n  start: {ref: disease}",
        request="indications: dx.arthritis",
        facts=FACTS,
        expect="met; disease met",
    )
