"""The API's own description (OpenAPI 3.1), made of the same parameters that requests are read by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dxassets._version import __version__
from dxassets.api import Project
from dxassets.kinds.faces import Parameter
from dxassets.server.answers import HEADINGS, PROBLEM
from dxassets.server.offers import Operation

_TEXT: dict[str, Any] = {"type": "string"}
_NUMBER: dict[str, Any] = {"type": "number"}


def openapi_of(project: Project, operations: Mapping[str, Operation]) -> dict[str, Any]:
    """The document. Its server is the folder that it lies in, so it is right below any path."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"dxassets – {project.campaign.title}",
            "version": __version__,
            "description": (
                "Banners, QR codes, the letter and the report forms of one campaign. Nothing is stored. "
                "400: the request does not keep this description. 422: it does, and still can't be made; "
                "the problem says why and what to do."
            ),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "."}],
        "paths": {f"/{operation.name}": _path(operation) for operation in operations.values()},
        "components": {"schemas": {"Problem": _problem(), "Preset": _preset(), "Agency": _agency()}},
    }


def _path(operation: Operation) -> dict[str, Any]:
    path: dict[str, Any] = {
        "get": {
            "operationId": f"get_{operation.name}",
            "summary": operation.summary,
            "parameters": [_query(parameter) for parameter in operation.parameters],
            "responses": _responses(operation),
        }
    }
    if operation.by_post:
        path["post"] = {
            "operationId": f"post_{operation.name}",
            "summary": f"{operation.summary}, so that no name stands in an address",
            "parameters": [
                _query(parameter) for parameter in operation.parameters if parameter.name == "lang"
            ],
            "requestBody": {
                "required": True,
                "content": {
                    kind: {"schema": _object(each for each in operation.parameters if each.name != "lang")}
                    for kind in ("application/json", "application/x-www-form-urlencoded")
                },
            },
            "responses": _responses(operation, body=True),
        }
    return path


def _query(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.about,
        "schema": parameter.schema,
        **({"example": parameter.example} if parameter.example else {}),
    }


def _object(parameters: Iterable[Parameter]) -> dict[str, Any]:
    listed = list(parameters)
    required = [parameter.name for parameter in listed if parameter.required]
    return {
        "type": "object",
        "properties": {each.name: {**each.schema, "description": each.about} for each in listed},
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def _responses(operation: Operation, *, body: bool = False) -> dict[str, Any]:
    answers: dict[str, Any] = {"200": {"description": "Here it is", "content": _content(operation)}}
    statuses = [400, 414, 429, 431, 500]
    if operation.makes:
        statuses += [422, 503, 504]
        if not operation.by_post:
            answers["304"] = {"description": "The client has it already"}
    if body:
        statuses += [408, 413, 415]
    for status in sorted(statuses):
        answers[str(status)] = {
            "description": HEADINGS[status][1],
            "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    return answers


def _content(operation: Operation) -> dict[str, Any]:
    lists = {"presets": "Preset", "agencies": "Agency"}
    if operation.name in lists:
        reference = {"$ref": f"#/components/schemas/{lists[operation.name]}"}
        return {"application/json": {"schema": {"type": "array", "items": reference}}}
    return {kind: {} for kind in operation.gives}


def _closed(properties: Mapping[str, Any], *, optional: frozenset[str] = frozenset()) -> dict[str, Any]:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _problem() -> dict[str, Any]:
    error = _closed({"parameter": _TEXT, "detail": _TEXT})
    return _closed(
        {
            "type": {"const": "about:blank"},
            "title": _TEXT,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": _TEXT,
            "errors": {"type": "array", "items": error, "minItems": 1},
        },
        optional=frozenset({"errors"}),
    )


def _preset() -> dict[str, Any]:
    return _closed(
        {
            "id": _TEXT,
            "title": _closed({"vi": _TEXT, "en": _TEXT}),
            "medium": {"enum": ["web", "social", "screen", "print"]},
            "width": _NUMBER,
            "height": _NUMBER,
            "unit": {"enum": ["px", "mm"]},
            "format": _TEXT,
            "shows_name": {"type": "boolean"},
        }
    )


def _agency() -> dict[str, Any]:
    return _closed({"id": _TEXT, "name": _TEXT, "short_name": _TEXT, "district": _TEXT, "level": _TEXT})
