title = "Conflicts"


def test_present_and_absent_conflict(spec):
    """One document says yes, another no: unknown, and which is right is asked. Nothing is resolved silently."""
    spec(
        facts="""
        concept      | says
        finding.rash | present
        finding.rash | absent
        """,
        rule="has: finding.rash",
        expect="unknown: finding.rash is conflicting",
        settles="which_is_right",
    )


def test_something_narrower_present_conflicts_with_the_denial_of_something_broader(spec):
    """A narrower thing present and a broader thing denied conflict too."""
    spec(
        facts="""
        concept                   | says
        finding.proximal_weakness | present
        finding.weakness          | absent
        """,
        rule="has: finding.proximal_weakness",
        expect="unknown: finding.proximal_weakness is conflicting",
    )


def test_what_was_so_before_and_is_not_so_now_was_so(spec):
    """A finding of the past beside its absence today is no conflict: it was so, and it is not so at present."""
    told = """
        concept      | says
        finding.rash | present, past
        finding.rash | absent
        """
    spec(facts=told, rule="has: finding.rash", expect="met")
    spec(facts=told, rule="has: {concept: finding.rash, now: true}", expect="not met")
