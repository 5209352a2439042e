"""Writes the pages that can be written from the code: docs/cli.md, docs/json.md, docs/corpus-keys.md.

``python -m tools.pages`` writes them; tests/test_docs.py says when they are behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from tools.models import Model, about, models_in, own_name, reached_from, rows, table

ROOT = Path(__file__).resolve().parent.parent
_WRITTEN = "<!-- Written by `make docs` from the code. Change the code, not this page. -->\n"


# --- the command line ---------------------------------------------------------------------------


def commands(group: Any, name: str = "guidegen") -> Iterator[tuple[str, Any]]:
    """Every command of the command line with its full name, in the order of --help."""
    for word, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


def command_line() -> Any:
    """The real command line, as its library sees it."""
    from typer.main import get_command

    from guidegen.cli import app

    return get_command(app)


def is_argument(parameter: Any) -> bool:
    """Whether a parameter is given by its place and not by its name."""
    return not parameter.opts[0].startswith("-")


def _usage(name: str, command: Any) -> str:
    words = [name]
    for parameter in command.params:
        if is_argument(parameter):
            word = parameter.name.upper() + ("..." if parameter.nargs == -1 else "")
            words.append(word if parameter.required else f"[{word}]")
    return " ".join([*words, "[OPTIONS]"] if any(not is_argument(p) for p in command.params) else words)


def _default_of(parameter: Any) -> str:
    if parameter.required:
        return "needed"
    if parameter.multiple:
        return "none; may be given several times"
    value = parameter.default
    return "" if value is None or value is False or callable(value) else f"`{value}`"


def _sentence(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def cli_page() -> str:
    """Every command with its arguments and options, from the command line itself."""
    whole = command_line()
    lines = [
        "# The command line\n",
        _WRITTEN,
        f"{_sentence(whole.help)}\n",
        "Results go to standard output, progress and errors to standard error. Exit codes: 0 done, 1 something here is "
        "wrong, 2 what was asked is wrong ([settings.md](settings.md)). `--help` after any command says what stands here.\n",
    ]
    for name, command in commands(whole):
        lines += [f"## {name}\n", f"{_sentence(command.help or '')}\n", f"```\n{_usage(name, command)}\n```\n"]
        for title, wanted in (("argument", True), ("option", False)):
            found = [p for p in command.params if is_argument(p) is wanted and p.name != "help"]
            if not found:
                continue
            lines.append(f"| {title} | default | what it is |\n|---|---|---|")
            for p in found:
                shown = f"`{p.name.upper()}`" if wanted else ", ".join(f"`{o}`" for o in (*p.opts, *p.secondary_opts))
                lines.append(f"| {shown} | {_default_of(p)} | {_sentence(p.help or '')} |")
            lines.append("")
    return "\n".join(lines)


# --- the JSON of a view ---------------------------------------------------------------------------


def json_page() -> str:
    """Every field of a view's JSON, from the models that write and read it."""
    from guidegen.domain.views import SCHEMA_VERSION, GuideView, PrimerView
    from guidegen.domain.workshop import WorkshopView

    lines = [
        "# The JSON of a guide\n",
        _WRITTEN,
        f"`--format json` and the API write one view of a guide: a [GuideView](#guideview), a [PrimerView](#primerview) "
        f"for a primer alone, or a [WorkshopView](#workshopview). Schema version {SCHEMA_VERSION}. Within a version fields are added, never taken away or given "
        "another meaning. Every field is always there; what is empty is null or an empty list.\n",
        "`guidegen render` reads the same file back, so a guide can be edited as JSON and printed again. Reading holds it "
        "to this page: no unknown field, every id in `evidence` stands in `sources`, every id in a block's `questions` stands "
        "in `questions`, and the agenda's minutes add up to the session's. [examples/](../examples/) has three real files.\n",
        "The file is UTF-8; days are written as 2027-01-14. `origin` says `composed` for text from the corpus and `model` for "
        "text that a language model wrote.\n",
    ]
    for model in reached_from(GuideView, PrimerView, WorkshopView):
        lines += [f"## {own_name(model)}\n", f"{about(model)}\n", table(rows(model), defaults=False), ""]
    return "\n".join(lines)


# --- the corpus -----------------------------------------------------------------------------------


def corpus_files() -> list[tuple[str, str, Model, tuple[str, ...]]]:
    """(heading, what to know of the file, its model, fields that do not stand among its keys)."""
    from guidegen.domain import formats as f
    from guidegen.domain import topic as t

    own = tuple(name for name in t.Topic.model_fields if name.endswith("s") and _holds_items(t.Topic, name))
    entry = "A list; each entry has these keys."
    under = "A comment under the heading, as one mapping: `<!-- {id: …, level: 0} -->`."
    return [
        ("`<topic>/topic.md`: the front matter", "Between two lines `---` at the top.", t.Topic, own),
        ("`<topic>/topic.md`: a passage", f"{under} The heading is the title; the text and its citations follow.", t.Passage, ("title", "text", "citations")),
        ("`<topic>/topic.md`: a misconception", f"{under} The heading is the claim, the text its correction.", t.Misconception, ("claim", "correction", "citations")),
        ("`<topic>/topic.md`: a give-back", f"{under} The heading is the title.", t.GiveBack, ("title", "text")),
        ("`<topic>/questions.yaml`", entry, t.Question, ()),
        ("`<topic>/activities.yaml`", entry, t.Activity, ()),
        ("`<topic>/decisions.yaml`", entry, t.Decision, ()),
        ("`<topic>/outcomes.yaml`", entry, t.Outcome, ()),
        ("`<topic>/glossary.yaml`", entry, t.Term, ()),
        ("`sources.yaml`", entry, t.Source, ()),
        ("`_give-back.yaml`", f"{entry} They belong to no topic.", t.GiveBack, ()),
        ("`_tags.yaml`", "One mapping of three lists.", f.Tags, ()),
        ("`_phrasing.yaml`", entry, f.Phrase, ()),
        ("`_formats/*.yaml`", "One mapping a file.", f.Format, ()),
        ("`_formats/workshop.yaml`", "One mapping; these keys stand beside those of any format.", f.WorkshopFormat, tuple(f.Format.model_fields)),
        ("`_language/bias.yaml`", entry, f.BiasEntry, ()),
        ("`_language/arrangements.yaml`", entry, f.Tag, ()),
    ]


def _holds_items(model: Model, name: str) -> bool:
    return any(models_in(model.model_fields[name].annotation))


def corpus_page() -> str:
    """Every key of every corpus file, from the models that read them."""
    from guidegen.domain.topic import Item

    lines = [
        "# The keys of the corpus\n",
        _WRITTEN,
        "What every file of the corpus may hold. How to write it well is in [corpus/README.md](../corpus/README.md). Lists "
        "may be written as `[a, b]` or one entry a line; a key that is not listed here is a fault. `guidegen corpus schema` "
        "writes the same as JSON Schemas, which editors complete and check with.\n",
        "## Every item\n",
        f"{about(Item)}\n",
        table(rows(Item, links=False)),
        "",
    ]
    known: set[type[BaseModel]] = set()
    for heading, note, model, without in corpus_files():
        item = issubclass(model, Item)
        left_out = (*without, *(Item.model_fields if item else ()))
        more = " The keys of [every item](#every-item) come first." if item else ""
        found = rows(model, links=False, without=left_out)
        lines += [f"## {heading}\n", f"{about(model)} {note}{more}\n"]
        if found:
            lines += [table(found), ""]
        inner = [m for m in reached_from(model)[1:] if m not in known and (model.__name__ != "Topic")]
        for part in inner:
            known.add(part)
            lines += [f"**{own_name(part)}**: {about(part)}\n", table(rows(part, links=False)), ""]
    return "\n".join(lines)


PAGES: dict[str, Callable[[], str]] = {
    "docs/cli.md": cli_page,
    "docs/json.md": json_page,
    "docs/corpus-keys.md": corpus_page,
}
"""Where each generated page stands, and what writes it."""


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (ROOT / name).write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
