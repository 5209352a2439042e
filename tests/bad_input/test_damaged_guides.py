"""A guide's JSON after clumsy hands: the field is named, and nothing is printed from it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.bad_input.conftest import PAIR, Cli, refused

Data = dict[str, Any]


@pytest.fixture(scope="module")
def sound(parts: Any) -> Data:
    """The JSON of a whole guide."""
    from guidegen import Session, cut, make_guide, read_pair, render
    from tests.conftest import TODAY

    guide = make_guide(parts, read_pair(PAIR), "crypto", Session(minutes=60), today=TODAY)
    found: Data = json.loads(render(cut(guide, "full"), "json"))
    return found


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda d: d.update(schema_version="2"), "schema_version: "),
        (lambda d: d.pop("schema_version"), "schema_version: "),
        (lambda d: d.update(foo=1), "foo: "),
        (lambda d: d["agenda"]["blocks"][0].update(minuts=3), "agenda.blocks.0.minuts: "),
        (lambda d: d["primer"]["facts"][0].update(evidence=["nowhere"]), "primer.facts.0.evidence: No source has the id 'nowhere'."),
        (lambda d: d["agenda"]["blocks"][1].update(minutes=40), "agenda.blocks: The blocks add up to"),
        (lambda d: d["session"].update(minutes=90), "agenda.blocks: The blocks add up to"),
        (lambda d: d["agenda"]["blocks"][1].update(minutes=-3), "agenda.blocks.1.minutes: "),
        (lambda d: d["agenda"]["blocks"][3].update(questions=["zz"]), "agenda.blocks.3.questions: No question has the id 'zz'."),
        (lambda d: d["session"].update(on="2027-02-30"), "session.on: "),
        (lambda d: d.update(view="boss"), "view: "),
        (lambda d: d.pop("rescue"), "rescue: "),
    ],
)
def test_a_field_edited_wrong_is_named(cli: Cli, here: Path, sound: Data, edit: Callable[[Data], object], says: str) -> None:
    """Wrong versions, unknown fields, citations to nothing and minutes that do not add up are told by field."""
    data = copy.deepcopy(sound)
    edit(data)
    (here / "guide.json").write_text(json.dumps(data), encoding="utf-8")
    refused(cli("render", "guide.json"), "[guide-file]", f"guide.json: {says}")


def test_several_wrong_fields_at_once(cli: Cli, here: Path, sound: Data) -> None:
    """Two unknown fields and a missing one come in one answer."""
    data = copy.deepcopy(sound)
    data["foo"] = data["session"]["bar"] = 1
    del data["pulse"]
    (here / "guide.json").write_text(json.dumps(data), encoding="utf-8")
    refused(cli("render", "guide.json"), "foo: ", "session.bar: ", "pulse: ")


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"[]", b"null", b'{"schema_version": NaN}', b'{"a":' * 20_000, b'{"view": 1, "view": 2}', b"\xff\xfe\x00", b"{}"],
)
def test_what_is_no_guide_at_all(cli: Cli, here: Path, content: bytes) -> None:
    """Other files under a guide's name end in one clear error."""
    (here / "guide.json").write_bytes(content)
    refused(cli("render", "guide.json"), "[guide-file]", "guide.json cannot be read back.")


def test_a_guide_cut_short(cli: Cli, here: Path, sound: Data) -> None:
    """A truncated file is told with the line where it ends."""
    (here / "guide.json").write_text(json.dumps(sound, indent=1)[:5_000], encoding="utf-8")
    refused(cli("render", "guide.json"), "guide.json:", "This is not JSON")


def test_swapping_what_is_not_there(cli: Cli, here: Path, sound: Data) -> None:
    """An id that the guide does not hold is refused, with ids it does hold; the file stays as it was."""
    (here / "guide.json").write_text(json.dumps(sound), encoding="utf-8")
    for option in ("--swap", "--pin"):
        refused(cli("render", "guide.json", option, "crypto/q/none"), "'crypto/q/none'", "crypto/q/")
    assert json.loads((here / "guide.json").read_text(encoding="utf-8")) == sound
    refused(cli("render", PAIR), "[guide-file]")
    refused(cli("render", here), "It cannot be read: Is a directory.")
