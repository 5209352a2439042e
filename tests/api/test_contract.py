"""The OpenAPI document holds together, and says what the API does."""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from guidegen.domain.people import Person
from guidegen.rendering import FORMATS


def test_every_reference_leads_somewhere(client: TestClient) -> None:
    """Each $ref names a schema that is there."""
    answer = client.get("/openapi.json")
    known = set(answer.json()["components"]["schemas"])
    wanted = set(re.findall(r'"\$ref":"#/components/schemas/([^"]+)"', answer.text))
    assert "$ref" in answer.text
    assert wanted <= known


def test_the_bodies_are_documented(app: FastAPI) -> None:
    """A guide's body with every field of a profile, each described, and no id asked for."""
    document = app.openapi()
    schemas = document["components"]["schemas"]
    body = document["paths"]["/v1/guides"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/GuideBody"}
    assert set(schemas["GuideBody"]["properties"]) == {"pair", "topic", "session", "view"}
    assert set(schemas["Profile"]["properties"]) == set(Person.model_fields)
    assert schemas["Profile"]["required"] == ["name"]
    for schema in ("Profile", "GuideView", "Problem"):
        assert schemas[schema]["properties"]


def test_the_formats_are_documented(app: FastAPI) -> None:
    """Guides and primers can be had in every format that rendering has."""
    paths: dict[str, Any] = app.openapi()["paths"]
    for path in ("/v1/guides", "/v1/primers"):
        offered = set(paths[path]["post"]["responses"]["200"]["content"])
        assert offered == {f.media_type.partition(";")[0] for f in FORMATS.values()}
