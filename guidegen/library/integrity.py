"""What must hold between the items of a corpus before anything can be made from it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from guidegen.domain.topic import Activity, GiveBack, Item, Misconception, Outcome, Passage, Question, Topic
from guidegen.errors import Fault
from guidegen.language.grammar import SLOTS, WORKSHOP_SLOTS, slots_in
from guidegen.language.lexicon import compiled
from guidegen.library.corpus import CorpusLibrary
from guidegen.library.texts import texts_of, texts_of_format
from guidegen.strict_yaml import Path, dotted, nearest

_TAGS = "/_tags.yaml"
_GIVE_BACK_SLOTS = frozenset(("mentor", "executive"))


def fault_at(library: CorpusLibrary, key: str, path: Path, problem: str, remedy: str) -> Fault:
    """A fault of the item that ``library.spots`` holds under ``key``, with file and line."""
    spot = library.spots.get(key)
    file, line = (spot.file, spot.line(*path)) if spot else ("", 0)
    return Fault(file, line, dotted((key.partition(":")[2] or key, *path)), problem, remedy)


class Checker:
    """Collects faults; every one knows the line of its field.

    ``unread`` names the files in which something could not be read: whether a reference into one
    of them leads anywhere is not known yet, so it is not told as a fault.
    """

    def __init__(self, library: CorpusLibrary, unread: Collection[str] = ()) -> None:
        self.library = library
        self.unread = tuple(unread)
        self.faults: list[Fault] = []
        tags = library.shelf.tags
        self.functions = {t.id for t in tags.functions} | {"any"}
        self.intents = {t.id for t in tags.intents} | {"any"}
        self.lenses = {t.id for t in tags.lenses}

    def fault(self, key: str, path: Path, problem: str, remedy: str) -> None:
        """Notes a fault of the item under ``key``."""
        self.faults.append(fault_at(self.library, key, path, problem, remedy))

    def known(self, key: str, path: Path, ids: Iterable[str], known: Iterable[str], what: str, at: str) -> None:
        """Every one of ``ids`` is in ``known``, which stands in the file or folder ``at`` of a corpus."""
        if any(at in f"/{name}" for name in self.unread):
            return
        have = set(known)
        for name in ids:
            if name not in have:
                self.fault(key, path, f'There is no {what} "{name}".', _hint(name, have))

    def tags(self, item: Item) -> None:
        """Functions, intents and lenses are in the closed lists."""
        self.known(item.id, ("functions",), item.functions, self.functions, "function", _TAGS)
        self.known(item.id, ("intents",), item.intents, self.intents, "intent", _TAGS)
        self.known(item.id, ("lenses",), item.lenses, self.lenses, "lens", _TAGS)

    def slots(self, key: str, path: Path, text: str, known: frozenset[str]) -> None:
        """A text holds no slot but those ``known``."""
        for name in sorted(slots_in(text) - known):
            self.fault(key, path, f"There is no slot {{{name}}}.", _hint(name, known))
        if text.count("{") != text.count("}"):
            self.fault(key, path, "A brace of a slot is missing.", "Write {slot}, or no brace at all.")


def _hint(name: str, known: Iterable[str]) -> str:
    have = sorted(known)
    return nearest(name, have) if len(have) < 40 or "Did you mean" in nearest(name, have) else "Check its spelling."


def faults_between(library: CorpusLibrary, unread: Collection[str] = ()) -> list[Fault]:
    """Unknown tags, ids outside their topic, references to nothing, unknown slots, bad patterns.

    ``unread``: names of files in which something could not be read.
    """
    check = Checker(library, unread)
    for topic in library.topics.values():
        _topic(check, topic)
    for give_back in library.shelf.give_backs:
        check.tags(give_back)
        _give_back_slots(check, give_back)
    _shelf(check)
    return check.faults


def _topic(check: Checker, topic: Topic) -> None:
    passages = {p.id for p in topic.passages}
    activities = {a.id for a in topic.activities}
    for item in topic.items():
        if not item.id.startswith(f"{topic.id}/"):
            check.fault(item.id, ("id",), "The id does not begin with its topic.", f"Begin it with {topic.id}/.")
        check.tags(item)
        check.known(item.id, ("evidence",), getattr(item, "evidence", ()), passages, "passage here named",
                    f"/{topic.id}/topic.md")
        if isinstance(item, Passage | Misconception):
            cited = (c.source for c in item.citations)
            check.known(item.id, (), cited, check.library.sources, "source", "sources.")
        elif isinstance(item, Question):
            check.known(item.id, ("for",), item.for_, check.functions - {"any"}, "function", _TAGS)
        elif isinstance(item, Activity):
            check.known(item.id, ("example_for",), item.example_for, check.functions - {"any"}, "function", _TAGS)
        elif isinstance(item, Outcome):
            check.known(item.id, ("activities",), item.activities, activities, "activity here named",
                        f"/{topic.id}/activities.yaml")
        elif isinstance(item, GiveBack):
            _give_back_slots(check, item)
        if not isinstance(item, GiveBack):
            for path, text in texts_of(item):
                check.slots(item.id, path, text, frozenset())


def _give_back_slots(check: Checker, item: GiveBack) -> None:
    for path, text in texts_of(item):
        check.slots(item.id, path, text, _GIVE_BACK_SLOTS)


def _shelf(check: Checker) -> None:
    shelf = check.library.shelf
    for phrase in shelf.phrases:
        key = f"phrase:{phrase.id}"
        check.slots(key, ("text",), phrase.text, SLOTS)
        for what, name, known in (("intent", phrase.when.intent, check.intents),
                                  ("function", phrase.when.function, check.functions)):
            check.known(key, ("when", what), (name,) if name else (), known, what, _TAGS)
    for form in shelf.formats:
        for path, text in texts_of_format(form):
            check.slots(f"format:{form.id}", path, text, SLOTS)
    if shelf.workshop:
        for path, text in texts_of_format(shelf.workshop):
            check.slots(f"workshopformat:{shelf.workshop.id}", path, text, WORKSHOP_SLOTS)
    for entry in shelf.bias:
        try:
            compiled(entry)
        except re.error as error:
            check.fault(f"biasentry:{entry.id}", ("pattern",), f"The pattern cannot be read: {error}.",
                        "Write a plain word or a regular expression.")
