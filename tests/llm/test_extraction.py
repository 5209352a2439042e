"""The JSON object in whatever a model wrote around it."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidegen.errors import ModelAnswer, ModelNoJson
from guidegen.llm.extraction import object_in, readable, without_thoughts

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
PROSE = st.text(st.characters(codec="utf-8", exclude_characters="{}<>\0"), max_size=40)


@given(st.dictionaries(WORDS, VALUES, max_size=4), PROSE, PROSE, PROSE, st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_an_object_comes_back_whatever_stands_around_it(
    value: dict[str, Any], before: str, after: str, thought: str, fenced: bool, thinks: bool
) -> None:
    """Fences, prose and thinking around an object change nothing about it."""
    text = json.dumps(value, indent=1)
    text = f"```json\n{text}\n```" if fenced else text
    text = f"{before}\n{text}\n{after}"
    text = f"<think>{thought} {{\"a\": 1}}</think>{text}" if thinks else text
    if "</think>" not in json.dumps(value):
        assert json.loads(object_in(text)) == value


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_an_object_or_one_error(text: str) -> None:
    """Nothing a model writes raises anything else."""
    with contextlib.suppress(ModelAnswer, ModelNoJson):
        assert isinstance(json.loads(object_in(text)), dict)


@pytest.mark.parametrize(
    ("text", "keys", "expected"),
    [
        ('Draft: {"slots": []} Final: {"slots": [1]}', ("slots",), {"slots": [1]}),
        ('{"type": "object", "properties": {"slots": {}}} {"slots": []}', ("slots",), {"slots": []}),
        ('thinking {"x": 1}</think>{"slots": []}', (), {"slots": []}),
        ('{"a": "</think> stays"}', (), {"a": "</think> stays"}),
        ('\ufeff{"a": 1}', (), {"a": 1}),
        ('{broken {"a": 1}', (), {"a": 1}),
        ('{"a": 1, "a": 2}', (), {"a": 2}),
    ],
)
def test_the_right_object_is_taken(text: str, keys: tuple[str, ...], expected: dict[str, Any]) -> None:
    """The object with the keys asked for, else the longest, else the last; thoughts are none."""
    assert json.loads(object_in(text, keys)) == expected


@pytest.mark.parametrize(
    "text", ["", "no", "[1, 2]", '"a"', "null", '{"a": NaN}', '{"a": "\\ud800"}', '{"a": "\\u0000"}', '{"a": [{"\\udfff": 1}]}']
)
def test_what_is_no_readable_object_is_refused(text: str) -> None:
    """Another kind of JSON, constants that are none, and broken characters at any depth."""
    with pytest.raises((ModelAnswer, ModelNoJson)):
        object_in(text)


def test_garbage_is_given_up_on_quickly() -> None:
    """A megabyte of open braces is no object, and costs no more than a bounded number of tries."""
    with pytest.raises(ModelNoJson):
        object_in('{"a":' * 200_000)
    with pytest.raises(ModelNoJson):
        object_in("{" * 1_000_000)


def test_plain_text_loses_its_thoughts_only() -> None:
    """Text asked for as text is taken as it is; an empty one is refused."""
    assert without_thoughts("<think>\nhm</think> Good day.") == "Good day."
    with pytest.raises(ModelAnswer):
        readable(" \n")
