"""Awkward texts on paper, in Word, in calendars and in plain text; and four that must always come out right."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from typing import Any

import docx
import pytest
from icalendar import Calendar
from markdown_it import MarkdownIt
from pypdf import PdfReader

from guidegen.domain.views import GuideView, cut, cut_primer
from guidegen.guides import Parts
from guidegen.rendering import FORMATS, read_view, render, render_pdf
from tests.bad_input.naughty import SIXTY, Page, face, guide_of, has_ink, letters, pairs, profile, shown

NAMES = ("山田 太郎", "محمد علي", "Анна Каренина")
GOAL = "Ask R&D what <angle> means to them"
_SOFT = "\u00ad\u200b\u200c\u200d\u2060\u3164\ufe0e\ufe0f"
# Scripts whose letters a PDF keeps one by one and in the order in which they are read.
_PLAIN = re.compile("[ -\u02ff\u0370-\u052f\u1e00-\u1fff\u2010-\u27ff\u3001-\u9fff\uac00-\ud7a3\uff00-\uff9f]+")


def _bare(text: str) -> str:
    """``text`` without spaces and invisible joiners, as a PDF gives it back."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(c for c in text if not c.isspace() and c not in _SOFT)


def _pages(data: bytes) -> str:
    return _bare("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def _is_tagged(data: bytes) -> bool:
    root: Any = PdfReader(io.BytesIO(data)).trailer["/Root"]
    return b"pdfuaid" in root["/Metadata"].get_object().get_data()


def _paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def _meetings(data: bytes) -> list[str]:
    """The summary of each event, unescaped as RFC 5545 says; the parser must find as many events."""
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    found = [line.removeprefix("SUMMARY:") for line in lines if line.startswith("SUMMARY:")]
    assert len(found) == len(Calendar.from_ical(data).walk("VEVENT"))
    return [re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], text) for text in found]


def _people(pair: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return pair["executive"], pair["mentor"]


@pytest.mark.parametrize("part", range(3))
def test_on_paper(parts: Parts, part: int) -> None:
    """Plain scripts can be read back from the PDF; where a character has no font, a warning says so."""
    for pair in pairs(SIXTY[part::3], step=6):
        data, warnings = render_pdf(cut(guide_of(parts, pair), "shared"))
        assert _is_tagged(data) == (warnings == [])
        assert all(warning.startswith("No font here has: ") for warning in warnings)
        text = _pages(data)
        for person in _people(pair):
            for key in ("name", "role", "department"):
                wanted = shown(person[key])
                if _PLAIN.fullmatch(wanted) and not any(c in warning for c in wanted for warning in warnings):
                    assert _bare(wanted) in text, person[key]


def test_in_word(parts: Parts) -> None:
    """The title block and every quoted goal are paragraphs of exactly that text; properties stay short."""
    for pair in pairs(SIXTY, step=6):
        guide = guide_of(parts, pair)
        data = render(cut(guide, "shared"), "docx")
        lines = _paragraphs(data)
        assert [line for line in lines if " (they/them)" in line][:2] == [face(p) for p in _people(pair)]
        for aim in guide.objectives:
            assert not aim.goal or any(f"wrote: “{shown(aim.goal)}”" in line for line in lines)
        assert len(docx.Document(io.BytesIO(data)).core_properties.author) <= 255


def test_in_a_calendar(parts: Parts) -> None:
    """A primer is exactly one event, a guide its two meetings; the summary names both people as written."""
    for pair in pairs(SIXTY):
        guide = guide_of(parts, pair)
        names = " and ".join(shown(person["name"]) for person in _people(pair))
        today, later = f"{guide.topic.title}: {names}", f"Next session: {names}"
        assert _meetings(render(cut_primer(guide), "ics")) == [today]
        assert _meetings(render(cut(guide, "shared"), "ics")) == [today, later]


def test_in_plain_text(parts: Parts) -> None:
    """The title block and every quoted goal are in the text, whatever its lines are broken at."""
    for pair in pairs(SIXTY):
        guide = guide_of(parts, pair)
        text = shown(render(cut(guide, "shared"), "txt").decode())
        for wanted in (*map(face, _people(pair)), *(shown(aim.goal) for aim in guide.objectives if aim.goal)):
            assert wanted in text


def test_the_longest_names_stay_on_the_page(parts: Parts) -> None:
    """A word without a space breaks in any script, so that no letter runs off the edge of the paper."""
    long = profile("Щ" * 150, "é" * 120, "(" * 100)
    pair = {"mentor": {"id": "m", **long}, "executive": {"id": "e", **profile("ع" * 150, "A" * 200)}}
    page = PdfReader(io.BytesIO(render_pdf(cut(guide_of(parts, pair), "shared"))[0])).pages[0]
    text = re.sub(f"[{_SOFT}]", "", unicodedata.normalize("NFKC", page.extract_text()))
    for letter, whole in (("Щ", 150), ("é", 120), ("A", 200)):
        runs = [len(run) for run in re.findall(f"{letter}+", text)]
        assert sum(runs) >= whole
        assert max(runs) <= 80, letter  # what a column of the title block has room for


# --- four names and texts, in every format -----------------------------------------------------


@pytest.fixture(scope="module")
def views(parts: Parts) -> list[GuideView]:
    """Two guides: the three names, a department with an ampersand, a goal with angle brackets."""
    first = {"mentor": {"id": "m", **profile(NAMES[0])}, "executive": {"id": "e", **profile(NAMES[1], "head", "R&D", [GOAL])}}
    second = {"mentor": {"id": "m", **profile(NAMES[2])}, "executive": {"id": "e", **profile(NAMES[0], "head", "R&D", [GOAL])}}
    return [cut(guide_of(parts, pair), "shared") for pair in (first, second)]


FACES = [
    ["محمد علي (they/them), head, R&D", "山田 太郎 (they/them)"],
    ["山田 太郎 (they/them), head, R&D", "Анна Каренина (they/them)"],
]
WROTE = ["محمد علي wrote: “Ask R&D what <angle> means to them”", "山田 太郎 wrote: “Ask R&D what <angle> means to them”"]


def test_four_in_markdown(views: list[GuideView]) -> None:
    """Read by a Markdown reader, the names, R&D and <angle> are as they were typed."""
    for view, faces, wrote in zip(views, FACES, WROTE, strict=True):
        text = render(view, "md").decode()
        page = Page(MarkdownIt("commonmark", {"html": False}).render(text))
        assert page.all("p")[2:4] == faces
        assert page.all("em", " wrote: “") == [f"{wrote}."]
        assert "R&D" in text  # nothing that needs no escape is escaped
        assert "&amp;" not in text


def test_four_in_html(views: list[GuideView]) -> None:
    """On the page they are text; there is no element called angle."""
    for view, faces, wrote in zip(views, FACES, WROTE, strict=True):
        page = Page(render(view, "html").decode())
        assert page.all("strong")[:2] == [line.partition(" (")[0] for line in faces]
        assert page.all("span.post") == ["head, R&D"]
        assert page.all("p.quiet", " wrote: “") == [wrote]
        assert "angle" not in {tag[0] for tag in page.shape}


def test_four_in_pdf(views: list[GuideView]) -> None:
    """On paper every letter has its glyph, in a file tagged for assistive technology."""
    for view in views:
        data, warnings = render_pdf(view)
        assert warnings == []
        assert _is_tagged(data)
        text = _pages(data)
        assert _bare("head, R&D") in text
        assert _bare(GOAL) in text
        for person in (view.pair.mentor, view.pair.executive):
            # Arabic is written from the right: the letters are there, in the order of the page.
            assert _bare(person.name) in text or (person.name == NAMES[1] and set(letters(NAMES[1])) <= set(text))


def test_four_in_word(views: list[GuideView]) -> None:
    """In Word they are paragraphs of exactly that text, and the file's author is both."""
    for view, faces, wrote in zip(views, FACES, WROTE, strict=True):
        data = render(view, "docx")
        lines = _paragraphs(data)
        assert [line for line in lines if " (they/them)" in line] == faces
        assert sum(f"{wrote}." in line for line in lines) == 1
        author = docx.Document(io.BytesIO(data)).core_properties.author
        assert author == f"{view.pair.executive.name}, {view.pair.mentor.name}"


def test_four_in_a_calendar(views: list[GuideView]) -> None:
    """Both meetings name both people."""
    for view in views:
        names = f"{view.pair.executive.name} and {view.pair.mentor.name}"
        assert _meetings(render(view, "ics")) == [f"{view.topic.title}: {names}", f"Next session: {names}"]


def test_four_in_json(views: list[GuideView]) -> None:
    """The JSON holds them unescaped, and reads back as the same view."""
    for view in views:
        text = render(view, "json").decode()
        assert f'"name": "{view.pair.mentor.name}"' in text
        assert '"department": "R&D"' in text
        assert f'"{GOAL}"' in text
        assert read_view(text) == view


def test_four_in_plain_text(views: list[GuideView]) -> None:
    """In plain text they stand as they are."""
    for view, faces, wrote in zip(views, FACES, WROTE, strict=True):
        text = shown(render(view, "txt").decode())
        assert all(line in text for line in (*faces, wrote))


def test_four_in_a_bundle(views: list[GuideView]) -> None:
    """The bundle has one file of each kind, named in plain letters, each as it is alone."""
    for view in views:
        bundle = zipfile.ZipFile(io.BytesIO(render(view, "zip")))
        kinds = [kind for kind in FORMATS if kind != "zip"]
        assert bundle.namelist() == [f"shared{FORMATS[kind].suffix}" for kind in kinds]
        assert all(bundle.read(f"shared{FORMATS[kind].suffix}") == render(view, kind) for kind in kinds if kind != "pdf")
        assert view.pair.mentor.name in bundle.read("shared.md").decode()


def test_the_sixty_are_sixty() -> None:
    """Sixty different texts, nearly all of them visible."""
    assert len(SIXTY) == len(set(SIXTY)) == 60
    assert sum(map(has_ink, SIXTY)) >= 57
