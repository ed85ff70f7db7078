title = "What is missing"


def test_gaps_are_named_once_the_most_telling_first(spec):
    """What the finding hangs on comes first, then what the dose check lacks. Each gap is named once."""
    spec.missing(
        criteria="""
        - id: disease
          has: dx.dm
        - id: again
          any: [{has: dx.dm}, {has: finding.rash}]
        """,
        expect="""
        dx.dm is not documented
        finding.rash is not documented
        request.regimen is not documented
        demo.weight is not documented
        demo.age is not documented
        """,
    )


def test_what_is_known_is_not_asked_for(spec):
    """What the record holds is not asked for again."""
    spec.missing(
        criteria="""
        - id: disease
          has: dx.dm
        """,
        facts="""
        concept     | says    | value
        dx.dm       | present |
        demo.age    |         | 14 a
        demo.weight |         | 35 kg
        """,
        request="regimen: {per_course: 70 g, interval: 4 wk}",
        expect="",
    )
