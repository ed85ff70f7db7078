title = "`at_least`: so many of the parts"


def test_at_least_is_met_once_enough_parts_are_met(spec):
    """It is met once `n` parts are met, whatever the others are."""
    spec(
        facts="""
        concept          | says
        finding.rash     | present
        finding.fever    | present
        """,
        rule="at_least: {n: 2, of: [{has: finding.rash}, {has: finding.weakness}, {has: finding.fever}]}",
        expect="met",
    )


def test_at_least_is_not_met_once_too_few_could_be_met(spec):
    """It is not met once too few parts are left that could be."""
    spec(
        facts="""
        concept          | says
        finding.rash     | absent
        finding.fever    | absent
        """,
        rule="at_least: {n: 2, of: [{has: finding.rash}, {has: finding.weakness}, {has: finding.fever}]}",
        expect="not met",
    )


def test_at_least_is_unknown_between(spec):
    """Between the two it is unknown, and names the parts that nobody recorded: not those that are met or not met."""
    spec(
        facts="""
        concept          | says
        finding.rash     | present
        finding.fever    | absent
        """,
        rule="at_least: {n: 2, of: [{has: finding.rash}, {has: finding.weakness}, {has: finding.fever}, {has: dx.dm}]}",
        expect="unknown: finding.weakness is not documented; dx.dm is not documented",
    )
