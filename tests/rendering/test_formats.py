"""Every format of every view: complete, repeatable, and of the kind it says it is."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from icalendar import Calendar

from guidegen.domain.guide import Guide
from guidegen.domain.views import GuideView, PrimerView, cut
from guidegen.errors import RenderError
from guidegen.rendering import FORMATS, render


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_view_makes_the_same_bytes(mentor: GuideView, primer: PrimerView, name: str) -> None:
    """A guide and a primer can be made in every format, twice alike."""
    for view in (mentor, primer):
        assert render(view, name) == render(view, name) != b""


def test_an_unknown_format_is_refused(mentor: GuideView) -> None:
    """The error names the formats there are."""
    with pytest.raises(RenderError, match="docx"):
        render(mentor, "odt")


def _word(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_word_keeps_what_templates_would_eat(guide: Guide) -> None:
    """Ampersands, angle brackets, braces and what follows a control character are all there."""
    action = guide.commitments[0].model_copy(update={"text": "R&D <angle> {{ x }} {% y %} \x07 and the rest"})
    view = cut(guide.model_copy(update={"commitments": (action,)}), "mentor")
    assert "R&D <angle> {{ x }} {% y %} and the rest" in _word(render(view, "docx"))


def test_word_has_real_headings_lists_and_a_table(mentor: GuideView) -> None:
    """The structure is in the styles, so that it can be navigated and edited."""
    document = docx.Document(io.BytesIO(render(mentor, "docx")))
    styles = {p.style.name for p in document.paragraphs if p.style is not None}
    assert {"Title", "Heading 1", "Heading 2", "List Bullet", "List Number"} <= styles
    assert len(document.tables[0].rows) == 1 + len(mentor.agenda.blocks)
    assert document.core_properties.created == document.core_properties.modified


def test_word_lists_begin_at_one(mentor: GuideView) -> None:
    """Each numbered list has its own numbering."""
    document = docx.Document(io.BytesIO(render(mentor, "docx")))
    paragraphs: Any = document.paragraphs
    ids = [p._p.pPr.numPr.numId.val for p in paragraphs if p.style.name == "List Number"]
    assert len(set(ids)) == 3  # what to check first, the activity's steps, the sources


def test_the_calendar_has_both_days(mentor: GuideView) -> None:
    """The meeting and the next date, as whole days that block nothing, with stable ids."""
    events = Calendar.from_ical(render(mentor, "ics")).walk("VEVENT")
    assert [str(e.decoded("DTSTART")) for e in events] == ["2027-01-14", "2027-02-11"]
    assert len({str(e["UID"]) for e in events}) == 2
    assert {str(e["TRANSP"]) for e in events} == {"TRANSPARENT"}


def test_the_meeting_has_an_alarm_for_the_reading(mentor: GuideView) -> None:
    """The first meeting's alarm rings at nine, two days before, and says what to do."""
    events = Calendar.from_ical(render(mentor, "ics")).walk("VEVENT")
    alarms = [event.walk("VALARM") for event in events]
    assert [len(found) for found in alarms] == [1, 0]
    assert alarms[0][0].decoded("TRIGGER").total_seconds() == -39 * 3600
    assert "twenty minutes" in str(alarms[0][0]["DESCRIPTION"])


def test_a_calendar_needs_a_date(guide: Guide) -> None:
    """Without any date the error says what to do; the bundle leaves the calendar out."""
    undated = guide.model_copy(
        update={
            "session": guide.session.model_copy(update={"on": None}),
            "next_session": guide.next_session.model_copy(update={"on": None}),
        }
    )
    view = cut(undated, "shared")
    with pytest.raises(RenderError, match="date"):
        render(view, "ics")
    assert "shared.ics" not in zipfile.ZipFile(io.BytesIO(render(view, "zip"))).namelist()


def test_the_bundle_holds_one_of_each(mentor: GuideView) -> None:
    """Every other format is in the zip, byte for byte."""
    bundle = zipfile.ZipFile(io.BytesIO(render(mentor, "zip")))
    assert {name.rpartition(".")[2] for name in bundle.namelist()} == set(FORMATS) - {"zip"}
    assert bundle.read("mentor.md") == render(mentor, "md")


def test_the_primer_is_a_mail(primer: PrimerView) -> None:
    """A subject, a greeting, lines short enough for any mail program, and the sources' addresses."""
    text = render(primer, "txt").decode()
    assert text.startswith("Subject: Before you meet Aiko")
    assert "Dear Helena Brandt," in text
    assert all(len(line) <= 76 or "https://" in line for line in text.splitlines()[1:])
    assert "https://www.example.org/example-central-bank-reserves" in text
