"""A view's JSON: written with its fields in their declared order, read back with every fault named."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from guidegen.domain.guide import AgendaBlock
from guidegen.domain.views import SCHEMA_VERSION, GuideView, PrimerView
from guidegen.domain.workshop import WorkshopBlock, WorkshopView
from guidegen.errors import Fault, GuideFileError

View = GuideView | PrimerView | WorkshopView
_KINDS: dict[str, type[PrimerView] | type[WorkshopView]] = {"primer": PrimerView, "workshop": WorkshopView}
_AGAIN = "Export the guide again as JSON, or undo the change."


def to_json(view: View) -> str:
    """The view as JSON, by alias, fields in declared order, with a line feed at the end."""
    return view.model_dump_json(by_alias=True, indent=2) + "\n"


def _refuse(name: str, *faults: Fault) -> GuideFileError:
    return GuideFileError(f"{name} cannot be read back.", remedy=_AGAIN, faults=faults)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise KeyError(key)
        found[key] = value
    return found


def _plain(text: str | bytes, name: str) -> dict[str, Any]:
    try:
        data = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        problem = f"This is not JSON: {error.msg}, column {error.colno}."
        raise _refuse(name, Fault(name, error.lineno, "", problem, "")) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise _refuse(name, Fault(name, 0, "", "This is not JSON in UTF-8.", "")) from error
    except KeyError as error:
        raise _refuse(
            name, Fault(name, 0, str(error.args[0]), "The key stands twice.", "Keep one.")
        ) from error
    if not isinstance(data, dict):
        raise _refuse(name, Fault(name, 0, "", "A guide is one JSON object.", ""))
    return data


def read_view(text: str | bytes, *, name: str = "guide.json") -> View:
    """The view a JSON file holds; ``name`` is how faults call the file.

    Raises GuideFileError with every fault: bad fields, and ids that point nowhere.
    """
    data = _plain(text, name)
    if (version := data.get("schema_version")) != SCHEMA_VERSION:
        problem = f"The schema version is {version!r}; this guidegen reads {SCHEMA_VERSION!r}."
        raise _refuse(name, Fault(name, 0, "schema_version", problem, "Make the guide anew."))
    kind = _KINDS.get(str(data.get("view")), GuideView)
    try:
        # By way of JSON, so that dates and tuples are read as the file writes them.
        view = kind.model_validate_json(json.dumps(data), strict=False)
    except ValidationError as error:
        faults = [
            Fault(name, 0, ".".join(str(step) for step in e["loc"]), f"{e['msg']}.", "")
            for e in error.errors(include_url=False, include_input=False, include_context=False)
        ]
        raise _refuse(name, *faults) from error
    if faults := list(_loose_ends(view, name)):
        raise _refuse(name, *faults)
    return view


def _evidence(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every (path, source id) of a dumped view."""
    if isinstance(value, dict):
        for key, item in value.items():
            where = f"{path}.{key}" if path else key
            if key == "evidence":
                yield from ((where, source) for source in item)
            else:
                yield from _evidence(item, where)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _evidence(item, f"{path}.{index}")


def _loose_ends(view: View, name: str) -> Iterator[Fault]:
    known = {source.id for source in view.sources}
    for path, source in _evidence(view.model_dump(mode="json", by_alias=True)):
        if source not in known:
            yield Fault(
                name, 0, path, f"No source has the id {source!r}.", "Add it to sources, or remove it."
            )
    if isinstance(view, PrimerView):
        return
    questions = {question.id for question in view.questions}
    blocks: list[tuple[str, AgendaBlock | WorkshopBlock]]
    if isinstance(view, WorkshopView):
        blocks = [(f"agenda.{i}", b) for i, b in enumerate(view.agenda)]
        where, planned, minutes = "agenda", sum(b.minutes for b in view.agenda), view.minutes
    else:
        blocks = [(f"agenda.blocks.{i}", b) for i, b in enumerate(view.agenda.blocks)]
        blocks += [(f"rescue.blocks.{i}", b) for i, b in enumerate(view.rescue.blocks)]
        where, planned, minutes = "agenda.blocks", view.agenda.minutes, view.session.minutes
    for path, block in blocks:
        for question in block.questions:
            if question not in questions:
                yield Fault(name, 0, f"{path}.questions", f"No question has the id {question!r}.", "")
    yield from _out_of_step(view, name)
    if planned != minutes:
        problem = f"The blocks add up to {planned} minutes, the session has {minutes}."
        yield Fault(name, 0, where, problem, "Make them equal.")


def _out_of_step(view: GuideView | WorkshopView, name: str) -> Iterator[Fault]:
    """What hand edits leave behind: starts that no longer follow, ids that stand twice, a lost activity."""
    agendas: dict[str, Sequence[AgendaBlock | WorkshopBlock]]
    if isinstance(view, WorkshopView):
        agendas = {"agenda": view.agenda}
    else:
        agendas = {"agenda.blocks": view.agenda.blocks, "rescue.blocks": view.rescue.blocks}
    for where, blocks in agendas.items():
        start = 0
        for index, block in enumerate(blocks):
            if block.start != start:
                problem = f"It starts at minute {block.start}; the blocks before it take {start}."
                yield Fault(name, 0, f"{where}.{index}.start", problem, f"Write {start}.")
            # Those after it are measured from here, so that one slip is one fault.
            start = block.start + block.minutes
    groups: dict[str, Sequence[Any]] = {"questions": view.questions, "sources": view.sources}
    if isinstance(view, GuideView):
        groups["checklist"] = view.checklist
        if (total := sum(b.minutes for b in view.rescue.blocks)) != view.rescue.minutes:
            problem = f"The blocks add up to {total} minutes, the rescue version has {view.rescue.minutes}."
            yield Fault(name, 0, "rescue.blocks", problem, "Make them equal.")
        for index, agenda_block in enumerate(view.agenda.blocks):
            if agenda_block.activity and (view.activity is None or view.activity.id != agenda_block.activity):
                problem = f"There is no activity {agenda_block.activity!r} in this guide."
                yield Fault(name, 0, f"agenda.blocks.{index}.activity", problem, "Name the guide's own, or null.")
    for where, items in groups.items():
        ids = [item.id for item in items]
        for index, item_id in enumerate(ids):
            if item_id in ids[:index]:
                yield Fault(name, 0, f"{where}.{index}.id", f"The id {item_id!r} stands twice.", "Keep one.")
