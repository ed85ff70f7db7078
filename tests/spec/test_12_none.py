title = "`none`: not one part"


def test_none_is_met_when_every_part_is_denied(spec):
    """`none` is met when every part is not met: the record has to say so."""
    spec(
        facts="""
        concept                | says
        dx.arthritis           | absent
        finding.heart_failure  | absent
        """,
        rule="none: [{has: dx.arthritis}, {has: finding.heart_failure}]",
        expect="met",
        deciding="dx.arthritis not met; finding.heart_failure not met",
    )


def test_none_is_not_met_when_one_part_is_met(spec):
    """One part that is met fails it."""
    spec(
        facts="""
        concept                | says
        finding.heart_failure  | present
        """,
        rule="none: [{has: dx.arthritis}, {has: finding.heart_failure}]",
        expect="not met",
    )


def test_silence_does_not_meet_none(spec):
    """Nothing said is not "none": the gap is named."""
    spec(
        rule="none: [{has: finding.heart_failure}]",
        expect="unknown: finding.heart_failure is not documented",
    )
