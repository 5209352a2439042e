"""``guidegen prompts``: the texts a model reads; and what the command line says of a model's work."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from guidegen.commands.console import counted, say

if TYPE_CHECKING:
    from guidegen.domain.chat import ChatRequest
    from guidegen.domain.guide import ModelWork

prompts_app = typer.Typer(no_args_is_help=True, help="Show the prompts, and write the lock of their versions.")


@prompts_app.command("show")
def prompts_show(
    name: Annotated[str | None, typer.Argument(help="A section, such as session; all names and versions if empty.")] = None,
) -> None:
    """Print a section's prompts with the parts they include, or list them all with their versions."""
    from guidegen import wiring
    from guidegen.errors import InputError

    prompts = wiring.prompts()
    names = [n for n in prompts.names() if name in (None, n, n.partition("/")[0])]
    if not names:
        raise InputError(f"There is no prompt '{name}'.", remedy=f"Choose from {', '.join(prompts.names())}.")
    if name is None:
        for line in prompts.current():
            say(f"{line.name:<24} version {line.version:<3} {line.fingerprint}")
        return
    for part in dict.fromkeys(p for n in names for p in prompts.parts(n)):
        say(f"--- {part}.md.j2")
        say(prompts.source(part))


@prompts_app.command("lock")
def prompts_lock() -> None:
    """Write prompts.lock: a version moves only where the text moved."""
    from guidegen import wiring
    from guidegen.files import write_file
    from guidegen.writing.prompts import LOCK

    prompts = wiring.prompts()
    before = {line.name: line for line in prompts.locked()}
    moved = [line for line in prompts.current() if before.get(line.name) != line]
    path = write_file(prompts.folder / LOCK, prompts.lock_text().encode())
    for line in moved:
        say(f"{line.name}: version {line.version}")
    say(f"{path}: {counted(len(moved), 'version')} moved")


def show_requests(requests: Sequence[ChatRequest]) -> None:
    """Everything that would leave the house, as it would."""
    for request in requests:
        for message in request.messages:
            say(f"=== {request.schema_name}: {message.role}\n{message.text}")
        say(f"=== {request.schema_name}: schema of the answer\n{json.dumps(request.answer_schema, ensure_ascii=False)}\n")
    signs = sum(len(m.text) for request in requests for m in request.messages)
    say(f"=== {counted(len(requests), 'call')}, {signs:,} characters of prompts in all. Nothing was sent.")


def summary_of(work: ModelWork) -> None:
    """What the model did, in a line or two."""
    say(
        f"\n{work.model}: {counted(work.changed, 'text')} adapted, {work.tokens_in:,} tokens in, {work.tokens_out:,} out,"
        f" {counted(work.attempts, 'call')}"
    )
    if work.findings:
        say(f"Stayed composed in {counted(len(work.findings), 'case')}: " + "; ".join(work.findings[:4]) + (" …" if work.findings[4:] else ""))
