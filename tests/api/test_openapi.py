"""The OpenAPI document is true: every example is accepted, every answer is of its shape, and generated requests of
every route are answered as it says, in-process, without a mistake in the program.
"""

from __future__ import annotations

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from indicated.api.openapi import examples
from indicated.api.routes import every
from indicated.api.table import JSON
from indicated.workflow.review.people import Role
from tests.api.world import Api

load_all_checks()
CALM = settings(max_examples=5, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
KEPT = ("Content-Type", "If-Match", "Idempotency-Key")
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]


@pytest.fixture(scope="module")
def api(hasher):  # noqa: ARG001
    made = Api()
    made.case()
    made.add("everybody", *Role)
    made.schema = schemathesis.openapi.from_dict(made.ask("GET", "/openapi.json").json())
    yield made
    made.close()


def test_every_route_has_a_name_of_its_own_and_says_what_it_does(api):
    told = api.ask("GET", "/openapi.json").json()
    operations = [operation for path in told["paths"].values() for operation in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names)) == len(every())
    assert not [operation["operationId"] for operation in operations if len(operation["description"]) < 20]
    tags = {tag["name"] for tag in told["tags"]}
    assert {tag for operation in operations for tag in operation["tags"]} == tags


def test_every_schema_is_described():
    from indicated.api.openapi import document

    schemas = document(every(), "1", "")["components"]["schemas"]
    assert not [name for name, schema in schemas.items() if not schema.get("description")]


@pytest.mark.parametrize(
    "route", [route for route in every() if JSON in route.takes and route.body], ids=lambda r: r.name
)
def test_every_body_has_an_example_that_is_one(route):
    example = examples()[route.name]
    assert msgspec.json.decode(msgspec.json.encode(example), type=route.body)


def test_no_example_is_left_without_its_route():
    assert examples().keys() <= {route.name for route in every()}


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", [route.name for route in every()])
def test_generated_requests_are_answered_as_the_document_says(api, name):
    operation = api.schema.find_operation_by_id(name)
    login = f"everybody.{name}"
    api.add(login, *Role)
    held = api.ask("GET", "/cases", "nurse_reviewer").json()["items"][0]

    @given(operation.as_strategy())
    @settings(CALM)
    def run(case):
        if "case" in (case.path_parameters or {}):
            case.path_parameters["case"] = held["id"]
        sent = case.as_transport_kwargs(base_url="http://testserver/api/v1")
        kept = {key: sent[key] for key in ("method", "url", "params", "json", "content") if key in sent}
        headers = {key: value for key, value in sent["headers"].items() if key in KEPT}
        content = sent.get("data")
        if content is not None:
            kept["content"] = content if isinstance(content, bytes) else str(content).encode()
        reply = api.send(headers=headers | {"Authorization": f"Bearer {api.tokens[login]}"}, **kept)
        case.validate_response(reply, checks=CHECKS)

    run()
