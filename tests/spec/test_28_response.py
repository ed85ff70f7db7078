title = "`response`: how the disease answered"


def test_the_course_told_is_one_of_those_asked_for_or_not(spec):
    """For continuation: the course of the disease is one of those asked for, or not; nothing told is unknown."""
    asked = "response: {is: [improved, stable]}"
    for course, expect in (("improved", "met"), ("worsened", "not met")):
        spec(
            facts=f"""
            concept | course
            dx.dm   | {course}
            """,
            rule=asked,
            expect=expect,
        )
    spec(rule=asked, expect="unknown: request.response is not documented")


def test_courses_that_exclude_each_other_conflict(spec):
    """Two courses told of one day, or of no day, that exclude each other conflict; the latest counts when dated."""
    asked = "response: {is: improved, concept: dx.dm}"
    spec(
        facts="""
        concept | course
        dx.dm   | improved
        dx.dm   | worsened
        """,
        rule=asked,
        expect="unknown: dx.dm is conflicting",
    )
    spec(
        facts="""
        concept | course   | on
        dx.dm   | improved | 2025-06-01
        dx.dm   | worsened | 2026-01-01
        """,
        rule=asked,
        expect="not met",
    )


def test_better_stable_and_relapsed_without_it_may_all_be_true(spec):
    """Only worse excludes the others: a patient may be stable on treatment and have relapsed when it was stopped."""
    both = """
        concept | course
        dx.dm   | stable
        dx.dm   | relapse_off_treatment
    """
    spec(facts=both, rule="response: [improved, relapse_off_treatment]", expect="met")
    spec(facts=both, rule="response: [worsened]", expect="not met")
    against = """
        concept | course
        dx.dm   | stable
        dx.dm   | worsened
    """
    spec(facts=against, rule="response: [stable]", expect="unknown: request.response is conflicting")
