"""The OpenAPI document: bodies that are read by hand, the formats of a guide, the one shape of errors."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from api.bodies import GuideBody, PairBody, PrimerBody
from api.documents import formats, media_type
from api.problems import MEDIA_TYPE, Problem
from guidegen.domain.people import Person
from guidegen.domain.views import GuideView, PrimerView

_REF = "#/components/schemas/{model}"
_MADE: dict[str, tuple[str, type[GuideView] | type[PrimerView]]] = {
    "/v1/guides": ("GuideBody", GuideView),
    "/v1/primers": ("PrimerBody", PrimerView),
}


def _schemas() -> dict[str, Any]:
    _, bodies = models_json_schema(
        [(model, "validation") for model in (GuideBody, PairBody, PrimerBody, Person)], ref_template=_REF
    )
    _, answers = models_json_schema(
        [(model, "serialization") for model in (GuideView, PrimerView, Problem)], ref_template=_REF
    )
    found: dict[str, Any] = {**answers["$defs"], **bodies["$defs"]}
    profile = found.pop("Person")
    # A profile as one writes it: the id is made from the name when there is none.
    profile["required"] = ["name"]
    found["Profile"] = {**profile, "title": "Profile"}
    return found


def openapi(app: FastAPI) -> dict[str, Any]:
    """The document, made once and kept by the app."""
    if app.openapi_schema:
        return app.openapi_schema
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(_schemas())
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for path, operations in document["paths"].items():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = {
                "description": "Anything that went wrong",
                "content": {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}}},
            }
            if path in _MADE:
                _describe(operation, *_MADE[path])
    app.openapi_schema = document
    return document


def _describe(operation: dict[str, Any], body: str, view: type[GuideView] | type[PrimerView]) -> None:
    operation["requestBody"] = {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": _REF.format(model=body)}}},
    }
    content: dict[str, Any] = {media_type(name): {} for name in formats()}
    content["application/json"] = {"schema": {"$ref": _REF.format(model=view.__name__)}}
    operation["responses"]["200"] = {
        "description": f"The {view.__name__}, in the format asked for",
        "content": content,
    }
