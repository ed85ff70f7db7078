title = "The trace"


def test_the_leaves_that_decide(spec):
    """The trace keeps every part. The leaves that carry the verdict are those whose verdict made it."""
    facts = """
    concept          | says
    dx.dm            | present
    finding.rash     | absent
    finding.weakness | present
    """
    spec(
        facts=facts,
        rule="all: [{has: dx.dm}, {any: [{has: finding.rash}, {has: finding.weakness}]}]",
        expect="met",
        deciding="dx.dm met; finding.weakness met",
    )
    spec(
        facts=facts,
        rule="all: [{has: dx.dm}, {none: [{has: finding.weakness}]}, {has: finding.fever}]",
        expect="not met",
        deciding="finding.weakness met",
    )


def test_an_unknown_is_decided_by_what_is_unknown(spec):
    """An unknown verdict is decided by its unknown leaves, and their gaps are what is missing."""
    spec(
        facts="""
        concept       | says
        finding.rash  | absent
        """,
        rule="any: [{has: finding.rash}, {has: finding.fever}]",
        expect="unknown: finding.fever is not documented",
        deciding="finding.fever unknown",
    )
