title = "`codes`: ICD-10-CM codes"


def test_a_code_stated_lies_in_a_range_or_not(spec):
    """A code of the request is one of the codes, below one of the categories, or inside one of the ranges, its ends
    among them. A category stands for its first code.
    """
    for code, expect in (
        ("M08.00", "met"),
        ("M08.3", "met"),
        ("M10.9", "met"),
        ("M08", "met"),
        ("M07.9", "not met"),
        ("M11.0", "not met"),
    ):
        spec(request=f"codes: {code}", rule="codes: [M08.00-M10.9]", expect=expect)
    spec(request="codes: M33.13", rule="codes: [M33.1]", expect="met")


def test_the_codes_of_what_is_asked_for_count(spec):
    """The condition asked for has its own codes, and those stated beside it in the record."""
    spec(request="indications: dx.jdm", rule="codes: [M33.0]", expect="met")
    spec(
        facts="""
        concept     | codes
        dx.myositis | M60.9
        """,
        request="indications: dx.myositis",
        rule="codes: [M60]",
        expect="met",
    )


def test_a_stated_code_speaks_before_the_condition_s_own(spec):
    """Where a code is stated, the codes that the condition has in general say nothing. Where none is, they speak as far
    as they agree: a condition some of whose codes are listed leaves it open.
    """
    spec(request="indications: dx.jdm\ncodes: M60.9", rule="codes: [M33.0]", expect="not met")
    spec(request="indications: dx.arthritis", rule="codes: [M33.0]", expect="not met")


def test_no_code_and_no_condition_is_unknown(spec):
    """Without any code it is unknown. A billing code of the product is no diagnosis."""
    spec(request="codes: J1561", rule="codes: [M33]", expect="unknown: request.codes is not documented")
