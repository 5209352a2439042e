"""What the commands share: their common options, lines to the reader, and writing a view's files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from guidegen.domain.views import GuideView, PrimerView
    from guidegen.domain.workshop import WorkshopView
    from guidegen.guides import Parts
    from guidegen.settings import Settings

Topic = Annotated[str, typer.Option("--topic", help="A topic's id, or the question in your own words.")]
Minutes = Annotated[str, typer.Option(help="Whole minutes, 15 to 180.")]
On = Annotated[str | None, typer.Option("--on", help="The day, as 2027-01-14.")]
Out = Annotated[Path, typer.Option("--out", help="Folder for the files.")]
Formats = Annotated[str, typer.Option("--format", help="Any of md, html, pdf, json, docx, ics, txt; with commas.")]
Paper = Annotated[str, typer.Option(help="a4 or letter.")]
Model = Annotated[
    str | None, typer.Option("--model", help="A language model, provider:name, to adapt the words; the setting if empty.")
]
Take = Annotated[str, typer.Option("--take", help="2, 3 …: another try of the model's with everything else the same.")]
Fresh = Annotated[bool, typer.Option("--fresh", help="Ask the model anew, whatever answers are kept.")]
Preview = Annotated[
    bool, typer.Option("--preview", help="Print exactly what would be sent to a model, call nothing, write nothing.")
]
Language = Annotated[str, typer.Option("--language", help="The language to write in, as en or pt-BR; all but English needs a model.")]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable answer.")]


def say(text: str = "") -> None:
    """A line for the reader."""
    sys.stdout.write(text + "\n")


def counted(number: int, one: str, many: str = "") -> str:
    """One fault, two faults."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def progress(text: str) -> None:
    """A line about what is going on, apart from the result."""
    if sys.stderr.isatty():
        sys.stderr.write(text + "\n")


def load_parts(chosen: Settings | None = None, *, take: int = 1, fresh: bool = False) -> Parts:
    """What a guide is made with; the corpus is read on first use.

    Only with settings handed in, and a model in them, does a model write: whoever only searches needs none.
    """
    from guidegen import wiring

    progress("Reading the corpus …")
    known = chosen or wiring.settings()
    if known.model is None:
        return wiring.parts()
    return wiring.parts(known, take=take, fresh=fresh) if chosen else wiring.parts(known.model_copy(update={"model": None}))


def write(
    view: GuideView | PrimerView | WorkshopView, stem: str, formats: list[str], out: Path, paper: Literal["a4", "letter"]
) -> list[Path]:
    """Every format of one view; names say whose copy it is."""
    from guidegen.files import write_file
    from guidegen.rendering import FORMATS, render, render_pdf

    written = []
    for name in formats:
        if name == "pdf":
            content, notes = render_pdf(view, paper)
            for note in notes:
                sys.stderr.write(f"note: {note}\n")
        else:
            content = render(view, name, paper=paper)
        written.append(write_file(out / f"{stem}{FORMATS[name].suffix}", content))
    return written


def known_formats() -> tuple[str, ...]:
    """Every kind of file a view can become."""
    from guidegen.rendering import FORMATS

    return tuple(FORMATS)
