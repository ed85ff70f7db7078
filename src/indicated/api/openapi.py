"""OpenAPI 3.1 of the API, made from the table of routes and the types of the workflow."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from indicated.api.problems import MEDIA, Problem
from indicated.api.table import JSON, Route

_REF = "#/components/schemas/{name}"
_TAGS = {
    "me": "Signing in and out, one's own account.",
    "determine": "Determinations of cases that are not kept.",
    "cases": "Cases, their record and their determinations.",
    "work": "The work on a case before its decision.",
    "decisions": "Proposing, deciding, notice, appeal. No machine denies.",
    "letters": "Letters of a case.",
    "records": "Audit log, archives, erasing, figures.",
    "library": "Standards, policies, evidence, products and scores of the installed release.",
    "content": "Content on its way into force.",
    "accounts": "Accounts and tokens of programs.",
}
_ABOUT = (
    "Everything of the review as JSON. Sign in with POST /sessions, or give a token of a program, as "
    "'Authorization: Bearer ...'. Refusals are application/problem+json (RFC 9457). Changes of a case name the version "
    "they are made on (If-Match). A POST with an Idempotency-Key can be sent again."
)


def document(routes: Iterable[Route], version: str, prefix: str) -> dict[str, Any]:
    """The whole document."""
    every = tuple(routes)
    types = [kind for route in every for kind in (route.body, route.reply, route.query) if kind not in (None, bytes)]
    schemas, components = msgspec.json.schema_components([*types, Problem], ref_template=_REF)
    of = dict(zip((*map(id, types), id(Problem)), schemas, strict=True))
    paths: dict[str, Any] = {}
    for route in every:
        paths.setdefault(route.plain_path, {})[route.method.lower()] = _operation(route, of, components)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Indicated",
            "version": version,
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": prefix or "/"}],
        "tags": [{"name": name, "description": says} for name, says in _TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


@cache
def examples() -> dict[str, Any]:
    """A body that works for each route that takes JSON, by the route's name."""
    found: dict[str, Any] = json.loads((Path(__file__).parent / "examples.json").read_text("utf-8"))
    return found


def _operation(route: Route, of: dict[int, Any], components: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": route.name,
        "tags": [route.tag],
        "summary": route.says.split(". ")[0].rstrip("."),
        "description": _description(route),
        "parameters": _parameters(route, of, components),
        "responses": _responses(route, of),
        "security": [] if route.public else [{"bearer": []}],
    }
    if route.body is not None:
        told["requestBody"] = {"required": True, "content": {media: _body(route, media, of) for media in route.takes}}
    if route.right is not None:
        told["x-right"] = route.right.value
    if route.scope is not None:
        told["x-scope"] = route.scope.value
    return told


def _description(route: Route) -> str:
    takes = (
        f"Takes the right `{route.right.value}`." if route.right else "" if route.public else "For anybody signed in."
    )
    scope = f" A token needs the scope `{route.scope.value}`." if route.scope else ""
    session = "" if route.scope or route.public else " Takes a session; no token will do."
    return f"{route.says} {takes}{scope}{session}".strip()


def _body(route: Route, media: str, of: dict[int, Any]) -> dict[str, Any]:
    if media != JSON:
        return {"schema": {"type": "object"} if media.endswith("json") else {"type": "string", "format": "binary"}}
    return {"schema": of[id(route.body)], "example": examples()[route.name]}


def _parameters(route: Route, of: dict[int, Any], components: dict[str, Any]) -> list[dict[str, Any]]:
    found = [_parameter("path", name, {"type": "string", "minLength": 1}, required=True) for name in route.named]
    if route.query is not None:
        schema = components[of[id(route.query)]["$ref"].rpartition("/")[2]]
        needed = schema.get("required", ())
        found += [
            _parameter("query", name, _without_default(of_name), required=name in needed)
            for name, of_name in schema["properties"].items()
        ]
    if route.versioned:
        version = {"type": "string", "pattern": '^"[0-9]{1,9}"$'}
        found.append(_parameter("header", "If-Match", version, required=True) | {"example": '"7"'})
    if route.method == "POST" and not route.public:
        key = {"type": "string", "pattern": "^[!-~]{1,200}$"}
        found.append(_parameter("header", "Idempotency-Key", key, required=False))
    return found


def _without_default(schema: dict[str, Any]) -> dict[str, Any]:
    """A query cannot say null: what is not asked is left out."""
    kinds = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    plain = {key: value for key, value in schema.items() if key not in ("default", "anyOf")}
    return plain | (kinds[0] if len(kinds) == 1 else {"anyOf": kinds} if kinds else {})


def _parameter(where: str, name: str, schema: dict[str, Any], *, required: bool) -> dict[str, Any]:
    return {"in": where, "name": name, "required": required, "schema": schema}


def _responses(route: Route, of: dict[int, Any]) -> dict[str, Any]:
    problem = {"content": {MEDIA: {"schema": of[id(Problem)]}}}
    done: dict[str, Any] = {"description": "Done."}
    if route.status != 204:  # noqa: PLR2004
        schema = of[id(route.reply)] if route.reply is not None else _plain(route)
        done["content"] = {route.media.partition(";")[0]: {"schema": schema}}
    needed = {
        "401": not route.public or route.tag == "me",
        "403": not route.public,
        "404": bool(route.named),
        "412": route.versioned,
        "413": route.body is not None,
        "415": route.body is not None,
        "422": True,
        "428": route.versioned,
        "429": True,
    }
    says = {
        "401": "Not signed in.", "403": "Not for this person or token.", "404": "Not there.",
        "412": "Somebody else changed it since.", "413": "Too big.", "415": "Another kind of body.",
        "422": "What was sent cannot be.", "428": "The version is missing.", "429": "Too many; see Retry-After.",
    }  # fmt: skip
    refused = {status: {"description": says[status], **problem} for status, so in needed.items() if so}
    return {str(route.status): done, **refused, "default": {"description": "Another refusal.", **problem}}


def _plain(route: Route) -> dict[str, Any]:
    return {"type": "object"} if route.media == JSON else {"type": "string", "format": "binary"}
