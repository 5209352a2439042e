"""Changing one item of a view without making the guide anew: swap it for a spare, or pin it.

Pure: a view in, a new view out, and ``provenance.edited`` says what was done. The number of main
questions never grows, so the session still fits its minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TypeVar

from guidegen.domain.guide import AgendaBlock, Brief, ChecklistItem, PrintedQuestion
from guidegen.domain.views import GuideView
from guidegen.errors import InputError

_Item = TypeVar("_Item", PrintedQuestion, ChecklistItem)


def swap(view: GuideView, item_id: str) -> GuideView:
    """The view with this question or checklist item replaced by the best spare.

    A spare asked by the same person at the same stage comes first. What was replaced goes to the
    end of the spares. Raises InputError: unknown id, pinned, or no spare left.
    """
    _known(item_id, [*view.questions, *view.checklist])
    if item_id in view.spares.pinned:
        raise InputError(f"{item_id} is pinned, so it stays.", remedy="Swap another item.")
    if question := _find(item_id, view.questions):
        new = min(view.spares.questions, key=lambda q: _distance(q, question), default=None)
        if new is None:
            raise InputError("No spare question is left.", remedy="Make the guide again with another take.")
        taken = new.model_copy(update={"if_time": question.if_time})
        spares = (*_without(new.id, view.spares.questions), question.model_copy(update={"if_time": False}))
        questions = tuple(taken if q.id == item_id else q for q in view.questions)
        view = _with_questions(view, questions, spares, question, taken)
        return _edited(view, f"swapped {item_id} for {new.id}")
    item = _find(item_id, view.checklist)
    spare = min(view.spares.checklist, key=lambda c: item is not None and c.who != item.who, default=None)
    if item is None or spare is None:
        raise InputError("No spare checklist item is left.", remedy="Make the guide again with another take.")
    kept = view.spares.model_copy(update={"checklist": (*_without(spare.id, view.spares.checklist), item)})
    checklist = tuple(spare if c.id == item_id else c for c in view.checklist)
    view = view.model_copy(update={"checklist": checklist, "spares": kept})
    return _edited(view, f"swapped {item_id} for {spare.id}")


def pin(view: GuideView, item_id: str) -> GuideView:
    """The view with this item in the main set and protected from swaps.

    A spare or if-time question takes the place of the main question most like it that is not
    pinned, which moves to "if there is time". A spare checklist item is added. Raises InputError.
    """
    spares = view.spares
    _known(item_id, [*view.questions, *view.checklist, *spares.questions, *spares.checklist])
    if item_id in spares.pinned:
        return view
    if (question := _find(item_id, (*view.questions, *spares.questions))) and (
        question.if_time or _find(item_id, spares.questions)
    ):
        view = _into_main(view, question)
    elif item := _find(item_id, spares.checklist):
        left = spares.model_copy(update={"checklist": _without(item_id, spares.checklist)})
        view = view.model_copy(update={"checklist": (*view.checklist, item), "spares": left})
    pinned = view.spares.model_copy(update={"pinned": (*view.spares.pinned, item_id)})
    return _edited(view.model_copy(update={"spares": pinned}), f"pinned {item_id}")


def _into_main(view: GuideView, question: PrintedQuestion) -> GuideView:
    new = question.model_copy(update={"if_time": False})
    main = [q for q in view.questions if not q.if_time]
    later = [q for q in view.questions if q.if_time and q.id != new.id]
    # Of two that are equally like it the later one gives way: sets begin with what matters most.
    free = [q for q in reversed(main) if q.id not in view.spares.pinned]
    out = min(free, key=lambda q: _distance(q, new), default=None)
    spares = _without(new.id, view.spares.questions)
    if out is None:
        return _with_questions(view, (*main, new, *later), spares, None, new)
    moved = out.model_copy(update={"if_time": True})
    questions = (*(new if q.id == out.id else q for q in main), moved, *later)
    return _with_questions(view, questions, spares, out, new)


def _with_questions(
    view: GuideView,
    questions: tuple[PrintedQuestion, ...],
    spares: tuple[PrintedQuestion, ...],
    old: PrintedQuestion | None,
    new: PrintedQuestion,
) -> GuideView:
    """The view with these questions; what named or quoted ``old`` elsewhere follows."""
    changes: dict[str, object] = {
        "questions": questions,
        "spares": view.spares.model_copy(update={"questions": spares}),
    }
    if old is not None:
        was, now = old, new
        blocks = _renamed(view.agenda.blocks, was.id, now.id)
        changes["agenda"] = view.agenda.model_copy(update={"blocks": blocks})
        rescue = _renamed(view.rescue.blocks, was.id, now.id)
        changes["rescue"] = view.rescue.model_copy(update={"blocks": rescue})
        bring = tuple(
            b.model_copy(update={"id": now.id, "text": now.text, "origin": now.origin})
            if b.id == was.id
            else b
            for b in view.primer.bring
            # The executive brings no question that the mentor asks, and none twice.
            if not (b.id == was.id and now.asked_by == "mentor") and b.id != now.id
        )
        changes["primer"] = view.primer.model_copy(update={"bring": bring})
        message = view.send_ahead
        changes["send_ahead"] = message.model_copy(update={"text": message.text.replace(was.text, now.text)})
        changes["briefs"] = tuple(_quoting(brief, was.text, now.text) for brief in view.briefs)
        changes["brief"] = _quoting(view.brief, was.text, now.text) if view.brief else None
    return view.model_copy(update=changes)


def _quoting(brief: Brief, old: str, new: str) -> Brief:
    parts = tuple(
        part.model_copy(
            update={
                "lines": tuple(
                    line.model_copy(update={"text": line.text.replace(old, new)}) for line in part.lines
                )
            }
        )
        for part in brief.parts
    )
    return brief.model_copy(update={"parts": parts})


def _renamed(blocks: Iterable[AgendaBlock], old: str, new: str) -> tuple[AgendaBlock, ...]:
    return tuple(
        block.model_copy(
            update={"questions": tuple(dict.fromkeys(new if q == old else q for q in block.questions))}
        )
        for block in blocks
    )


def _distance(one: PrintedQuestion, other: PrintedQuestion) -> tuple[bool, bool]:
    return one.asked_by != other.asked_by, one.stage != other.stage


def _find(item_id: str, items: Iterable[_Item]) -> _Item | None:
    return next((item for item in items if item.id == item_id), None)


def _without(item_id: str, items: Iterable[_Item]) -> tuple[_Item, ...]:
    return tuple(item for item in items if item.id != item_id)


def _known(item_id: str, items: Sequence[PrintedQuestion | ChecklistItem]) -> None:
    ids = [item.id for item in items]
    if item_id not in ids:
        near = get_close_matches(item_id, ids, n=3, cutoff=0.3) or ids[:3]
        remedy = f"Nearest: {', '.join(near)}." if near else ""
        raise InputError(
            f"This guide has no question or checklist item {item_id!r} to change.", remedy=remedy
        )


def _edited(view: GuideView, what: str) -> GuideView:
    made = view.provenance
    return view.model_copy(update={"provenance": made.model_copy(update={"edited": (*made.edited, what)})})
