"""``guidegen workshop``: the facilitator's guide for 6 to 24 people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guidegen.commands.console import (
    Formats,
    Minutes,
    On,
    Out,
    Paper,
    Topic,
    known_formats,
    load_parts,
    say,
    write,
)

if TYPE_CHECKING:
    from guidegen.domain.workshop import WorkshopView


def workshop(
    topic: Topic,
    people: Annotated[str, typer.Option("--people", help="How many take part, 6 to 24.")] = "12",
    minutes: Minutes = "90",
    seed: Annotated[
        str | None, typer.Option(help="A number that takes the object to promote; the day takes it if empty.")
    ] = None,
    on: On = None,
    formats: Formats = "md",
    out: Out = Path("out"),
    paper: Paper = "a4",
) -> None:
    """Make a facilitator's guide for a workshop of mixed groups."""
    from guidegen import wiring
    from guidegen.domain.session import MAX_MINUTES, MIN_MINUTES
    from guidegen.domain.workshop import MAX_PEOPLE, MIN_PEOPLE
    from guidegen.options import Asked
    from guidegen.workshops import make_workshop

    today = wiring.today()
    asked = Asked()
    wanted = asked.text("--topic", topic)
    participants = asked.whole("--people", people, MIN_PEOPLE, MAX_PEOPLE, 12)
    length = asked.whole("--minutes", minutes, MIN_MINUTES, MAX_MINUTES, 90)
    chance = today.toordinal() if seed is None else asked.whole("--seed", seed, 0, None, 1)
    day = asked.day("--on", on)
    names = asked.many("--format", formats, known_formats())
    sheet = asked.paper(paper)
    asked.settle()
    view = make_workshop(load_parts(), wanted, participants, length, chance, today, on=day)
    written = write(view, f"workshop-{view.topic.id}-{participants}-people", names, out, sheet)
    _summary(view, chance)
    for path in written:
        say(f"  {path}")


def _summary(view: WorkshopView, seed: int) -> None:
    say(f"{view.topic.title}: {view.title.lower()}, {view.minutes} minutes, groups of {', '.join(map(str, view.groups))}")
    say(f"To promote: {view.object.name} (--seed {seed} brings it back)\n")
    for block in view.agenda:
        say(f"  {block.start:>3}′  {block.minutes:>2} min  {block.title}")
    for warning in view.warnings:
        say(f"\nNote: {warning.text}")
    say("\nFiles:")
