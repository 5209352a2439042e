"""One guide written by hand, of the length a real one has. Its sources are made up (example.org)."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidegen.domain.guide import Guide
from guidegen.domain.views import GuideView, PrimerView, cut, cut_primer


@pytest.fixture(scope="session")
def guide() -> Guide:
    return Guide.model_validate_json(Path(__file__).with_name("guide.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def mentor(guide: Guide) -> GuideView:
    return cut(guide, "mentor")


@pytest.fixture(scope="session")
def primer(guide: Guide) -> PrimerView:
    return cut_primer(guide)
