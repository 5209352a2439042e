"""The commands for those who write the corpus, and for those who keep people's files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guidegen.commands.console import On, counted, progress, say

corpus_app = typer.Typer(no_args_is_help=True, help="Check the corpus and write its schemas.")
people_app = typer.Typer(no_args_is_help=True, help="Check profiles and pairs.")


@corpus_app.command("check")
def corpus_check(folder: Annotated[Path | None, typer.Argument(help="Another corpus folder.")] = None) -> None:
    """Check every rule of the corpus standard; all findings at once."""
    from guidegen import wiring
    from guidegen.library import check

    where = folder or wiring.settings().corpus
    report = check(where)
    for finding in report.advice:
        say(f"advice: {finding}")
    for finding in report.faults:
        say(f"fault:  {finding}")
    say(f"{where}: {counted(len(report.faults), 'fault')}, {counted(len(report.advice), 'piece')} of advice")
    if report.faults:
        raise typer.Exit(1)


@corpus_app.command("schema")
def corpus_schema(folder: Annotated[Path | None, typer.Argument(help="Where to write; the corpus itself if empty.")] = None) -> None:
    """Write the JSON Schemas that editors complete and validate with."""
    from guidegen import wiring
    from guidegen.library import schema

    for path in schema(folder or wiring.settings().corpus):
        say(f"  {path}")


@corpus_app.command("vectors")
def corpus_vectors() -> None:
    """Write the corpus' vectors beside it, so that nobody who installs it has to compute them."""
    from guidegen import wiring

    progress("Embedding what is new in the corpus …")
    say(f"{wiring.write_vectors()} texts have their vectors")


@corpus_app.command("stale")
def corpus_stale(on: On = None) -> None:
    """List dated statements that are due for a new look on a day: a report, never a failing check."""
    from guidegen import wiring
    from guidegen.library import stale
    from guidegen.options import Asked

    asked = Asked()
    day = asked.day("--on", on) or wiring.today()
    asked.settle()
    rows = stale(wiring.library(wiring.settings()), day)
    for row in rows:
        say(str(row))
    say(f"{len(rows)} due on {day.isoformat()}")


@people_app.command("check")
def people_check(paths: Annotated[list[Path], typer.Argument(help="Pair files, profiles, CSV files or folders.")]) -> None:
    """Check profiles and pairs; all faults at once, with file, line, field and remedy."""
    from guidegen.people import check_paths

    count, faults = check_paths(paths)
    for fault in faults:
        say(str(fault))
    say(f"{counted(count, 'person', 'people')} without a fault, {counted(len(faults), 'fault')}")
    if faults:
        raise typer.Exit(1)
