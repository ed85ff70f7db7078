"""Reading never fails: whatever a file holds, the answer is a value or problems with a line."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from indicated.content.load import load_one
from indicated.content.nodes import Listing, Mapping, Text, read_yaml
from indicated.content.shapes import SHAPES
from indicated.model.policy import Policy
from indicated.model.quantity import Unit, Units
from indicated.model.standard import Standard
from tests.content.folder import SOUND

UNITS = Units((Unit("d", "time"), Unit("g/kg", "mass/weight")))
FIELDS = {field for shape in SHAPES for field in getattr(shape.kind, "__struct_fields__", ())}
KEYS = sorted(FIELDS | {"all", "has", "is", "of"})
WORDS = st.sampled_from(["", "no", "true", "2 d", "<= 2 g/kg", "dx.a", "2026-02-30", "2-1 d", "met", "decides"])
TREES = st.recursive(
    WORDS | st.text(max_size=8),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.sampled_from(KEYS), below, max_size=5),
    max_leaves=20,
)


def test_scalars_stay_text_and_keep_their_line():
    node, problems = read_yaml("a: no\nb:\n  - 1.10\n  - '2026-01-01'\n", "f.yaml")
    assert problems == ()
    pairs = (
        (Text("a", 1), Text("no", 1)),
        (Text("b", 2), Listing((Text("1.10", 3), Text("2026-01-01", 4, plain=False)), 3)),
    )
    assert node == Mapping(pairs, 1)


def test_lines_of_front_matter_count_from_the_file():
    node, _ = read_yaml("key: x\n", "f.md", first_line=2)
    assert node is not None
    assert node.line == 2


def test_many_aliases_are_refused_at_the_first():
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(1000))
    _, (problem,) = read_yaml(bomb, "f.yaml")
    assert (problem.code, problem.line) == ("alias", 1)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    node, problems = read_yaml(text, "f.yaml")
    assert node is not None or problems
    assert all(problem.line >= 1 for problem in problems)


@given(TREES)
@pytest.mark.parametrize("kind", [Policy, Standard])
def test_any_tree_is_converted_or_refused(kind, tree):
    value, _, problems = load_one(yaml.safe_dump(tree), "f.yaml", kind, UNITS)
    assert value is not None or problems


@given(st.data())
def test_a_real_file_with_one_place_spoilt_is_converted_or_refused(data):
    tree = yaml.safe_load((SOUND / "policies/plan/drug/policy.yaml").read_text())
    place = tree
    while data.draw(st.booleans()) and isinstance(place, dict | list) and place:
        key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
        if isinstance(place[key], dict | list) and data.draw(st.booleans()):
            place = place[key]
            continue
        place[key] = data.draw(TREES)
        break
    value, _, problems = load_one(yaml.safe_dump(tree), "f.yaml", Policy, UNITS)
    assert value is not None or problems
