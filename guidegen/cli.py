"""The command line: arguments in, files and a readable summary out.

A command parses, calls one function of the core, writes and prints. Results go to standard output,
progress and errors to standard error, so that ``--json`` can be piped.
"""

from __future__ import annotations

import json
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from guidegen.commands.console import (
    AsJson,
    Formats,
    Fresh,
    Language,
    Minutes,
    Model,
    On,
    Out,
    Paper,
    Preview,
    Take,
    Topic,
    known_formats,
    load_parts,
    progress,
    say,
    write,
)
from guidegen.commands.corpus import corpus_app, people_app
from guidegen.commands.prompts import prompts_app, show_requests, summary_of
from guidegen.commands.workshop import workshop
from guidegen.errors import GuidegenError, InputError

if TYPE_CHECKING:
    from guidegen.domain.views import GuideView

app = typer.Typer(
    name="guidegen",
    help="Session guides for reverse mentoring: agenda, questions, checklist and a one-page primer, every fact cited.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(corpus_app, name="corpus")
app.add_typer(people_app, name="people")
app.add_typer(prompts_app, name="prompts")

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""

ALL_VIEWS = ("shared", "mentor", "executive")
@app.command()
def guide(
    pair: Annotated[Path, typer.Argument(help="A pair file (YAML or JSON) with mentor: and executive:.")],
    topic: Topic,
    minutes: Minutes = "60",
    session: Annotated[str, typer.Option(help="first, standard, review, final or rescue.")] = "first",
    number: Annotated[str, typer.Option(help="1 for the first meeting.")] = "1",
    on: On = None,
    place: Annotated[str, typer.Option(help="room, video or phone.")] = "room",
    chosen: Annotated[
        str | None, typer.Option("--as", help="A format by its id instead of the session's own, such as sprint-day.")
    ] = None,
    view: Annotated[str, typer.Option(help="shared, mentor, executive, full; with commas.")] = ",".join(ALL_VIEWS),
    formats: Formats = "md",
    out: Out = Path("out"),
    paper: Paper = "a4",
    language: Language = "en",
    model: Model = None,
    take: Take = "1",
    fresh: Fresh = False,
    preview: Preview = False,
) -> None:
    """Make the guide for one pair and one session."""
    from guidegen import guides, wiring
    from guidegen.domain.views import AUDIENCES, cut
    from guidegen.options import Asked
    from guidegen.people import read_pair

    asked = Asked()
    wanted = asked.text("--topic", topic)
    tongue = asked.language("--language", language)
    meeting = asked.session(session, number, minutes, on, place).model_copy(update={"format": chosen, "language": tongue})
    attempt = asked.whole("--take", take, 1, None, 1)
    views = asked.many("--view", view, AUDIENCES)
    names = asked.many("--format", formats, known_formats())
    sheet = asked.paper(paper)
    two = asked.file(read_pair, pair)
    asked.settle()
    assert two is not None
    known = wiring.settings(model)
    if preview:
        brief = guides.brief_for(load_parts(), two, wanted, meeting, today=wiring.today())
        show_requests(wiring.preview(brief, known))
        return
    made = guides.make_guide(load_parts(known, take=attempt, fresh=fresh), two, wanted, meeting, today=wiring.today())
    written: list[Path] = []
    for audience in AUDIENCES:
        if audience in views:
            progress(f"Writing the {audience} copy …")
            stem = f"{made.pair.id}-{made.topic.id}-{audience}"
            written += write(cut(made, audience), stem, names, out, sheet)
    _summary(cut(made, "shared"))
    if made.provenance.work:
        summary_of(made.provenance.work)
    say("\nFiles:")
    for path in written:
        say(f"  {path}")


def _summary(view: GuideView) -> None:
    """The guide in a dozen lines."""
    day = f", {view.session.on.isoformat()}" if view.session.on else ""
    say(f"{view.topic.title} — {view.pair.mentor.name} mentors {view.pair.executive.name}")
    say(f"{view.session.title}, {view.session.minutes} minutes{day}")
    if view.artefact:
        say(f"Aim: leave with “{view.artefact.text}”")
    say()
    for block in view.agenda.blocks:
        say(f"  {block.start:>3}′  {block.minutes:>2} min  {block.title}")
    first = [q for q in view.questions if not q.if_time][:3]
    say("\nThe first questions:")
    for question in first:
        say(f"  - {question.text}")
    for warning in view.warnings:
        say(f"\nNote: {warning.text}")


@app.command()
def primer(
    who: Annotated[Path, typer.Argument(help="A pair file, or the executive's own profile.")],
    topic: Topic,
    on: On = None,
    formats: Formats = "md",
    out: Out = Path("out"),
    paper: Paper = "a4",
) -> None:
    """Make the one-page primer for an executive, with or without a mentor named."""
    from guidegen import guides, wiring
    from guidegen.domain.people import Pair
    from guidegen.options import Asked
    from guidegen.people import read_pair_or_person

    asked = Asked()
    wanted = asked.text("--topic", topic)
    meeting = asked.session("first", "1", "60", on, "room")
    names = asked.many("--format", formats, known_formats())
    sheet = asked.paper(paper)
    found = asked.file(read_pair_or_person, who)
    asked.settle()
    assert found is not None
    mentor, executive = (found.mentor, found.executive) if isinstance(found, Pair) else (None, found)
    view = guides.make_primer(load_parts(), executive, wanted, meeting, today=wiring.today(), mentor=mentor)
    written = write(view, f"{executive.id}-{view.topic.id}-primer", names, out, sheet)
    say(f"{view.topic.title}: a primer for {view.executive}")
    for path in written:
        say(f"  {path}")


app.command()(workshop)


@app.command()
def topics(
    text: Annotated[str | None, typer.Option("--for", help="Which topics fit this question?")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="One question a line; one answer a line.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the topics, or find the ones that fit a question in your own words."""
    from guidegen.options import Asked

    asked = Asked()
    if text is not None:
        text = asked.text("--for", text)
    asked.settle()
    lines = [] if file is None else _lines_of(file)
    parts = load_parts()
    if text is None and file is None:
        rows = [{"id": t.id, "title": t.title, "summary": t.summary} for t in parts.library.topics.values()]
        for row in rows:
            say(json.dumps(row, ensure_ascii=False) if as_json else f"{row['id']:<24} {row['title']}\n    {row['summary']}")
        return
    from guidegen.retrieval.routing import route

    for question in [text] if text is not None else lines:
        answer = route(parts.index, parts.library, question)
        if as_json:
            found = [{"id": topic, "score": round(score, 4)} for topic, score in answer.topics]
            say(json.dumps({"answered": answer.answered, "topics": found}, ensure_ascii=False))
        elif answer.answered:
            say(f"{answer.topics[0][0]}: {parts.library.topics[answer.topics[0][0]].summary}")
        else:
            nearest = ", ".join(topic for topic, _ in answer.topics[:3])
            say(f"Nothing in the corpus fits that. The nearest: {nearest}.")


def _lines_of(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise InputError(f"{path} cannot be read: {why}.", remedy="Give a text file, one question a line.") from error


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="What you are looking for, in your own words.")],
    topic: Annotated[str | None, typer.Option("--topic", help="Only in this topic.")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many.")] = 8,
    as_json: AsJson = False,
) -> None:
    """Search the corpus; every answer names its item."""
    from guidegen.options import Asked
    from guidegen.retrieval.chunks import item_text

    asked = Asked()
    wanted = asked.text("TEXT", text)
    asked.settle()
    for hit in load_parts().index.search(wanted, k, topic):
        if as_json:
            row = {"id": hit.item.id, "topic": hit.topic, "score": round(hit.score, 4), "text": item_text(hit.item)[0]}
            say(json.dumps(row, ensure_ascii=False))
        else:
            say(f"{hit.score:.2f}  {hit.item.id}\n      {item_text(hit.item)[0]}")


@app.command()
def render(
    source: Annotated[Path, typer.Argument(help="A guide's JSON, as `guide --format json` wrote it.")],
    swap: Annotated[list[str] | None, typer.Option("--swap", help="Replace this item by its best spare.")] = None,
    pin: Annotated[list[str] | None, typer.Option("--pin", help="Bring this item in, and keep it.")] = None,
    formats: Formats = "md",
    out: Out = Path("out"),
    paper: Paper = "a4",
) -> None:
    """Print a guide again from its JSON, after you edited it, or with items swapped or pinned."""
    from guidegen.domain.views import GuideView
    from guidegen.options import Asked
    from guidegen.rendering import read_view
    from guidegen.rendering import swap as swapping

    asked = Asked()
    names = asked.many("--format", formats, known_formats())
    sheet = asked.paper(paper)
    content = b""
    try:
        content = source.read_bytes()
    except OSError as error:
        asked.off(str(source), f"It cannot be read: {error.strerror}.", "Give the JSON file of a guide.")
    asked.settle()
    view = read_view(content, name=str(source))
    if pin or swap:
        if not isinstance(view, GuideView):
            raise InputError(f"A {view.view} has nothing to swap or pin.", remedy="Render a pair's guide instead.")
        for item in pin or ():
            view = swapping.pin(view, item)
        for item in swap or ():
            view = swapping.swap(view, item)
    for path in write(view, source.stem, names, out, sheet):
        say(f"  {path}")


@app.command()
def doctor() -> None:
    """Check that everything a guide needs is here, and say what to do where it is not."""
    from guidegen.doctor import examine

    healthy = True
    for finding in examine():
        healthy = healthy and finding.ok
        say(f"{'ok   ' if finding.ok else 'FAULT'}  {finding.what}: {finding.result}")
    if not healthy:
        raise typer.Exit(1)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; loopback unless you set it.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port to listen on.")] = None,
) -> None:
    """Serve the API and the page on this machine."""
    import uvicorn

    from guidegen import wiring

    chosen = wiring.settings()
    say(f"http://{host or chosen.host}:{port or chosen.port}")
    uvicorn.run("api.main:app", host=host or chosen.host, port=port or chosen.port, log_level="info")


def _fail(error: GuidegenError) -> NoReturn:
    sys.stderr.write(f"error [{error.code}]: {error}\n")
    nearest: Any = getattr(error, "nearest", ())
    if nearest and not error.remedy:
        sys.stderr.write(f"Nearest: {', '.join(nearest)}\n")
    raise SystemExit(2 if isinstance(error, InputError) else 1)


def main() -> None:
    """The outermost door: every error of ours becomes one clear message and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that knows no dashes still gets its answer
    try:
        app()
    except GuidegenError as error:
        _fail(error)
    except SystemExit as stop:
        if stop.code == INTERRUPTED:
            sys.stderr.write("Stopped. No file was left half-written.\n")
        raise
