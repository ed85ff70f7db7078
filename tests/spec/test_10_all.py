title = "`all`: every part"


def test_all_is_met_when_every_part_is_met(spec):
    """`all` is met when every part is."""
    spec(
        facts="""
        concept       | says
        dx.dm         | present
        finding.rash  | present
        """,
        rule="all: [{has: dx.dm}, {has: finding.rash}]",
        expect="met",
    )


def test_one_part_not_met_settles_all(spec):
    """One part that is not met settles it, whatever else is unknown."""
    spec(
        facts="""
        concept | says
        dx.dm   | absent
        """,
        rule="all: [{has: dx.dm}, {has: finding.rash}]",
        expect="not met",
        deciding="dx.dm not met",
    )


def test_all_is_unknown_when_a_part_is_unknown_and_none_fails(spec):
    """An unknown part leaves it unknown, and its gap is what is missing. Every part is looked at, so all gaps are
    named.
    """
    spec(
        facts="""
        concept | says
        dx.dm   | present
        """,
        rule="all: [{has: finding.rash}, {has: dx.dm}, {has: finding.fever}]",
        expect="unknown: finding.rash is not documented; finding.fever is not documented",
    )
