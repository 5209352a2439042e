"""A view's JSON comes back as the same view, or with every fault named."""

from __future__ import annotations

import json

import pytest

from guidegen.domain.guide import Guide
from guidegen.domain.views import AUDIENCES, GuideView, PrimerView, cut
from guidegen.errors import GuideFileError
from guidegen.rendering import read_view, render


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_was_written_is_read_back(guide: Guide, audience: str) -> None:
    """Writing, reading and writing again gives the same bytes."""
    view = cut(guide, audience)  # type: ignore[arg-type]
    data = render(view, "json")
    assert read_view(data) == view
    assert render(read_view(data), "json") == data


def test_a_primer_is_read_back(primer: PrimerView) -> None:
    """The view's own name decides what it is."""
    assert read_view(render(primer, "json")) == primer


def test_every_fault_is_named(mentor: GuideView) -> None:
    """Two bad fields are two faults, each with its path."""
    data = json.loads(render(mentor, "json"))
    data["agenda"]["blocks"][0]["minutes"] = 0
    data["topic"]["colour"] = "red"
    with pytest.raises(GuideFileError) as caught:
        read_view(json.dumps(data))
    assert {fault.field for fault in caught.value.faults} == {"agenda.blocks.0.minutes", "topic.colour"}


def test_loose_ends_are_faults(mentor: GuideView) -> None:
    """An id that points nowhere, and minutes that do not add up, are found."""
    data = json.loads(render(mentor, "json"))
    data["questions"][1]["evidence"] = ["nobody"]
    data["agenda"]["blocks"][0]["questions"] = ["gone"]
    data["agenda"]["blocks"][-1]["minutes"] += 1
    data["rescue"]["blocks"][-1]["start"] += 2
    data["sources"].append(data["sources"][0])
    with pytest.raises(GuideFileError) as caught:
        read_view(json.dumps(data))
    fields = {fault.field for fault in caught.value.faults}
    assert fields == {
        "questions.1.evidence",
        "agenda.blocks.0.questions",
        "agenda.blocks",
        f"rescue.blocks.{len(data['rescue']['blocks']) - 1}.start",
        f"sources.{len(data['sources']) - 1}.id",
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not JSON"),
        (b"\xff\xfe{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "one JSON object"),
        ('{"view": "mentor", "view": "full"}', "twice"),
        ('{"schema_version": "9"}', "schema version"),
        ('{"schema_version": "1", "view": "nobody"}', "view"),
    ],
)
def test_what_is_no_guide_is_refused(text: str | bytes, says: str) -> None:
    """Whatever is in the file, the answer is one kind of error that says what is wrong."""
    with pytest.raises(GuideFileError, match=says):
        read_view(text)
