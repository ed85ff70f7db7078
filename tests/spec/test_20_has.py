title = "`has`: documented as present"


def test_a_present_fact_meets_has(spec):
    """A fact that says so, surely, meets it."""
    spec(
        facts="""
        concept | says
        dx.dm   | present
        """,
        rule="has: dx.dm",
        expect="met",
    )


def test_something_narrower_meets_has(spec):
    """So does a fact of anything narrower: juvenile dermatomyositis is dermatomyositis, and myositis."""
    spec(
        facts="""
        concept | says
        dx.jdm  | present
        """,
        rule="has: dx.myositis",
        expect="met",
    )


def test_something_broader_does_not(spec):
    """Something broader leaves it open: myositis may or may not be dermatomyositis."""
    spec(
        facts="""
        concept      | says
        dx.myositis  | present
        """,
        rule="has: dx.dm",
        expect="unknown: dx.dm is not documented",
    )


def test_a_denial_fails_has_and_so_does_the_denial_of_something_broader(spec):
    """A denial fails it; so does the denial of anything broader. Denying something narrower leaves it open."""
    spec(
        facts="""
        concept      | says
        dx.myositis  | absent
        """,
        rule="has: dx.dm",
        expect="not met",
    )
    spec(
        facts="""
        concept | says
        dx.jdm  | absent
        """,
        rule="has: dx.dm",
        expect="unknown: dx.dm is not documented",
    )


def test_silence_is_never_failure(spec):
    """Nothing said is unknown, never not met."""
    spec(rule="has: dx.dm", expect="unknown: dx.dm is not documented", settles="documentation")


def test_not_documented_in_so_many_words_is_not_a_denial(spec):
    """ "No mention of fever" says nothing about fever: unclear, not absent."""
    spec(
        facts="""
        concept        | says
        finding.fever  | not_documented
        """,
        rule="has: finding.fever",
        expect="unknown: finding.fever is unclear",
    )


def test_probable_and_possible_are_not_sure_enough(spec):
    """What is only probable or possible is unclear until somebody confirms it; what is ruled out is absent."""
    for said in ("probable", "possible"):
        spec(
            facts=f"""
            concept | says
            dx.dm   | {said}
            """,
            rule="has: dx.dm",
            expect="unknown: dx.dm is unclear",
            settles="confirmation",
        )
    spec(
        facts="""
        concept | says
        dx.dm   | ruled_out
        """,
        rule="has: dx.dm",
        expect="not met",
    )


def test_planned_and_supposed_are_not_facts_yet(spec):
    """What is planned, or supposed ("if fever develops"), is not so yet."""
    for said in ("planned", "hypothetical"):
        spec(
            facts=f"""
            concept        | says
            finding.fever  | {said}
            """,
            rule="has: finding.fever",
            expect="unknown: finding.fever is not documented",
        )


def test_the_past_counts_unless_now_is_asked_for(spec):
    """A past fact meets `has`. With `now: true` it leaves the question open; what has resolved fails it then."""
    past = """
    concept          | says
    finding.weakness | past
    """
    resolved = """
    concept          | says
    finding.weakness | resolved
    """
    spec(facts=past, rule="has: finding.weakness", expect="met")
    now = "has: {concept: finding.weakness, now: true}"
    spec(facts=past, rule=now, expect="unknown: finding.weakness is outside its window")
    spec(facts=resolved, rule=now, expect="not met")
    spec(facts=resolved, rule="has: finding.weakness", expect="unknown: finding.weakness is unclear")


def test_a_finding_that_speaks_against_another_fails_it(spec):
    """Some findings speak against others: a granuloma is not myositis pathology. The other being there outweighs it."""
    spec(
        facts="""
        concept         | says
        path.granuloma  | present
        """,
        rule="has: path.myositis",
        expect="not met",
    )
    spec(
        facts="""
        concept         | says
        path.granuloma  | present
        path.myositis   | present
        """,
        rule="has: path.myositis",
        expect="met",
    )


def test_an_antibody_is_there_when_its_test_is_positive(spec):
    """A positive antibody is present, a negative one absent."""
    spec(
        facts="""
        concept | result
        ab.jo1  | positive
        """,
        rule="has: ab.myositis",
        expect="met",
    )
    spec(
        facts="""
        concept      | result
        ab.myositis  | negative
        """,
        rule="has: ab.jo1",
        expect="not met",
    )


def test_a_drug_of_the_past_is_not_taken_now(spec):
    """A drug that was taken meets `has`; with `now: true` only one that is taken today does."""
    past = """
    concept            | stage
    drug.methotrexate  | past
    """
    current = """
    concept            | stage
    drug.methotrexate  | current
    """
    now = "has: {concept: drug.methotrexate, now: true}"
    spec(facts=past, rule="has: drug.methotrexate", expect="met")
    spec(facts=past, rule=now, expect="unknown: drug.methotrexate is outside its window")
    spec(facts=current, rule=now, expect="met")
