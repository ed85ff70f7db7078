title = "Dose"

ALLOWED = "{per_course: 1-2 g/kg, days: 2-5 d, interval: 4 wk}"


def test_one_gram_a_day_for_two_days_is_two_grams(spec):
    """A dose each day for so many days is the dose of the course."""
    for regimen in (
        "{per_day: 1 g/kg, days: 2 d, interval: 4 wk}",
        "{per_course: 2 g/kg, days: 2 d, interval: 4 wk}",
        "{per_course: 2000 mg/kg, days: 2 d, interval: 28 d}",
    ):
        spec.dose(regimen=regimen, allowed=ALLOWED, expect="interval_fits, fits; per kg 2 g/kg")


def test_grams_and_weight_give_the_dose_per_kilogram(spec):
    """Grams need the weight to be held against a range per kilogram."""
    for weight, expect in (
        ("35 kg", "interval_fits, fits; per kg 2 g/kg; in all 70 g"),
        ("30 kg", "above, interval_fits; per kg 2.333 g/kg; in all 70 g"),
        ("80 kg", "below, interval_fits; per kg 0.875 g/kg; in all 70 g"),
    ):
        spec.dose(
            regimen="{per_course: 70 g, interval: 4 wk}",
            allowed=ALLOWED,
            facts=f"""
            concept     | value
            demo.weight | {weight}
            """,
            expect=expect,
        )


def test_without_a_weight_the_weights_that_fit_are_worked_out(spec):
    """Without a weight it is asked for, and the weights at which the dose would fit are worked out: 70 g is 2 g/kg
    only at 35 kg.
    """
    spec.dose(
        regimen="{per_course: 70 g, interval: 4 wk}",
        allowed=ALLOWED,
        expect="weight_missing, interval_fits; in all 70 g; fits at 35-70 kg",
    )
    spec.dose(
        regimen="{per_course: 70 g, interval: 4 wk}",
        allowed="{per_course: 2 g/kg, interval: 4 wk}",
        expect="weight_missing, interval_fits; in all 70 g; fits at 35 kg",
    )


def test_no_dose_proposes_the_range(spec):
    """No dose told: the dose is missing, and the sourced range stands beside it."""
    spec.dose(regimen="", allowed=ALLOWED, expect="dose_missing, interval_missing")


def test_interval_and_days(spec):
    """The interval and the infusion days are held against their ranges too."""
    for regimen, expect in (
        ("{per_course: 2 g/kg, interval: 3 wk}", "interval_short; per kg 2 g/kg"),
        ("{per_course: 2 g/kg, interval: 8 wk}", "interval_long; per kg 2 g/kg"),
        ("{per_course: 2 g/kg, interval: 3-4 wk}", "interval_short; per kg 2 g/kg"),
        ("{per_course: 2 g/kg, interval: 4-5 wk}", "interval_long; per kg 2 g/kg"),
        ("{per_course: 2 g/kg, interval: 4 wk, days: 1 d}", "interval_fits, days_outside; per kg 2 g/kg"),
    ):
        spec.dose(regimen=regimen, allowed=ALLOWED, expect=expect)


def test_a_month_is_not_four_weeks(spec):
    """A month is 28 to 31 days. It fits four weeks where some month does, and the check says that the two are not the
    same.
    """
    spec.dose(
        regimen="{per_course: 2 g/kg, interval: 1 mo}",
        allowed=ALLOWED,
        expect="month_approximate, interval_fits, fits; per kg 2 g/kg",
    )


def test_a_course_that_is_given_once_is_not_repeated(spec):
    """A range may say how many courses it has. Asking for more is outside it, and a course that comes back after an
    interval is at least two.
    """
    once = "{per_course: 2 g/kg, days: 5 d, courses: 1}"
    for regimen, expect in (
        ("{per_course: 2 g/kg, days: 5 d}", "fits; per kg 2 g/kg"),
        ("{per_course: 2 g/kg, days: 5 d, courses: 1}", "fits; per kg 2 g/kg"),
        ("{per_course: 2 g/kg, days: 5 d, courses: 2}", "courses_above; per kg 2 g/kg"),
        ("{per_course: 2 g/kg, days: 5 d, interval: 4 wk}", "courses_above; per kg 2 g/kg"),
    ):
        spec.dose(regimen=regimen, allowed=once, expect=expect)


def test_a_loading_course_is_for_a_start(spec):
    """A range for a start is not held against a continuation, nor one for continuation against a start. A request that
    does not say which it is, is held against both.
    """
    loading = "{per_course: 2 g/kg, courses: 1, phase: initial}"
    for phase, expect in (
        ("initial", "fits; per kg 2 g/kg"),
        ("unknown", "fits; per kg 2 g/kg"),
        ("continuation", "no_range; per kg 2 g/kg"),
    ):
        spec.dose(regimen="{per_course: 2 g/kg}", allowed=loading, phase=phase, expect=expect)
