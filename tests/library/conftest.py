"""A small corpus to bend: one topic called tea."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "corpus"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A copy of the fixture corpus that a test may change."""
    return Path(shutil.copytree(FIXTURE, tmp_path / "corpus"))
