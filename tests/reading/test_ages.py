"""Whose age, and whether it is one; sex; date of birth."""

from __future__ import annotations

import pytest

from .content import told

NOW = [
    ("45 y/o woman", "45 a"),
    ("45yo F with weakness", "45 a"),
    ("a patient aged 45", "45 a"),
    ("a man in his 40s", "40-50 a"),
    ("An 8-month-old boy", "8 mo"),
    ("3 day old female infant", "3 d"),
    ("boy, 14 3/12 years", "171 mo"),
    ("Age: 14 3/12 yrs", "171 mo"),
    ("a 3-year-4-month-old boy", "40 mo"),
    ("aged 3 years and 4 months", "40 mo"),
    ("A 4 and a half years old male child", "4.5 a"),
    ("67/F with weakness", "67 a"),
    ("M/45", "45 a"),
    ("Age/Sex: 38/F", "38 a"),
    ("a 59 year female", "59 a"),
    ("female, 33 y", "33 a"),
    ("Mrs. Smith, 67, presented", "67 a"),
    ("She is 40, presenting with weakness", "40 a"),
    ("He was younger than 50 years old", "< 50 a"),
    ("DOB 10-19-2014 (10yo)", "10 a"),
    ("born at 36+2 weeks gestation; now 3 months old", "3 mo"),
    ("his 45-year-old brother has lupus. He is 50.", "50 a"),
    ("This infant was born by caesarean section.", "< 2 a"),
    ("28-year-old pregnant woman", "28 a"),
    ("55-year-old man, six months of memory complaints", "55 a"),
    ("55-year-old man, 6 months, with fever", "55 a"),
]


@pytest.mark.parametrize(("text", "age"), NOW, ids=[text for text, _ in NOW])
def test_the_age_now_is_read(text: str, age: str):
    assert told(text).get("demo.age") == [age]


@pytest.mark.parametrize(
    "text",
    [
        "neonate born at 32 weeks",
        "gestational age 32 weeks",
        "a 32-week-old fetus",
        "bone age 8 years",
        "mean age 45 years",
        "Father aged 60 had a stroke",
        "Her mother, a 62-year-old woman, has RA",
        "the donor was a 23-year-old male",
        "She has two sons, aged 5 and 8",
        "patients aged 18-65 years",
        "IVIG is not recommended in patients younger than 2 years old",
        "risk factors: fractures, age <50, and smoking",
        "a 10-year history",
        "45% of her strength",
        "BMI is now 35.",
        "woman, 8 months pregnant",
        "man, 6 months of weakness",
    ],
)
def test_another_age_is_not_the_patients(text: str):
    assert "demo.age" not in told(text)


def test_a_group_counts_only_where_no_age_is_told():
    assert told("This infant, 5 months old, was weak.")["demo.age"] == ["5 mo"]


def test_an_age_at_onset_is_no_age_now():
    read = told("Onset at 5 years of age. She is now 15 years old.")
    assert (read["demo.onset_age"], read["demo.age"]) == (["5 a"], ["15 a"])


@pytest.mark.parametrize(
    "text",
    [
        "DOB: 10/19/2014",
        "Date of birth: 19 October 2014",
        "D.O.B. 2014-10-19",
        "born on October 19, 2014",
        "Patient: Jane Doe, DOB 10/19/2014, F",
    ],
)
def test_a_date_of_birth_is_a_fact_with_its_day(text: str):
    assert told(text)["demo.birth_date"] == ["2014-10-19"]


def test_a_year_of_birth_alone_is_no_date():
    assert "demo.birth_date" not in told("born in 2014")


SEX = [
    ("Our 24-year-old non-smoking male patient", "demo.male"),
    ("Sex - Male", "demo.male"),
    ("Gender F", "demo.female"),
    ("primigravida at 20 weeks", "demo.female"),
    ("G2P1 with ITP", "demo.female"),
    ("this gentleman", "demo.male"),
    ("19 y.o.F", "demo.female"),
    ("She denies pain.", "demo.female"),
]


@pytest.mark.parametrize(("text", "sex"), SEX, ids=[text for text, _ in SEX])
def test_the_sex_is_read(text: str, sex: str):
    assert sex in told(text)


@pytest.mark.parametrize("text", ["the donor was a 23-year-old male", "Father, a 60 year old man, had a stroke"])
def test_the_sex_of_others_is_not_the_patients(text: str):
    assert "demo.male" not in told(text)


@pytest.mark.parametrize(
    "text", ["16 F Foley catheter placed.", "12F catheter", "an 8 F sheath", "2 M sodium chloride"]
)
def test_a_gauge_is_no_age(text: str):
    assert not {"demo.age", "demo.female", "demo.male"} & told(text).keys()


@pytest.mark.parametrize("text", ["The baby was born 3/4/2020.", "Subscriber DOB: 1/2/1980", "Donor DOB 1/2/1990"])
def test_anothers_date_of_birth_is_not_the_patients(text: str):
    assert "demo.birth_date" not in told(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45-year-old, 70 kg, CIDP", {"demo.weight": ["70 kg"]}),
        ("71-year-old man, 82 kg, with CIDP", {"demo.weight": ["82 kg"]}),
        ("12-year-old girl with juvenile dermatomyositis, 35 kg.", {"demo.weight": ["35 kg"]}),
        ("55-year-old man (154 lb) with MMN", {"demo.weight": ["154 [lb_av]"]}),
        ("45-year-old woman (70 kg, 165 cm)", {"demo.weight": ["70 kg"], "demo.height": ["165 cm"]}),
        ("Male, 34 years, 178 cm, 82 kg", {"demo.weight": ["82 kg"], "demo.height": ["178 cm"]}),
        ("A 70-kg woman with ITP", {"demo.weight": ["70 kg"]}),
        ("An 82 kg, 71-year-old man", {"demo.weight": ["82 kg"]}),
        ("45F, 70 kg, ITP", {"demo.weight": ["70 kg"]}),
        ("45-year-old man with weight loss, 10 kg, over 3 months", {}),
        ("45-year-old woman with a breast mass, 3 cm", {}),
        ("45-year-old woman, lost 10 kg", {}),
        ("45-year-old, mother of a boy, 15 kg", {}),
        ("45-year-old man on IVIG, 40 g, every 4 weeks", {}),
        ("CIDP, 70 kg", {}),
    ],
)
def test_a_weight_or_height_by_itself_beside_the_age_is_the_patients(text: str, expected: dict[str, list[str]]):
    assert {
        concept: said for concept, said in told(text).items() if concept in ("demo.weight", "demo.height")
    } == expected


def test_a_reaction_named_after_a_man_is_no_sex():
    assert "demo.male" not in told("Allergic to vancomycin (red man syndrome).")
