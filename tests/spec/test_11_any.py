title = "`any`: at least one part"


def test_one_part_met_settles_any(spec):
    """One part that is met settles it; what is unknown beside it is not asked for."""
    spec(
        facts="""
        concept | says
        dx.dm   | present
        """,
        rule="any: [{has: finding.rash}, {has: dx.dm}]",
        expect="met",
        deciding="dx.dm met",
    )


def test_any_is_not_met_only_when_every_part_is_not_met(spec):
    """It is not met only when every part is not met."""
    spec(
        facts="""
        concept       | says
        dx.dm         | absent
        finding.rash  | absent
        """,
        rule="any: [{has: finding.rash}, {has: dx.dm}]",
        expect="not met",
    )


def test_any_is_unknown_while_a_part_could_still_be_met(spec):
    """While one part could still be met it is unknown."""
    spec(
        facts="""
        concept | says
        dx.dm   | absent
        """,
        rule="any: [{has: finding.rash}, {has: dx.dm}]",
        expect="unknown: finding.rash is not documented",
    )
