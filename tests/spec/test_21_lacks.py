title = "`lacks`: documented as absent"


def test_lacks_is_met_by_a_denial_only(spec):
    """`lacks` is the opposite of `has`: a denial meets it, presence fails it, silence leaves it unknown."""
    spec(
        facts="""
        concept                | says
        finding.heart_failure  | absent
        """,
        rule="lacks: finding.heart_failure",
        expect="met",
    )
    spec(
        facts="""
        concept                | says
        finding.heart_failure  | present
        """,
        rule="lacks: finding.heart_failure",
        expect="not met",
    )
    spec(rule="lacks: finding.heart_failure", expect="unknown: finding.heart_failure is not documented")
