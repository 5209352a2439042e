"""The example files are the contract: they read back, and have the keys that today's code writes."""

from __future__ import annotations

import json
from typing import Any

from guidegen.domain.views import GuideView
from guidegen.guides import Parts
from guidegen.rendering import read_view, render
from tools.examples import PAIR, example_views

NAMES = [PAIR.with_suffix(f".{view}.json") for view in ("shared", "mentor", "executive")]


def _keys(value: Any, path: str = "") -> set[str]:
    """Every key with the way to it; entries of a list count as one."""
    if isinstance(value, dict):
        return {f"{path}.{key}" for key in value}.union(*(_keys(v, f"{path}.{key}") for key, v in value.items()))
    return set().union(*(_keys(item, f"{path}[]") for item in value)) if isinstance(value, list) else set()


def test_the_examples_are_views_that_read_back() -> None:
    """Each file is a whole view of whose copy its name says."""
    assert sorted(PAIR.parent.glob("*.json")) == sorted(NAMES)
    for path in NAMES:
        view = read_view(path.read_bytes(), name=path.name)
        assert isinstance(view, GuideView)
        assert view.view == path.suffixes[0].lstrip(".")
        assert (view.brief is None) == (view.view == "shared")


def test_the_examples_have_the_keys_of_today(parts: Parts) -> None:
    """A program that reads the examples can read what is made now: the same keys, all the way down."""
    for path, view in example_views(parts).items():
        kept, made = json.loads(path.read_bytes()), json.loads(render(view, "json"))
        assert _keys(kept) == _keys(made), f"{path.name}: run make examples"
