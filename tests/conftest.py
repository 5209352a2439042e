"""What many tests share: the real corpus and index, built once in a process, and who must be there."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """What a guide is made with: the built-in corpus, its shipped vectors, the composed writer."""
    from guidegen.settings import Settings
    from guidegen.wiring import parts as wired

    # The planted-fault runs share one cache; every other run begins with an empty one.
    shared = os.environ.get("TEST_INDEX_CACHE")
    cache = Path(shared) if shared else tmp_path_factory.mktemp("cache")
    return wired(Settings(corpus=ROOT / "corpus", cache=cache, threads=1))


def need(found: bool, what: str) -> None:
    """Skip visibly where a tool is missing; under REQUIRE_ALL that is a failure."""
    if not found:
        if os.environ.get("REQUIRE_ALL"):
            pytest.fail(f"{what} is required here")
        pytest.skip(f"{what} is not on this machine")
