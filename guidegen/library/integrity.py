"""What must hold between the items of a corpus before anything can be made from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from guidegen.domain.formats import Format
from guidegen.domain.topic import Activity, Decision, GiveBack, Item, Misconception, Outcome, Passage, Question, Term, Topic
from guidegen.errors import Fault
from guidegen.language.grammar import SLOTS, slots_in
from guidegen.language.lexicon import compiled
from guidegen.library.corpus import CorpusLibrary, Spot
from guidegen.strict_yaml import Path, dotted, nearest

_GIVE_BACK_SLOTS = frozenset(("mentor", "executive"))
_NOWHERE = ""


class _Checker:
    """Collects faults; every one knows the line of its field."""

    def __init__(self, library: CorpusLibrary) -> None:
        self.library = library
        self.faults: list[Fault] = []
        tags = library.shelf.tags
        self.functions = {t.id for t in tags.functions} | {"any"}
        self.intents = {t.id for t in tags.intents} | {"any"}
        self.lenses = {t.id for t in tags.lenses}

    def fault(self, key: str, path: Path, problem: str, remedy: str) -> None:
        spot = self.library.spots.get(key)
        name = key.partition(":")[2] or key
        field = dotted((name, *path))
        file, line = (spot.file, spot.line(*path)) if isinstance(spot, Spot) else (_NOWHERE, 0)
        self.faults.append(Fault(file, line, field, problem, remedy))

    def known(self, key: str, path: Path, ids: Iterable[str], known: Iterable[str], what: str) -> None:
        """Every one of ``ids`` is in ``known``."""
        have = set(known)
        for name in ids:
            if name not in have:
                self.fault(key, path, f'There is no {what} "{name}".', _hint(name, have))

    def tags(self, item: Item) -> None:
        self.known(item.id, ("functions",), item.functions, self.functions, "function")
        self.known(item.id, ("intents",), item.intents, self.intents, "intent")
        self.known(item.id, ("lenses",), item.lenses, self.lenses, "lens")

    def slots(self, key: str, path: Path, text: str, known: frozenset[str]) -> None:
        for name in sorted(slots_in(text) - known):
            self.fault(key, path, f"There is no slot {{{name}}}.", _hint(name, known))
        if text.count("{") != text.count("}"):
            self.fault(key, path, "A brace of a slot is missing.", "Write {slot}, or no brace at all.")


def _hint(name: str, known: Iterable[str]) -> str:
    have = sorted(known)
    return nearest(name, have) if len(have) < 40 or "Did you mean" in nearest(name, have) else "Check its spelling."


def faults_between(library: CorpusLibrary) -> list[Fault]:
    """Unknown tags, ids outside their topic, references to nothing, unknown slots, bad patterns."""
    check = _Checker(library)
    for topic in library.topics.values():
        _topic(check, topic)
    for give_back in library.shelf.give_backs:
        check.tags(give_back)
        _give_back_slots(check, give_back)
    _shelf(check)
    return check.faults


def _topic(check: _Checker, topic: Topic) -> None:
    passages = {p.id for p in topic.passages}
    activities = {a.id for a in topic.activities}
    for item in topic.items():
        if not item.id.startswith(f"{topic.id}/"):
            check.fault(item.id, ("id",), "The id does not begin with its topic.", f"Begin it with {topic.id}/.")
        check.tags(item)
        check.known(item.id, ("evidence",), getattr(item, "evidence", ()), passages, "passage here named")
        if isinstance(item, Passage | Misconception):
            cited = (c.source for c in item.citations)
            check.known(item.id, (), cited, check.library.sources, "source")
        elif isinstance(item, Question):
            check.known(item.id, ("for",), item.for_, check.functions - {"any"}, "function")
        elif isinstance(item, Activity):
            check.known(item.id, ("example_for",), item.example_for, check.functions - {"any"}, "function")
        elif isinstance(item, Outcome):
            check.known(item.id, ("activities",), item.activities, activities, "activity here named")
        elif isinstance(item, GiveBack):
            _give_back_slots(check, item)
        if not isinstance(item, GiveBack):
            for path, text in texts_of(item):
                check.slots(item.id, path, text, frozenset())


def _give_back_slots(check: _Checker, item: GiveBack) -> None:
    for path, text in texts_of(item):
        check.slots(item.id, path, text, _GIVE_BACK_SLOTS)


def _shelf(check: _Checker) -> None:
    shelf = check.library.shelf
    for phrase in shelf.phrases:
        key = f"phrase:{phrase.id}"
        check.slots(key, ("text",), phrase.text, SLOTS)
        for path, name, known in (("intent", phrase.when.intent, check.intents),
                                  ("function", phrase.when.function, check.functions)):
            check.known(key, ("when", path), (name,) if name else (), known, path)
    for form in shelf.formats:
        for path, text in _format_texts(form):
            check.slots(f"format:{form.id}", path, text, SLOTS)
    for entry in shelf.bias:
        try:
            compiled(entry)
        except re.error as error:
            check.fault(f"biasentry:{entry.id}", ("pattern",), f"The pattern cannot be read: {error}.",
                        "Write a plain word or a regular expression.")


def _format_texts(form: Format) -> Iterator[tuple[Path, str]]:
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
