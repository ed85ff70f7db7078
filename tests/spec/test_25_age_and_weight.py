title = "`age` and `weight`"


def test_age_is_held_against_a_limit(spec):
    """The age on record is compared with the limit, in years, months, weeks or days."""
    for age, expect in (("14 a", "met"), ("18 a", "not met"), ("20 mo", "met")):
        spec(
            facts=f"""
            concept  | value
            demo.age | {age}
            """,
            rule='age: "< 18 a"',
            expect=expect,
        )


def test_no_age_is_unknown(spec):
    """An age that nobody told is asked for, never assumed."""
    spec(rule='age: "< 18 a"', expect="unknown: demo.age is not documented", settles="value")


def test_two_ages_are_a_conflict_only_where_it_matters(spec):
    """Documents that disagree conflict where the limit lies between them, and not where both say the same of it."""
    ages = """
    concept  | value
    demo.age | 14 a
    demo.age | 41 a
    """
    spec(facts=ages, rule='age: "< 18 a"', expect="unknown: demo.age is conflicting")
    spec(facts=ages, rule='age: ">= 12 a"', expect="met")


def test_weight_is_held_against_a_limit(spec):
    """So is the weight; the latest counts when weights are dated."""
    spec(
        facts="""
        concept     | value | on
        demo.weight | 34 kg | 2025-01-01
        demo.weight | 41 kg | 2026-01-01
        """,
        rule='weight: ">= 40 kg"',
        expect="met",
    )
