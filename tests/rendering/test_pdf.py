"""Paper: few pages, the same bytes, any script, and a warning when a character cannot be shown."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from guidegen.domain.guide import Guide
from guidegen.domain.views import AUDIENCES, GuideView, PrimerView, cut
from guidegen.errors import RenderError
from guidegen.rendering import render_pdf
from guidegen.rendering.fonts import needed


def _read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def _words(data: bytes) -> str:
    return "".join("".join(page.extract_text() for page in _read(data).pages).replace("\u200b", "").split())


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_view_has_few_pages(guide: Guide, audience: str, paper: str) -> None:
    """Four pages at most for a side, six for the coordinator, on both papers, without a warning."""
    data, warnings = render_pdf(cut(guide, audience), paper)  # type: ignore[arg-type]
    assert len(_read(data).pages) <= (6 if audience == "full" else 4)
    assert warnings == []


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_primer_is_one_page(primer: PrimerView, paper: str) -> None:
    """The primer is exactly one page and holds everything, sources included."""
    data, _ = render_pdf(primer, paper)  # type: ignore[arg-type]
    assert len(_read(data).pages) == 1
    words = _words(data)
    for text in (primer.primer.avoid.text, primer.primer.self_check[-1].text, primer.sources[-1].title):
        assert "".join(text.split()) in words


def test_a_long_primer_still_is_one_page(primer: PrimerView) -> None:
    """Half as much again is set smaller, not cut."""
    long = primer.primer.model_copy(
        update={"facts": primer.primer.facts * 2, "terms": primer.primer.terms * 2}
    )
    data, warnings = render_pdf(primer.model_copy(update={"primer": long}))
    assert len(_read(data).pages) == 1
    assert warnings == []
    assert _words(data).count("".join(primer.primer.facts[0].text.split())) == 2


def test_a_primer_that_cannot_fit_says_so(primer: PrimerView) -> None:
    """Nothing is dropped: the second page comes with a warning."""
    long = primer.primer.model_copy(update={"facts": primer.primer.facts * 12})
    _, warnings = render_pdf(primer.model_copy(update={"primer": long}))
    assert "one page" in warnings[0]


def test_the_same_view_makes_the_same_bytes(mentor: GuideView) -> None:
    """Two runs differ in nothing, the date inside is the guide's own."""
    first, second = render_pdf(mentor)[0], render_pdf(mentor)[0]
    assert first == second
    assert "20270104" in str(_read(first).metadata["/CreationDate"])  # type: ignore[index]


def test_it_is_tagged_for_assistive_technology(mentor: GuideView) -> None:
    """The file says it is tagged, has a title and a language."""
    reader = _read(render_pdf(mentor)[0])
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF boolean
    assert root["/Lang"] == "en"
    assert "Crypto" in str(reader.metadata.title)  # type: ignore[union-attr]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


@pytest.mark.parametrize(
    "text", ["監査で聞かれること。简体", "النص العربي", "טקסט בעברית", "한국어", "Привет, ёж", "Ω ₿ ✓ ☐ →"]
)
def test_any_script_has_its_font(primer: PrimerView, text: str) -> None:
    """Chinese, Japanese, Korean, Arabic, Hebrew, Cyrillic and symbols need no warning."""
    topic = primer.topic.model_copy(update={"title": text})
    assert render_pdf(primer.model_copy(update={"topic": topic}))[1] == []


def test_a_missing_character_is_named(primer: PrimerView) -> None:
    """A character that no font has is named in a warning, and the PDF is made all the same."""
    topic = primer.topic.model_copy(update={"title": "fun \U0001f642 ไทย"})
    data, warnings = render_pdf(primer.model_copy(update={"topic": topic}))
    assert len(_read(data).pages) == 1
    assert "\U0001f642" in warnings[0]
    assert "ไ" in warnings[0]


def test_text_is_never_source(mentor: GuideView) -> None:
    """Code of the typesetter in a field is printed as it stands."""
    code = '#panic("no") #let x = $ 1 $ *b* _i_ `c` // @ref <label> \\u{41}'
    topic = mentor.topic.model_copy(update={"title": code})
    data, _ = render_pdf(mentor.model_copy(update={"topic": topic}))
    assert "".join(code.split()) in _words(data)


def test_only_the_fonts_a_text_needs_are_loaded() -> None:
    """Western text loads no Chinese, Japanese, Korean, Arabic or Hebrew font."""
    folders, families = needed("Plain words, žluťoučký, Ελλ", "en")
    assert {package for package, _ in folders} == {"justmytype_western_core"}
    assert families == ()


def test_large_print_is_large(guide: Guide) -> None:
    """The arrangement is kept: bigger type, as many pages as it takes."""
    pair = guide.pair.model_copy(update={"arrangements": ("large print",)})
    data, _ = render_pdf(cut(guide.model_copy(update={"pair": pair}), "mentor"))
    assert len(_read(data).pages) > 6


def test_an_unknown_paper_is_refused(primer: PrimerView) -> None:
    """The error names the papers there are."""
    with pytest.raises(RenderError, match="a4"):
        render_pdf(primer, "a3")  # type: ignore[arg-type]
