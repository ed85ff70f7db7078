title = "`request`: what is asked for"


def test_indications_asked_for(spec):
    """Met by a request for one of the conditions or anything narrower; a broader one leaves it open."""
    asked = "request: {indications: dx.dm}"
    spec(request="indications: dx.jdm", rule=asked, expect="met")
    spec(request="indications: dx.arthritis", rule=asked, expect="not met")
    spec(request="indications: dx.myositis", rule=asked, expect="unknown: request.indications is not documented")
    spec(rule=asked, expect="unknown: request.indications is not documented")


def test_every_limit_given_must_hold(spec):
    """Every key given must hold; one that does not settles it."""
    asked = 'request: {indications: dx.dm, interval: ">= 4 wk"}'
    spec(request="indications: dx.dm\nregimen: {interval: 4 wk}", rule=asked, expect="met")
    spec(request="indications: dx.dm\nregimen: {interval: 3 wk}", rule=asked, expect="not met")
    spec(request="indications: dx.dm", rule=asked, expect="unknown: request.regimen is not documented")


def test_a_dose_per_kilogram_is_compared_through_the_weight(spec):
    """A limit per kilogram on a dose in grams needs the weight, and so the other way round; without it the weight is
    asked for.
    """
    weight = """
    concept     | value
    demo.weight | 35 kg
    """
    spec(facts=weight, request="regimen: {per_course: 70 g}", rule='request: {per_course: "<= 2 g/kg"}', expect="met")
    spec(
        facts=weight, request="regimen: {per_course: 2 g/kg}", rule='request: {per_course: "<= 60 g"}', expect="not met"
    )
    spec(
        request="regimen: {per_course: 70 g}",
        rule='request: {per_course: "<= 2 g/kg"}',
        expect="unknown: demo.weight is not documented",
    )


def test_a_dose_each_day_counts_as_its_course(spec):
    """One gram per kilogram a day for two days is two grams per kilogram."""
    spec(
        request="regimen: {per_day: 1 g/kg, days: 2 d}",
        rule='request: {per_course: "= 2 g/kg"}',
        expect="met",
    )


def test_product_phase_prescriber_courses_and_duration(spec):
    """The product, the phase, the prescriber's specialty, the number of courses and the duration may be limited."""
    for asked, request, expect in (
        ("products: product.ten", "product: product.ten", "met"),
        ("products: product.ten", "product: product.five", "not met"),
        ("phase: initial", "phase: continuation", "not met"),
        ("prescribers: [neurologist, rheumatologist]", "prescriber: pediatric rheumatologist", "met"),
        ('courses: "<= 6"', "regimen: {courses: 12}", "not met"),
        ('duration: "<= 6 mo"', "regimen: {duration: 3 mo}", "met"),
    ):
        spec(request=request, rule=f"request: {{{asked}}}", expect=expect)


def test_what_the_request_leaves_open_is_unknown(spec):
    """What the request does not say is unknown."""
    spec(
        rule="request: {products: product.ten, phase: initial}",
        expect="unknown: request.product is not documented; request.phase is not documented",
    )


def test_a_month_is_not_four_weeks_in_a_limit_either(spec):
    """A month has 28 to 31 days. An interval in weeks beside a limit in months is met or not met where that does not
    depend on the month, and unknown where it does.
    """
    unclear = "unknown: request.regimen is unclear"
    monthly = 'request: {interval: ">= 1 mo"}'
    for interval, expect in (("4 wk", unclear), ("3 wk", "not met"), ("5 wk", "met"), ("1 mo", "met")):
        spec(request=f"indications: dx.dm\nregimen: {{interval: {interval}}}", rule=monthly, expect=expect)
    for limit, expect in ((">= 4 wk", "met"), (">= 30 d", unclear)):
        asked = f"request: {{interval: '{limit}'}}"
        spec(request="indications: dx.dm\nregimen: {interval: 1 mo}", rule=asked, expect=expect)
