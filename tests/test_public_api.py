"""The public API is exactly what __all__ says."""

from __future__ import annotations

import subprocess
import sys

import pytest

import guidegen
from guidegen import errors


def test_every_public_name_is_there() -> None:
    """Each name of __all__ loads, and nothing else does."""
    for name in guidegen.__all__:
        assert getattr(guidegen, name) is not None
    with pytest.raises(AttributeError):
        guidegen.nothing  # noqa: B018 - the access is the test


def test_importing_is_light() -> None:
    """``import guidegen`` loads no vendor's library."""
    heavy = "chromadb,onnxruntime,typst,fastapi,langchain,openai,pydantic"
    code = f"import sys, guidegen; print([m for m in '{heavy}'.split(',') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_making_a_guide_loads_no_model_library() -> None:
    """A composed guide imports neither langchain nor openai."""
    code = "import sys, guidegen.guides, guidegen.writing.composed, guidegen.cli; print('langchain' in sys.modules, 'openai' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() == ["False", "False"]


def _tree(cls: type[errors.GuidegenError]) -> list[type[errors.GuidegenError]]:
    # Tests define errors of their own while they run; the tree is what errors.py holds.
    ours = [child for child in cls.__subclasses__() if child.__module__ == errors.__name__]
    return [cls, *(sub for child in ours for sub in _tree(child))]


def test_every_error_has_a_code_of_its_own_and_stands_in_the_drawing() -> None:
    """The tree in the docstring names every class with its code."""
    classes = _tree(errors.GuidegenError)
    codes = [cls.code for cls in classes]
    assert len(set(codes)) == len(codes)
    drawing = errors.__doc__ or ""
    for cls in classes:
        line = next(row for row in drawing.splitlines() if f" {cls.__name__} " in f" {row.strip(' │├└─')} ")
        assert cls.code in line
