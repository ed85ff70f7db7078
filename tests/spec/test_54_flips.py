title = "What would change the answer"

CRITERIA = """
- id: disease
  need: decides
  any: [{has: dx.dm}, {all: [{has: finding.rash}, {has: finding.weakness}]}]
- id: igg
  need: confirms
  measured: {concept: lab.igg, is: "<= 400 mg/dL"}
"""


def test_a_flip_is_a_smallest_set_of_facts(spec):
    """A flip is a smallest set of facts that would change the finding: all of them do, no fewer do."""
    spec.flips(
        criteria=CRITERIA,
        facts="""
        concept | value
        lab.igg | 350 mg/dL
        """,
        expect="""
        supported: dx.dm present
        supported: finding.rash present + finding.weakness present
        """,
    )


def test_flips_that_contradict_the_record_come_last_and_say_so(spec):
    """A fact that the record speaks against would take a new test or a correction: it is marked, and comes after the
    others.
    """
    spec.flips(
        criteria=CRITERIA,
        facts="""
        concept | says   | value
        dx.dm   | absent |
        lab.igg |        | 350 mg/dL
        """,
        expect="""
        supported: finding.rash present + finding.weakness present
        supported: dx.dm present (against the record)
        """,
    )


def test_one_fact_may_serve_several_parts(spec):
    """One fact may serve two criteria: juvenile dermatomyositis is dermatomyositis too."""
    spec.flips(
        criteria="""
        - id: disease
          has: dx.dm
        - id: juvenile
          has: dx.jdm
        """,
        expect="supported: dx.jdm present",
    )


def test_what_a_fact_would_break_is_mended_in_the_same_set(spec):
    """Where a fact would break what holds today, the set says what else it then takes."""
    spec.flips(
        criteria="""
        - id: one-of-two
          any: [{has: dx.dm}, {has: dx.arthritis}]
        - id: arthritis-only-with-fever
          any: [{lacks: dx.arthritis}, {has: finding.fever}]
        """,
        facts="""
        concept      | says
        dx.arthritis | absent
        """,
        expect="""
        supported: dx.dm present
        supported: finding.fever present + dx.arthritis present (against the record)
        """,
    )


def test_so_many_drugs_take_so_many_outcomes(spec):
    """Where two failed drugs are asked for, the outcomes of two that were given are one set."""
    spec.flips(
        criteria="""
        - id: failed
          tried: {concept: class.suppressant, outcomes: failed, count: 2}
        """,
        facts="""
        concept           | stage   | outcome
        drug.methotrexate | past    | unknown
        drug.azathioprine | current | unknown
        """,
        expect="supported: drug.azathioprine current failed + drug.methotrexate past failed",
    )


def test_a_supported_case_shows_what_would_sink_it(spec):
    """A case that is supported shows what would sink it."""
    spec.flips(
        criteria="""
        - id: disease
          has: dx.dm
        - id: no-heart-failure
          lacks: finding.heart_failure
        """,
        facts="""
        concept               | says
        dx.dm                 | present
        finding.heart_failure | absent
        """,
        expect="""
        not_supported: dx.dm absent (against the record)
        not_supported: finding.heart_failure present (against the record)
        """,
    )


def test_what_is_asked_is_not_a_fact_to_be_found(spec):
    """Limits on the request itself are never offered: they are asked, not found."""
    spec.flips(
        criteria="""
        - id: product
          request: {products: product.ten}
        """,
        expect="",
    )
