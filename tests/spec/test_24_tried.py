title = "`tried`: a drug or class, with an outcome"


def test_treated_with_is_not_failed(spec):
    """ "Treated with" tells no outcome: it meets exposure, and leaves failure open. What came of the drug is asked
    for.
    """
    treated = """
    concept           | stage | outcome
    drug.methotrexate | past  | unknown
    """
    spec(facts=treated, rule="tried: drug.methotrexate", expect="met")
    spec(
        facts=treated,
        rule="tried: {concept: drug.methotrexate, outcomes: failed}",
        expect="unknown: drug.methotrexate is unclear",
        settles="outcome",
    )


def test_an_outcome_told_meets_or_fails(spec):
    """One of the outcomes asked for meets it. A drug that worked has not failed."""
    asked = "tried: {concept: drug.methotrexate, outcomes: [failed, partial]}"
    for outcome, expect in (("failed", "met"), ("partial", "met"), ("effective", "not met")):
        spec(
            facts=f"""
            concept           | stage | outcome
            drug.methotrexate | past  | {outcome}
            """,
            rule=asked,
            expect=expect,
        )


def test_a_current_drug_has_not_failed_by_being_current(spec):
    """A drug that is current is not failed: its outcome is open until told."""
    spec(
        facts="""
        concept           | stage   | outcome
        drug.azathioprine | current | unknown
        """,
        rule="tried: {concept: drug.azathioprine, outcomes: failed}",
        expect="unknown: drug.azathioprine is unclear",
    )


def test_a_class_is_met_by_any_of_its_drugs(spec):
    """A class is met by any drug of it; a drug of it that worked leaves the others open."""
    asked = "tried: {concept: class.suppressant, outcomes: failed}"
    spec(
        facts="""
        concept           | stage | outcome
        drug.methotrexate | past  | failed
        """,
        rule=asked,
        expect="met",
    )
    spec(
        facts="""
        concept           | stage | outcome
        drug.methotrexate | past  | effective
        """,
        rule=asked,
        expect="unknown: class.suppressant is not documented",
    )


def test_count_asks_for_so_many_different_drugs(spec):
    """`count` asks for so many different drugs: one drug twice is one drug. One that worked leaves the others open."""
    asked = "tried: {concept: class.suppressant, outcomes: failed, count: 2}"
    spec(
        facts="""
        concept           | stage | outcome
        drug.methotrexate | past  | failed
        drug.azathioprine | past  | failed
        """,
        rule=asked,
        expect="met",
    )
    spec(
        facts="""
        concept           | stage | outcome | started
        drug.methotrexate | past  | failed  | 2024-01-01
        drug.methotrexate | past  | failed  | 2025-01-01
        """,
        rule=asked,
        expect="unknown: class.suppressant is not documented",
    )
    one_that_worked = """
    concept           | stage | outcome
    class.suppressant | past  | effective
    """
    spec(facts=one_that_worked, rule=asked, expect="unknown: class.suppressant is not documented")
    spec(facts=one_that_worked, rule=asked.replace(", count: 2", ""), expect="not met")


def test_a_class_told_with_a_number_counts_for_so_many(spec):
    """A class told with a number (*two immunosuppressants*) counts for so many drugs; those of it that are also named
    are among them.
    """
    two = """
    concept           | stage | outcome | count
    class.suppressant | past  | failed  | 2
    """
    spec(facts=two, rule="tried: {concept: class.suppressant, outcomes: failed, count: 2}", expect="met")
    named = """
    concept           | stage | outcome | count
    class.suppressant | past  | failed  | 2
    drug.methotrexate | past  | failed  |
    """
    spec(facts=named, rule="tried: {concept: class.suppressant, outcomes: failed, count: 2}", expect="met")
    spec(
        facts=named,
        rule="tried: {concept: class.suppressant, outcomes: failed, count: 3}",
        expect="unknown: class.suppressant is not documented",
    )


def test_never_fails_tried(spec):
    """ "Never had" fails it, for the drug and for every drug of a class."""
    spec(
        facts="""
        concept           | stage
        class.suppressant | never
        """,
        rule="tried: drug.methotrexate",
        expect="not met",
    )
    spec(rule="tried: drug.methotrexate", expect="unknown: drug.methotrexate is not documented")


def test_never_beside_a_drug_that_was_tried_is_a_conflict(spec):
    """ "No immunosuppressant" beside a failed methotrexate conflicts."""
    spec(
        facts="""
        concept           | stage | outcome
        class.suppressant | never |
        drug.methotrexate | past  | failed
        """,
        rule="tried: {concept: drug.methotrexate, outcomes: failed}",
        expect="unknown: drug.methotrexate is conflicting",
    )


def test_a_drug_that_cannot_be_given_counts_where_the_rule_says_so(spec):
    """Intolerance, allergy and contraindication count where they are listed, however short the trial was."""
    contraindicated = """
    concept           | stage | tolerance
    drug.methotrexate | never | contraindicated
    """
    asked = "tried: {concept: drug.methotrexate, outcomes: [failed, contraindicated], for_at_least: 12 wk}"
    spec(facts=contraindicated, rule=asked, expect="met")
    spec(facts=contraindicated, rule="tried: {concept: drug.methotrexate, outcomes: failed}", expect="not met")


def test_for_at_least_asks_for_a_long_enough_trial(spec):
    """`for_at_least` is held against the duration told, or the days between start and end; just so long is long enough.
    Neither told, it is asked for.
    """
    asked = "tried: {concept: drug.methotrexate, outcomes: failed, for_at_least: 12 wk}"
    for duration, expect in (("4 mo", "met"), ("12 wk", "met"), ("83 d", "not met")):
        spec(
            facts=f"""
            concept           | stage | outcome | for
            drug.methotrexate | past  | failed  | {duration}
            """,
            rule=asked,
            expect=expect,
        )
    for ended, expect in (("2025-03-26", "met"), ("2025-03-25", "not met")):
        spec(
            facts=f"""
            concept           | stage | outcome | started    | ended
            drug.methotrexate | past  | failed  | 2025-01-01 | {ended}
            """,
            rule=asked,
            expect=expect,
        )
    spec(
        facts="""
        concept           | stage | outcome
        drug.methotrexate | past  | failed
        """,
        rule=asked,
        expect="unknown: drug.methotrexate is unclear",
        settles="duration",
    )


def test_within_asks_for_a_recent_trial(spec):
    """`within` asks that the drug is current or ended not longer ago; when it ended is asked for."""
    asked = "tried: {concept: drug.methotrexate, within: 52 wk}"
    for stage, ended, expect in (
        ("past", "2025-03-02", "met"),
        ("past", "2025-03-01", "not met"),
        ("past", "", "unknown: drug.methotrexate is unclear"),
        ("current", "", "met"),
    ):
        spec(
            facts=f"""
            concept           | stage   | ended
            drug.methotrexate | {stage} | {ended}
            """,
            rule=asked,
            expect=expect,
        )
