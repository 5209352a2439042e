"""A sheet as a Word file: real headings, lists and tables, so that it can be edited and read aloud."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from guidegen.rendering.archive import repacked
from guidegen.rendering.flow import Block, Run, head, heading, inside, tail
from guidegen.rendering.sheet import AgendaPart, RescuePart, Sheet, Slot

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_STYLES = {
    "title": "Title", "part": "Heading 1", "section": "Heading 2", "bullet": "List Bullet",
    "number": "List Number", "source": "List Number", "quote": "Intense Quote",
}  # fmt: skip
_BLANK = "_" * 24
_PROPERTY = 255
"""Characters that a property of a Word file may have."""
_ACCENT, _QUIET = "8C3A1A", "5D5348"


_HEADINGS = (
    ("Title", 24, "1F1A15"),
    ("Heading 1", 15, _ACCENT),
    ("Heading 2", 11.5, "1F1A15"),
    ("Intense Quote", 10, _QUIET),
)


def _restyle(style: Any, points: float, colour: str) -> None:
    """One face for all headings; the theme's own font would win over the name if it stayed."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = "Georgia", Pt(points)
    _colour(style, colour)
    fonts = style.element.rPr.rFonts
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)


def _colour(run: Any, value: str) -> None:
    from docx.shared import RGBColor

    run.font.color.rgb = RGBColor.from_string(value)


def _link(paragraph: Paragraph, text: str, address: str) -> None:
    """A real link; python-docx writes none by itself."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:hyperlink")
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element.set(qn("r:id"), relation)
    run = paragraph.add_run(text)
    run.font.underline = True
    _colour(run, _ACCENT)
    element.append(run._r)
    paragraph._p.append(element)


def _write(paragraph: Paragraph, runs: tuple[Run, ...]) -> None:
    for run in runs:
        if run.link:
            _link(paragraph, run.text, run.link)
            continue
        made = paragraph.add_run(_BLANK if run.style == "blank" else run.text)
        if run.style == "strong":
            made.bold = made.font.cs_bold = True  # Word keeps a weight of its own for Arabic and Hebrew
        elif run.style == "quiet":
            made.italic = True
            _colour(made, _QUIET)
        elif run.style == "cite":
            made.font.superscript = True
            _colour(made, _ACCENT)


def _restart(document: Document) -> int:
    """The id of a new numbered list that begins at 1; Word else counts on through the document."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    old = style.pPr.numPr.numId.val
    base = next(num for num in numbering.num_lst if num.numId == old)
    new = numbering.add_num(base.abstractNumId.val)
    override = OxmlElement("w:lvlOverride")
    override.set(qn("w:ilvl"), "0")
    start = OxmlElement("w:startOverride")
    start.set(qn("w:val"), "1")
    override.append(start)
    new.append(override)
    return int(new.numId)


def _blocks(document: Document, blocks: list[Block]) -> None:
    list_id = 0
    for block in blocks:
        paragraph = document.add_paragraph(style=_STYLES.get(block.style))
        if block.style in ("number", "source"):
            list_id = _restart(document) if block.number == 1 else list_id
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_numId().val = list_id
            properties.get_or_add_ilvl().val = 0
        if block.style == "check":
            paragraph.add_run("\u2610 ")
        _write(paragraph, block.runs)


def _table(document: Document, slots: tuple[Slot, ...]) -> None:
    from docx.shared import Cm

    table = document.add_table(rows=1, cols=2)
    table.style = document.styles["Table Grid"]
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, ("Time", "What"), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for slot in slots:
        when, what = table.add_row().cells
        when.paragraphs[0].add_run(slot.clock).bold = True
        when.add_paragraph(f"{slot.minutes} min")
        title = what.paragraphs[0]
        title.add_run(slot.title).bold = True
        _write(title, (Run(f" {slot.lead}. ", "quiet"), Run(slot.purpose)))
        for step in slot.steps:
            what.add_paragraph(step, style="List Bullet")
        for line in slot.say:
            _write(what.add_paragraph(), (Run(f"“{line}”", "quiet"),))
        for pointer in filter(None, (slot.activity, slot.asks)):
            _write(what.add_paragraph(), (Run(pointer, "strong"),))
    # Word reads the cells' widths, other programs the columns'.
    for column, width in zip(table.columns, (Cm(2.2), Cm(14.3)), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    document.add_paragraph()


def to_word(sheet: Sheet, paper: str) -> bytes:
    """The DOCX, the same bytes each time."""
    import docx
    from docx.shared import Cm, Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(210), Mm(297)) if paper == "a4" else (Mm(215.9), Mm(279.4))
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.2)
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = "Georgia", Pt(14 if sheet.large_print else 10.5)
    for name, points, colour in _HEADINGS:
        _restyle(document.styles[name], points, colour)
    # Notes and the message to send are text to read, not slogans.
    note: Any = document.styles["Intense Quote"]
    note.font.bold = note.font.italic = False
    note.paragraph_format.left_indent = note.paragraph_format.right_indent = Cm(0.4)
    note.paragraph_format.space_before = note.paragraph_format.space_after = Pt(3)
    made_on = datetime.fromisoformat(sheet.made_on)
    about = document.core_properties
    names = ", ".join(face.name for face in sheet.faces)
    about.title, about.author = f"{sheet.title}: {sheet.subtitle}"[:_PROPERTY], names[:_PROPERTY]
    about.created = about.modified = made_on
    about.language, about.comments = sheet.lang, ""
    section.footer.paragraphs[0].text = sheet.footer
    _blocks(document, list(head(sheet)))
    for part in sheet.parts:
        if part.kind == "handout":
            document.add_page_break()  # type: ignore[no-untyped-call]
        _blocks(document, [heading(part)])
        if isinstance(part, AgendaPart | RescuePart):
            if isinstance(part, RescuePart):
                document.add_paragraph(part.text)
            _table(document, part.slots)
        else:
            _blocks(document, list(inside(part)))
    _blocks(document, list(tail(sheet)))
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue(), sheet.made_on)
