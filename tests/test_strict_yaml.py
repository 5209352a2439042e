"""Strict YAML and JSON: what is refused, where a fault is, and that nothing else ever comes out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from guidegen.errors import Fault
from guidegen.strict_yaml import MAX_DEPTH, faults_from, filled, from_data, load, load_json, load_yaml


def test_scalars_stay_text_and_empty_ones_are_none() -> None:
    """NO stays NO, numbers stay text, and ~, null and nothing become None; a quoted "" stays."""
    loaded = load_yaml("a: NO\nb: 007\nc: ~\nd: null\ne:\nf: ''\ng: 2026-11-21\n", "f.yaml")
    assert loaded.data == {"a": "NO", "b": "007", "c": None, "d": None, "e": None, "f": "", "g": "2026-11-21"}
    assert loaded.faults == ()


def test_lines_of_paths() -> None:
    """Every field knows its line, and a path without one takes its parent's."""
    loaded = load_yaml("a: 1\nb:\n  - c: 2\n    d: 3\n", "f.yaml", first_line=10)
    assert loaded.line(("b", 0, "d")) == 13
    assert loaded.line(("b", 0, "unheard")) == 12


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\na: 2\n", 2, "stands twice"),
        ("a: &x 1\n", 1, "names this place"),
        ("a: &x 1\nb: *x\n", 2, "refers to another place"),
        ("a: !!int 1\n", 1, "tag"),
        ("a: ! 1\n", 1, "tag"),
        ("? [a, b]\n: 1\n", 1, "field name"),
        ("---\na: 1\n---\nb: 2\n", 3, "second document"),
        ("a: b: c\n", 1, "colon"),
        ("a: [1, 2\n", 2, "bracket"),
        ("a: 1\n\tb: 2\n", 2, "tab"),
    ],
)
def test_what_is_refused(text: str, line: int, says: str) -> None:
    """Each trick and slip is a fault in plain words, on its own line, with a remedy."""
    faults = load_yaml(text, "f.yaml").faults
    hit = [f for f in faults if says in f.problem]
    assert hit
    assert hit[0].line == line
    assert hit[0].remedy


def test_many_faults_come_together() -> None:
    """One reading tells every fault, not the first alone."""
    assert len(load_yaml("a: 1\na: 2\nb: &x 1\nc: *x\nd: !t 1\n", "f.yaml").faults) == 4


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? ", '{"a": ['])
def test_depth_ends_reading(opening: str) -> None:
    """Twenty thousand levels end in one fault and no recursion, in YAML and in JSON."""
    for read in (load_yaml, load_json):
        loaded = read(opening * 20_000, "f")
        assert loaded.broken
        assert loaded.data is None
    assert not load_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH, "f").faults
    assert load_yaml("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "f").broken


def test_size_ends_reading() -> None:
    """A text over the cap is not read at all."""
    assert load("a: " + "x" * 100, "f.yaml", max_chars=50).broken


def test_control_characters_go() -> None:
    """Control characters are dropped wherever they hide, also behind an escape."""
    assert load_yaml('a: "x\\x01y"\nb: p\x00q\n', "f").data == {"a": "xy", "b": "pq"}
    assert load_json('{"a": "x\\u0001\\ud800y"}', "f").data == {"a": "xy"}


def test_json_is_held_to_the_same_rules() -> None:
    """JSON gives text scalars too, refuses a name that stands twice, and names the line of a slip."""
    loaded = load('{"a": 1, "b": [true, null, 2.50]}', "f.json")
    assert loaded.data == {"a": "1", "b": ["true", None, "2.50"]}
    assert "twice" in load('{"a": 1, "a": 2}', "f.json").faults[0].problem
    assert load('{\n"a": 1,\n}', "f.json").faults[0].line in (2, 3)


def test_data_in_memory() -> None:
    """Values from elsewhere become the same strict data, however deep they are."""
    assert from_data({"a": [1, True, None]}, "request").data == {"a": ["1", "true", None]}
    deep: object = 1
    for _ in range(500):
        deep = [deep]
    assert from_data(deep, "request").broken


def test_filled_drops_empty_fields() -> None:
    """A field without a value is as if it were not there; an empty entry of a list stays to be told."""
    assert filled({"a": None, "b": [{"c": None, "d": "1"}, None]}) == {"b": [{"d": "1"}, None]}


class _Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    level: int = Field(ge=0, le=4, description="how far one is")


class _Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(description="what to print")
    inner: tuple[_Inner, ...] = ()


def _faults(text: str) -> list[Fault]:
    loaded = load_yaml(text, "f.yaml")
    with pytest.raises(ValidationError) as caught:
        _Outer.model_validate(loaded.data)
    return faults_from(caught.value, loaded, _Outer)


def test_validation_in_plain_words() -> None:
    """pydantic's complaints carry the right line, plain words and a remedy with the nearest name."""
    unknown, missing, *_ = sorted(_faults("nam: x\ninner: []\n"), key=lambda f: -f.line)
    assert _faults("nam: x\n")[0].remedy == "Add it: what to print." or missing.remedy == "Add it: what to print."
    assert any("'name'" in f.remedy for f in (unknown, missing))
    deep = _faults("name: x\ninner:\n  - levle: 1\n  - level: 9\n  - level: two\n")
    assert {(f.line, f.field) for f in deep} >= {(3, "inner[0].levle"), (4, "inner[1].level"), (5, "inner[2].level")}
    assert [f.remedy for f in deep if f.line == 3 and "levle" in f.field] == ["Did you mean 'level'?"]
    assert any(f.problem == '"9" is too large.' for f in deep)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.text(alphabet='[]{}:-?&*!"\'\n\t #|>ab,%@', max_size=60))
def test_any_text_is_read_or_told(text: str) -> None:
    """No text makes reading raise: there is data, or there are faults."""
    for read in (load_yaml, load_json):
        loaded = read(text, "f")
        assert loaded.data is None or not loaded.broken
        assert all(isinstance(fault, Fault) for fault in loaded.faults)
        json.dumps(loaded.data, ensure_ascii=False).encode()
