title = "`result`: what a test showed"


def test_a_result_is_one_of_those_asked_for_or_not(spec):
    """The result told is compared with the words asked for: positive, negative, elevated, low, normal, abnormal."""
    spec(
        facts="""
        concept | result
        ab.jo1  | positive
        """,
        rule="result: {concept: ab.jo1, is: positive}",
        expect="met",
    )
    spec(
        facts="""
        concept | result
        lab.ck  | normal
        """,
        rule="result: {concept: lab.ck, is: [elevated, low]}",
        expect="not met",
    )


def test_a_number_says_something_only_where_it_would_in_any_laboratory(spec):
    """Where a test has limits that no laboratory's range goes beyond (here 1000 U/L), a value beyond them is elevated
    or low, and one inside says nothing. One that says nothing stands against an undated one that does.
    """
    for value, asked, expect in (
        ("7800 U/L", "elevated", "met"),
        ("7800 U/L", "normal", "not met"),
        ("1000 U/L", "elevated", "unknown: lab.ldh is unclear"),
        ("900 U/L", "elevated", "unknown: lab.ldh is unclear"),
        ("900 U/L", "normal", "unknown: lab.ldh is unclear"),
    ):
        spec(
            facts=f"""
            concept | value
            lab.ldh | {value}
            """,
            rule=f"result: {{concept: lab.ldh, is: {asked}}}",
            expect=expect,
        )
    for value, expect in (("310 mg/dL", "met"), ("700 mg/dL", "unknown: lab.igg is unclear")):
        spec(
            facts=f"""
            concept | value
            lab.igg | {value}
            """,
            rule="result: {concept: lab.igg, is: low}",
            expect=expect,
        )
    spec(
        facts="""
        concept | value    | on
        lab.ldh | 7800 U/L |
        lab.ldh | 96 U/L   | 2026-02-01
        """,
        rule="result: {concept: lab.ldh, is: elevated}",
        expect="unknown: lab.ldh is conflicting",
    )


def test_words_that_say_the_same(spec):
    """Elevated is positive and abnormal; normal is negative. Positive or abnormal alone does not say elevated."""
    for told, asked, expect in (
        ("elevated", "positive", "met"),
        ("normal", "negative", "met"),
        ("low", "abnormal", "met"),
        ("positive", "elevated", "unknown: ab.jo1 is unclear"),
        ("abnormal", "positive", "unknown: ab.jo1 is unclear"),
        ("low", "elevated", "not met"),
    ):
        spec(
            facts=f"""
            concept | result
            ab.jo1  | {told}
            """,
            rule=f"result: {{concept: ab.jo1, is: {asked}}}",
            expect=expect,
        )


def test_one_positive_test_of_a_class_is_positive_one_negative_leaves_the_class_open(spec):
    """One positive antibody of a class makes the class positive. One negative leaves it open; a negative class settles
    all.
    """
    asked = "result: {concept: ab.myositis, is: positive}"
    spec(
        facts="""
        concept | result
        ab.jo1  | positive
        ab.mi2  | negative
        """,
        rule=asked,
        expect="met",
    )
    spec(
        facts="""
        concept | result
        ab.jo1  | negative
        """,
        rule=asked,
        expect="unknown: ab.myositis is unclear",
    )
    spec(
        facts="""
        concept      | result
        ab.myositis  | negative
        """,
        rule="result: {concept: ab.jo1, is: positive}",
        expect="not met",
    )


def test_a_newer_test_replaces_an_older_one_of_the_same_thing_only(spec):
    """The latest result of each test counts. A newer test of something else does not take its place."""
    spec(
        facts="""
        concept | result   | on
        ab.jo1  | positive | 2025-06-01
        ab.jo1  | negative | 2026-01-01
        """,
        rule="result: {concept: ab.jo1, is: positive}",
        expect="not met",
    )
    spec(
        facts="""
        concept | result   | on
        ab.jo1  | positive | 2025-06-01
        ab.mi2  | negative | 2026-01-01
        """,
        rule="result: {concept: ab.myositis, is: positive}",
        expect="met",
    )


def test_results_that_disagree_are_a_conflict(spec):
    """Two results of one test that disagree, with no day to say which is later, conflict."""
    spec(
        facts="""
        concept | result
        ab.jo1  | positive
        ab.jo1  | negative
        """,
        rule="result: {concept: ab.jo1, is: positive}",
        expect="unknown: ab.jo1 is conflicting",
    )
