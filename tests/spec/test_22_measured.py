title = "`measured`: limits on a measured value"


def test_no_measurement_is_unknown_not_failed(spec):
    """Silence cannot fail a limit: the verdict is unknown and names what is missing."""
    spec(
        rule='measured: {concept: lab.igg, is: "<= 400 mg/dL"}',
        expect="unknown: lab.igg is not documented",
        settles="value",
    )


def test_a_value_meets_or_fails_the_limit(spec):
    """A value is compared with the limit; the ends count with `<=` and `>=`, not with `<` and `>`."""
    value = """
    concept | value
    lab.igg | 400 mg/dL
    """
    spec(facts=value, rule='measured: {concept: lab.igg, is: "<= 400 mg/dL"}', expect="met")
    spec(facts=value, rule='measured: {concept: lab.igg, is: "< 400 mg/dL"}', expect="not met")


def test_an_earlier_value_does_not_count_beside_one_of_now(spec):
    """Without days, a value said to be earlier (`62% (was 75%)`) gives way to the one of now."""
    spec(
        facts="""
        concept | value     | says
        lab.igg | 900 mg/dL | past
        lab.igg | 380 mg/dL |
        """,
        rule='measured: {concept: lab.igg, is: "<= 400 mg/dL"}',
        expect="met",
    )


def test_units_are_converted_exactly(spec):
    """The value may be in any unit of the same dimension; a unit of another dimension says nothing."""
    spec(
        facts="""
        concept | value
        lab.igg | 4 g/L
        """,
        rule='measured: {concept: lab.igg, is: "<= 400 mg/dL"}',
        expect="met",
    )
    spec(
        facts="""
        concept | value
        lab.igg | 4 U/L
        """,
        rule='measured: {concept: lab.igg, is: "<= 400 mg/dL"}',
        expect="unknown: lab.igg is unclear",
    )


def test_a_range_that_straddles_the_limit_is_unclear(spec):
    """A value told as a range meets the limit when all of it does, and is unclear when only some of it does."""
    spec(
        facts="""
        concept | value
        lab.igg | < 350 mg/dL
        """,
        rule='measured: {concept: lab.igg, is: "<= 400 mg/dL"}',
        expect="met",
    )
    spec(
        facts="""
        concept | value
        lab.igg | 350-450 mg/dL
        """,
        rule='measured: {concept: lab.igg, is: "<= 400 mg/dL"}',
        expect="unknown: lab.igg is unclear",
    )


def test_a_word_is_not_a_value(spec):
    """ "Low" is not a number: the value is asked for."""
    spec(
        facts="""
        concept | result
        lab.igg | low
        """,
        rule='measured: {concept: lab.igg, is: "<= 400 mg/dL"}',
        expect="unknown: lab.igg is unclear",
        settles="value",
    )


def test_the_latest_value_counts(spec):
    """When every value has its day, the latest counts."""
    spec(
        facts="""
        concept | value     | on
        lab.igg | 300 mg/dL | 2025-06-01
        lab.igg | 700 mg/dL | 2026-02-01
        """,
        rule='measured: {concept: lab.igg, is: "<= 400 mg/dL"}',
        expect="not met",
    )


def test_values_of_unknown_day_that_disagree_are_a_conflict(spec):
    """Without days, values on both sides of the limit conflict: which is right is asked, none is chosen."""
    spec(
        facts="""
        concept | value
        lab.igg | 300 mg/dL
        lab.igg | 700 mg/dL
        """,
        rule='measured: {concept: lab.igg, is: "<= 400 mg/dL"}',
        expect="unknown: lab.igg is conflicting",
        settles="which_is_right",
    )


def test_within_asks_for_a_recent_value(spec):
    """`within` counts back from the day of the decision. An older value is outside its window: it neither meets nor
    fails.
    """
    rule = 'measured: {concept: lab.igg, is: "<= 400 mg/dL", within: 90 d}'
    for day, expect in (
        ("2026-01-01", "met"),
        ("2025-12-01", "met"),
        ("2025-11-30", "unknown: lab.igg is outside its window"),
    ):
        spec(
            facts=f"""
            concept | value     | on
            lab.igg | 350 mg/dL | {day}
            """,
            rule=rule,
            on="2026-03-01",
            expect=expect,
        )


def test_a_value_of_unknown_day_cannot_fill_a_window(spec):
    """A value whose day nobody told cannot fill a window: the day is asked for."""
    spec(
        facts="""
        concept | value
        lab.igg | 350 mg/dL
        """,
        rule='measured: {concept: lab.igg, is: "<= 400 mg/dL", within: 90 d}',
        expect="unknown: lab.igg is outside its window",
        settles="date",
    )


def test_times_asks_for_so_many_values_so_far_apart(spec):
    """`times` asks for several values that meet the limit, each `apart` from the one counted before it, or just so."""
    rule = 'measured: {concept: lab.igg, is: "<= 400 mg/dL", times: 2, apart: 3 wk}'
    spec(
        facts="""
        concept | value     | on
        lab.igg | 350 mg/dL | 2026-01-01
        lab.igg | 380 mg/dL | 2026-01-22
        """,
        rule=rule,
        expect="met",
    )
    spec(
        facts="""
        concept | value     | on
        lab.igg | 350 mg/dL | 2026-01-01
        lab.igg | 380 mg/dL | 2026-01-21
        """,
        rule=rule,
        expect="unknown: lab.igg is not documented",
        settles="another_value",
    )


def test_repeated_values_of_unknown_day_do_not_fill_a_window(spec):
    """Two low values are two low values, but not two within 90 days until somebody says when they were."""
    values = """
    concept | value
    lab.igg | 350 mg/dL
    lab.igg | 380 mg/dL
    """
    spec(facts=values, rule='measured: {concept: lab.igg, is: "<= 400 mg/dL", times: 2}', expect="met")
    spec(
        facts=values,
        rule='measured: {concept: lab.igg, is: "<= 400 mg/dL", times: 2, within: 90 d}',
        expect="unknown: lab.igg is unclear",
        settles="date",
    )


def test_a_value_after_the_day_of_the_decision_does_not_count(spec):
    """A decision is made on a day; what was measured later was not known then."""
    spec(
        facts="""
        concept | value     | on
        lab.igg | 350 mg/dL | 2026-04-01
        """,
        rule='measured: {concept: lab.igg, is: "<= 400 mg/dL"}',
        on="2026-03-01",
        expect="unknown: lab.igg is outside its window",
    )
