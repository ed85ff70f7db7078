title = "`ref`: another criterion"


def test_ref_has_the_verdict_of_the_criterion_it_names(spec):
    """`ref` stands for another criterion of the same document and has its verdict and its gaps."""
    criteria = """
    - id: rash
      has: finding.rash
    """
    spec(criteria=criteria, rule="all: [{ref: rash}]", expect="unknown: finding.rash is not documented")
    spec(
        criteria=criteria,
        facts="""
        concept       | says
        finding.rash  | present
        """,
        rule="all: [{ref: rash}]",
        expect="met",
    )
