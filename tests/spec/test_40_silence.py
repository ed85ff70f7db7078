title = "Silence, and `when_silent`"


def test_the_author_may_say_what_silence_counts_as(spec):
    """`when_silent` is the author's choice of what silence counts as. The gap stays, and the trace says so."""
    spec(
        rule="lacks: {concept: finding.heart_failure, when_silent: met}",
        expect="met by silence: finding.heart_failure is not documented",
    )
    spec(
        rule='measured: {concept: lab.igg, is: "<= 400 mg/dL", when_silent: not_met}',
        expect="not met by silence: lab.igg is not documented",
    )


def test_when_silent_speaks_only_where_nothing_was_said(spec):
    """It speaks only where nothing was said: what is unclear, conflicting or outside its window stays unknown."""
    spec(
        facts="""
        concept                | says
        finding.heart_failure  | possible
        """,
        rule="lacks: {concept: finding.heart_failure, when_silent: met}",
        expect="unknown: finding.heart_failure is unclear",
    )


def test_what_was_said_outweighs_when_silent(spec):
    """What the record says always outweighs it."""
    spec(
        facts="""
        concept                | says
        finding.heart_failure  | present
        """,
        rule="lacks: {concept: finding.heart_failure, when_silent: met}",
        expect="not met",
    )


def test_a_question_for_a_person_is_not_answered_by_silence(spec):
    """A question for a person is never answered by silence."""
    spec(
        rule='judged: {question: "Is the dose reasonable?", when_silent: met}',
        expect="unknown: Is the dose reasonable? needs judgement",
    )


def test_what_was_told_carries_a_verdict_before_what_silence_was_taken_for(spec):
    """Where one part is enough, a part that was told carries the verdict, and nothing is missing for it."""
    for told, carries in (("dx.dm | present", "dx.dm met"), ("dx.dm | absent", "finding.heart_failure met")):
        spec(
            facts=f"""
            concept | says
            {told}
            """,
            rule="any: [{lacks: {concept: finding.heart_failure, when_silent: met}}, {has: dx.dm}]",
            expect="met" if "present" in told else "met by silence: finding.heart_failure is not documented",
            deciding=carries,
        )
