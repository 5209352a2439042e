"""A sheet as one stream of headings, paragraphs and list items, for formats that flow.

Markdown, Word and plain text write this stream; they know no part of a guide. The web page and the
PDF are drawn from the sheet itself, by their templates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from guidegen.rendering import sheet as s

RunStyle = Literal["plain", "strong", "quiet", "cite", "blank"]
BlockStyle = Literal["title", "part", "section", "text", "bullet", "number", "check", "quote", "source"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of one line; a ``blank`` is a place to write on and its text is empty."""

    text: str
    style: RunStyle = "plain"
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph or list item; ``number`` counts numbered items and sources."""

    style: BlockStyle
    runs: tuple[Run, ...]
    number: int = 0


def _cites(cites: s.Cites) -> list[Run]:
    return [Run(" " + "".join(f"[{n}]" for n in cites), "cite")] if cites else []


def _block(style: BlockStyle, *runs: Run | str | Iterable[Run], number: int = 0) -> Block:
    flat: list[Run] = []
    for run in runs:
        if isinstance(run, str):
            flat.append(Run(run))
        elif isinstance(run, Run):
            flat.append(run)
        else:
            flat.extend(run)
    return Block(style, tuple(run for run in flat if run.text or run.style == "blank"), number)


def _strong(text: str) -> Run:
    return Run(text, "strong")


def _quiet(text: str) -> Run:
    return Run(text, "quiet")


def _bullets(items: Iterable[str], style: BlockStyle = "bullet") -> Iterator[Block]:
    for number, item in enumerate(items, start=1):
        yield _block(style, item, number=number if style == "number" else 0)


def _blank(blank: s.Blank) -> list[Run]:
    runs: list[Run] = []
    for index, piece in enumerate(blank.pieces):
        if index:
            runs += [Run(" "), Run("", "blank"), Run(" " if piece[:1].isalnum() else "")]
        runs.append(Run(piece))
    if blank.example:
        runs.append(_quiet(f" (for example: {blank.example})"))
    return runs


def _fact(fact: s.Line) -> list[Run]:
    marks = [Run(" · ") if i else Run(" (") for i in range(len(fact.marks))]
    shown = [run for sep, mark in zip(marks, fact.marks, strict=True) for run in (sep, _mark(mark))]
    return [Run(fact.text), *shown, *([Run(")")] if shown else []), *_cites(fact.cites)]


def _mark(mark: s.Mark) -> Run:
    return _quiet(mark.text) if mark.kind == "as-of" else _strong(mark.text)


def _objectives(part: s.AimsPart) -> Iterator[Block]:
    for aim in part.items:
        quote = [_quiet(f" {aim.quoted}: “{aim.quote}”.")] if aim.quote else []
        note = [_strong(f" {aim.note}")] if aim.note else []
        name = [_strong(f"{aim.name}: ")] if aim.name else []
        yield _block("bullet", name, aim.text, quote, note)


def _brief(part: s.BriefPart) -> Iterator[Block]:
    for group in part.parts:
        yield _block("section", group.title)
        yield from _bullets(group.lines)


def _primer(part: s.PrimerPart) -> Iterator[Block]:
    for line in part.why:
        yield _block("text", line)
    if part.facts:
        yield _block("section", "What is known")
        for fact in part.facts:
            yield _block("bullet", _fact(fact))
    if part.terms:
        yield _block("section", "Words worth knowing")
        for term in part.terms:
            yield _block("bullet", _strong(f"{term.first}: "), term.second, _cites(term.cites))
    if part.misconceptions:
        yield _block("section", "Often said, and what is true")
        for pair in part.misconceptions:
            yield _block("bullet", _quiet(f"“{pair.first}” "), pair.second, _cites(pair.cites))
    for title, lines in (("Questions to bring", part.bring), ("How to make it work", part.behave)):
        if lines:
            yield _block("section", title)
            yield from _bullets(lines)
    yield _block("text", _strong("One thing to avoid: "), part.avoid)
    if part.self_check:
        yield _block("section", "Ask yourself before you go in")
        yield from _bullets(part.self_check, "check")


def _facts(part: s.FactsPart) -> Iterator[Block]:
    for fact in part.items:
        yield _block("bullet", _fact(fact))


def _slots(slots: tuple[s.Slot, ...]) -> Iterator[Block]:
    for slot in slots:
        yield _block("section", f"{slot.clock} · {slot.title} ({slot.minutes} min)")
        yield _block("text", _quiet(f"{slot.lead}. "), slot.purpose)
        yield from _bullets(slot.steps)
        for line in slot.say:
            yield _block("bullet", _quiet("You can say: "), f"“{line}”")
        if slot.activity:
            yield _block("bullet", _strong("To do together: "), slot.activity)
        if slot.asks:
            yield _block("bullet", _strong(slot.asks))


def _agenda(part: s.AgendaPart) -> Iterator[Block]:
    yield from _slots(part.slots)


def _asks(asks: tuple[s.Ask, ...]) -> Iterator[Block]:
    for ask in asks:
        yield _block("text", _strong(f"{ask.number}. {ask.text}"), _cites(ask.cites))
        reasons = " ".join(text for text in (ask.why, ask.why_for_you) if text)
        yield _block("bullet", _quiet(f"{ask.asks}. "), reasons)
        for follow in ask.follow_ups:
            yield _block("bullet", _quiet(f"If {follow.first}: "), follow.second)


def _questions(part: s.QuestionsPart) -> Iterator[Block]:
    yield from _asks(part.main)
    if part.if_time:
        yield _block("section", "If there is time")
        yield from _asks(part.if_time)


def _artefact(part: s.ArtefactPart) -> Iterator[Block]:
    yield _block("text", _strong(part.decision), _cites(part.cites))
    for option in part.options:
        if option.second:
            yield _block("bullet", _strong(f"{option.first}: "), option.second)
        else:
            yield _block("bullet", option.first)
    if part.check_first:
        yield _block("section", "What to check first, in this order")
        yield from _bullets(part.check_first, "number")
    if part.bridge:
        yield _block("text", _quiet("You know this already: "), part.bridge)
    if not part.blanks:
        yield _block("text", _quiet(f"The page “{part.name}” is in the shared copy, to fill in together."))
        return
    yield _block("section", part.name)
    for blank in part.blanks:
        yield _block("bullet", _blank(blank))


def _activity(part: s.ActivityPart) -> Iterator[Block]:
    yield _block("text", _strong(f"{part.name} ({part.minutes} min)"), _cites(part.cites))
    yield _block("text", _quiet("Have ready: "), part.setup)
    if part.materials:
        yield _block("text", _quiet("Bring: "), ", ".join(part.materials))
    yield from _bullets(part.steps, "number")
    yield _block("text", _quiet("You are done when you have: "), part.result)
    if part.example:
        yield _block("text", _quiet("For example: "), part.example)
    if part.safety:
        yield _block("text", _strong("Keep it safe: "), part.safety)


def _checklist(part: s.ChecklistPart) -> Iterator[Block]:
    for item in part.items:
        how = _quiet(f" How one can tell: {item.how}" if item.how else "")
        yield _block("check", _strong(f"{item.name}: "), item.text, how, _cites(item.cites))


def _give_back(part: s.GiveBackPart) -> Iterator[Block]:
    yield _block("text", _strong(f"{part.name} ({part.minutes} min)"), _cites(part.cites))
    yield _block("text", part.text)
    yield _block("text", _quiet(f"{part.asks}: "), part.ask)
    yield _block("text", _quiet("Afterwards: "), part.result)
    yield _block("text", _quiet("Why: "), part.why_for_you)


def _agreement(part: s.AgreementPart) -> Iterator[Block]:
    for point in part.items:
        yield _block("check", _strong(f"{point.title}: "), point.text)
        for option in point.options:
            yield _block("check", _blank(option))


def _rescue(part: s.RescuePart) -> Iterator[Block]:
    yield _block("text", part.text)
    yield from _slots(part.slots)


def _send_ahead(part: s.MessagePart) -> Iterator[Block]:
    yield _block("quote", _quiet("Subject: "), part.subject)
    for paragraph in part.paragraphs:
        for line in paragraph.split("\n"):
            yield _block("quote", line)


def _commitments(part: s.CommitmentsPart) -> Iterator[Block]:
    for item in part.items:
        yield _block("check", _strong(f"{item.first}: "), item.second or Run("", "blank"))


def _next(part: s.NextPart) -> Iterator[Block]:
    when: Run | list[Run] = _strong(part.day) if part.day else [Run("Date: "), Run("", "blank")]
    yield _block("text", when, Run(". " if part.day else " "), part.text)


def _pulse(part: s.PulsePart) -> Iterator[Block]:
    for item in part.items:
        answer = Run("  " + "  ".join(item.steps)) if item.steps else Run("", "blank")
        scale = [_quiet(f" ({item.scale})")] if item.scale else []
        yield _block("bullet", item.text, Run(" "), answer, scale)


def _fit_notes(part: s.NotesPart) -> Iterator[Block]:
    for item in part.items:
        yield _block("bullet", _strong(f"{item.first}: "), item.second)


def _handout(part: s.HandoutPart) -> Iterator[Block]:
    yield _block("text", _quiet(part.note))
    for one in part.rounds:
        yield _block("section", one.title)
        yield from _asks(one.asks)
    if part.facts:
        yield _block("section", part.facts_title)
        for fact in part.facts:
            yield _block("bullet", _fact(fact))
    for sheet in part.sheets:
        yield _block("section", sheet.name)
        yield _block("text", sheet.intro)
        for blank in sheet.blanks:
            yield _block("bullet", _blank(blank))


_FLOWS: dict[str, Callable[[Any], Iterator[Block]]] = {
    "objectives": _objectives, "brief": _brief, "primer": _primer, "facts": _facts, "agenda": _agenda,
    "questions": _questions, "artefact": _artefact, "activity": _activity, "checklist": _checklist,
    "give_back": _give_back, "agreement": _agreement, "rescue": _rescue, "send_ahead": _send_ahead,
    "commitments": _commitments, "next": _next, "pulse": _pulse, "fit_notes": _fit_notes,
    "handout": _handout,
}  # fmt: skip


def head(sheet: s.Sheet) -> Iterator[Block]:
    """The title block."""
    yield _block("text", _quiet(f"{sheet.kicker} · {sheet.subtitle}"))
    yield _block("title", sheet.title)
    yield _block("text", " · ".join(sheet.meta))
    for face in sheet.faces:
        pronouns = [_quiet(f" ({face.pronouns})")] if face.pronouns else []
        yield _block("text", _strong(face.name), pronouns, f", {face.post}" if face.post else "")
    yield _block("text", _quiet(sheet.question))
    for warning in sheet.warnings:
        yield _block("quote", _strong("Please note: "), warning)
    for note in sheet.notes:
        yield _block("quote", note)


def inside(part: s.Part) -> Iterator[Block]:
    """The blocks of one part, without its heading."""
    return _FLOWS[part.kind](part)


def heading(part: s.Part) -> Block:
    """The heading of one part."""
    return _block("part", part.title)


def tail(sheet: s.Sheet) -> Iterator[Block]:
    """Sources and colophon."""
    if sheet.sources:
        yield _block("part", sheet.sources_title)
    for source in sheet.sources:
        title = Run(source.title, "plain", source.link)
        address = Run(f" {source.url}") if not source.link else Run("")
        yield _block(
            "source", f"{source.publisher}: ", title, f", {source.dates}.", address, number=source.number
        )
    yield _block("text", _quiet(sheet.colophon))


def flow(sheet: s.Sheet) -> Iterator[Block]:
    """Every block of the sheet, in print order."""
    yield from head(sheet)
    for part in sheet.parts:
        yield heading(part)
        yield from inside(part)
    yield from tail(sheet)
