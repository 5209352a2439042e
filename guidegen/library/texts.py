"""Every text of the corpus that people read, with the path of its field."""

from __future__ import annotations

from collections.abc import Iterator

from guidegen.domain.formats import Format, WorkshopFormat
from guidegen.domain.topic import (
    Activity,
    Decision,
    GiveBack,
    Item,
    Misconception,
    Outcome,
    Passage,
    Question,
    Term,
)
from guidegen.strict_yaml import Path


def texts_of_format(form: Format) -> Iterator[tuple[Path, str]]:
    """Every text of a session format."""
    for n, block in enumerate(form.blocks):
        yield ("blocks", n, "title"), block.title
        yield ("blocks", n, "purpose"), block.purpose
        for m, step in enumerate(block.steps):
            yield ("blocks", n, "steps", m, "text"), step.text
        for m, line in enumerate(block.say):
            yield ("blocks", n, "say", m), line
    for n, point in enumerate(form.agreement):
        yield ("agreement", n, "text"), point.text
    for n, repair in enumerate(form.repair_lines):
        yield ("repair_lines", n, "say"), repair.say
    for n, item in enumerate(form.pulse):
        yield ("pulse", n, "text"), item.text
    for n, text in enumerate(form.behave):
        yield ("behave", n), text
    if form.send_ahead:
        yield ("send_ahead", "subject"), form.send_ahead.subject
        yield ("send_ahead", "text"), form.send_ahead.text
    if isinstance(form, WorkshopFormat):
        yield from ((("prepare", n), text) for n, text in enumerate(form.prepare))
        yield from ((("materials", n), text) for n, text in enumerate(form.materials))
        for n, aim in enumerate(form.aims):
            yield ("aims", n, "text"), aim.text
            yield ("aims", n, "evidence_of_learning"), aim.evidence_of_learning
        for name, sheet in (("task", form.task), ("harvest", form.harvest)):
            yield from (((name, "title"), sheet.title), ((name, "intro"), sheet.intro))
            yield from (((name, "lines", n), text) for n, text in enumerate(sheet.lines))
        for n, thing in enumerate(form.objects):
            yield from ((("objects", n, "daily"), thing.daily), (("objects", n, "decide"), thing.decide))


def texts_of(item: Item) -> Iterator[tuple[Path, str]]:
    """Every text of an item that people read, with the path of its field."""
    if isinstance(item, Passage):
        yield from ((("title",), item.title), (("text",), item.text), (("in_short",), item.in_short))
        yield from ((("says",), c.says) for c in item.citations)
    elif isinstance(item, Misconception):
        yield from ((("claim",), item.claim), (("correction",), item.correction))
        yield from ((("says",), c.says) for c in item.citations)
    elif isinstance(item, GiveBack):
        yield from ((("title",), item.title), (("text",), item.text), (("ask",), item.ask), (("result",), item.result))
    elif isinstance(item, Question):
        yield from ((("text",), item.text), (("why",), item.why))
        yield from ((("for", name), text) for name, text in item.for_.items())
        for n, follow in enumerate(item.follow_ups):
            yield from ((("follow_ups", n, "if"), follow.if_), (("follow_ups", n, "ask"), follow.ask))
    elif isinstance(item, Activity):
        yield from ((("title",), item.title), (("setup",), item.setup), (("result",), item.result))
        yield from ((("steps", n), step) for n, step in enumerate(item.steps))
        yield from ((("materials", n), thing) for n, thing in enumerate(item.materials))
        yield from ((("example_for", name), text) for name, text in item.example_for.items())
        if item.safety:
            yield ("safety",), item.safety
    elif isinstance(item, Decision):
        yield from ((("question",), item.question), (("bridge",), item.bridge))
        for n, option in enumerate(item.options):
            yield from ((("options", n, "text"), option.text), (("options", n, "trade_off"), option.trade_off))
        yield from ((("check_first", n), text) for n, text in enumerate(item.check_first))
        yield ("artefact", "title"), item.artefact.title
        for n, line in enumerate(item.artefact.lines):
            yield ("artefact", "lines", n, "text"), line.text
            if line.example:
                yield ("artefact", "lines", n, "example"), line.example
    elif isinstance(item, Outcome):
        yield from ((("text",), item.text), (("evidence_of_learning",), item.evidence_of_learning))
        if item.self_check:
            yield ("self_check",), item.self_check
    elif isinstance(item, Term):
        yield from ((("term",), item.term), (("meaning",), item.meaning))
