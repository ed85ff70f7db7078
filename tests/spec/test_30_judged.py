title = "`judged`: only a person can say"


def test_judged_is_unknown_until_a_reviewer_attests(spec):
    """A question for a person is unknown until a reviewer attests to it, either way."""
    asked = 'judged: "Is the dose reasonable?"'
    spec(rule=asked, expect="unknown: Is the dose reasonable? needs judgement", settles="judgement")
    for said, expect in (("present", "met"), ("absent", "not met")):
        spec(
            facts=f"""
            concept                        | says
            judged:Is the dose reasonable? | {said}
            """,
            rule=asked,
            expect=expect,
        )


def test_reviewers_who_disagree_conflict(spec):
    """Two reviewers who disagree conflict."""
    spec(
        facts="""
        concept                        | says
        judged:Is the dose reasonable? | present
        judged:Is the dose reasonable? | absent
        """,
        rule='judged: "Is the dose reasonable?"',
        expect="unknown: Is the dose reasonable? is conflicting",
    )
