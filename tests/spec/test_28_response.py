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
