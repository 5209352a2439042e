"""Every rule of the corpus standard beyond what reading asks: faults, and advice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath

from guidegen.domain.formats import Format, Phrase, WorkshopFormat
from guidegen.domain.session import MAX_MINUTES, MIN_MINUTES
from guidegen.domain.topic import (
    Activity,
    GiveBack,
    Item,
    Misconception,
    Outcome,
    Passage,
    Question,
    Term,
    Topic,
)
from guidegen.errors import Fault
from guidegen.language.grammar import slots_in
from guidegen.language.lexicon import Lexicon
from guidegen.language.lint import Finding, outcome_findings, question_findings
from guidegen.library.amounts import short_of
from guidegen.library.corpus import CorpusLibrary
from guidegen.library.integrity import fault_at
from guidegen.library.reading import survey
from guidegen.library.texts import texts_of, texts_of_format
from guidegen.strict_yaml import Path

KIND_MARKS: Mapping[str, str] = {
    "Question": "q", "Activity": "a", "Decision": "d", "Outcome": "o", "Term": "t", "Misconception": "m",
    "GiveBack": "give",
}
_ALWAYS_FILLED = frozenset(("mentor", "executive", "name", "other", "topic", "minutes"))
# A share, an amount of money, a year, or a count in the hundreds and above goes out of date.
_NUMBER = re.compile(
    r"\d\s?(?:%|per cent|percent|million|billion|trillion)|[$£€]\s?\d|\b(?:19|20)\d\d\b|(?<![\w-])\d{1,3}(?:,\d{3})+|"
    r"(?<![\w.,-])\d{3,}(?![\w-])|\b(?:per cent|percent|million|billion)\b"
)


@dataclass(frozen=True)
class Report:
    """What a check found: faults must be mended, advice is weighed."""

    faults: tuple[Fault, ...]
    advice: tuple[Fault, ...]


def check(folder: FilePath, overlay: FilePath | None = None, *, complete: bool = True) -> Report:
    """Every finding in the corpus. ``complete`` holds topics to the amounts of the standard; without
    it, what a topic is short of is advice. Raises nothing."""
    library, faults = survey(folder, overlay)
    checker = _Check(library)
    for topic in library.topics.values():
        checker.topic(topic)
        # What could not be read would be counted as missing, so amounts wait until all is read.
        if not faults:
            checker.amounts(topic, as_faults=complete)
    checker.related()
    checker.shelf()

    def in_order(found: list[Fault]) -> tuple[Fault, ...]:
        return tuple(sorted(dict.fromkeys(found), key=lambda f: (f.file, f.line)))

    return Report(in_order([*faults, *checker.faults]), in_order(checker.advice))


class _Check:
    def __init__(self, library: CorpusLibrary) -> None:
        self.library = library
        self.faults: list[Fault] = []
        self.advice: list[Fault] = []
        try:
            self.lexicon = Lexicon(library.shelf.bias)
        except re.error:
            self.lexicon = Lexicon(())  # reported by reading, with its line

    def fault(self, key: str, path: Path, problem: str, remedy: str) -> None:
        self.faults.append(fault_at(self.library, key, path, problem, remedy))

    def advise(self, key: str, path: Path, problem: str, remedy: str) -> None:
        self.advice.append(fault_at(self.library, key, path, problem, remedy))

    def found(self, key: str, path: Path, findings: list[Finding]) -> None:
        for finding in findings:
            tell = self.fault if finding.kind == "error" else self.advise
            tell(key, path, finding.problem, finding.remedy)

    def words(self, key: str, path: Path, text: str, most: int, least: int = 0) -> None:
        count = len(text.split())
        if not least <= count <= most:
            span = f"{least} to {most}" if least else f"at most {most}"
            self.fault(key, path, f"It has {count} words.", f"Write {span}.")

    def unbiased(self, key: str, path: Path, text: str) -> None:
        for hit in self.lexicon.find(text):
            self.fault(key, path, f'"{hit.text}": {hit.entry.why}', f"Say instead: {hit.entry.say_instead}")

    # topics

    def topic(self, topic: Topic) -> None:
        key = f"topic:{topic.id}"
        for name in ("title", "summary", "leadership_question", "support", "advice_note", "avoid"):
            self.unbiased(key, (name,), getattr(topic, name) or "")
        if topic.sensitivity >= 2 and not topic.support:
            self.fault(key, ("support",), "A sensitive topic has no signpost.", "Say where to turn (R25).")
        seen: dict[str, str] = {}
        for item in topic.items():
            self._mark(topic, item)
            for path, text in texts_of(item):
                # A misconception is quoted as people say it; its correction is ours.
                if not (isinstance(item, Misconception) and path == ("claim",)):
                    self.unbiased(item.id, path, text)
            if isinstance(item, Question):
                first = seen.setdefault(" ".join(item.text.lower().split()), item.id)
                if first != item.id:
                    self.fault(item.id, ("text",), f"{first} asks the same.", "Keep one.")
            self.item(item)

    def item(self, item: Item) -> None:
        """What holds for an item of its kind alone."""
        match item:
            case Passage():
                _passage(self, item)
            case Misconception():
                _misconception(self, item)
            case GiveBack():
                _give_back(self, item)
            case Question():
                _question(self, item)
            case Activity():
                _needed(self, item)
            case Outcome():
                _outcome(self, item)
            case Term():
                self.words(item.id, ("meaning",), item.meaning, 35)

    def _mark(self, topic: Topic, item: Item) -> None:
        mark = KIND_MARKS.get(type(item).__name__)
        if mark and not item.id.startswith(f"{topic.id}/{mark}/"):
            self.fault(item.id, ("id",), "The id does not show its kind.", f"Begin it with {topic.id}/{mark}/.")

    def amounts(self, topic: Topic, *, as_faults: bool) -> None:
        tell = self.fault if as_faults else self.advise
        for problem, remedy in short_of(topic, dict(self.library.sources)):
            tell(f"topic:{topic.id}", (), problem, remedy)

    def related(self) -> None:
        """Prerequisites and related topics are there, and no topic leads back to itself."""
        topics = self.library.topics
        for topic in topics.values():
            for field in ("prerequisites", "related"):
                for name in getattr(topic, field):
                    if name not in topics:
                        # A related topic may be one that is still to be written; a prerequisite may not.
                        tell = self.advise if field == "related" else self.fault
                        tell(f"topic:{topic.id}", (field,), f'There is no topic "{name}".',
                             "Check its spelling, or write it.")
                    elif name == topic.id:
                        self.fault(f"topic:{topic.id}", (field,), "The topic names itself.", "Leave it out.")
            if circle := _circle(topic.id, topics):
                self.fault(f"topic:{topic.id}", ("prerequisites",), f"It needs itself first: {' → '.join(circle)}.",
                           "Break the circle.")

    # the shelf

    def shelf(self) -> None:
        shelf = self.library.shelf
        for give_back in shelf.give_backs:
            _give_back(self, give_back)
            for path, text in texts_of(give_back):
                self.unbiased(give_back.id, path, text)
        for phrase in shelf.phrases:
            self.unbiased(f"phrase:{phrase.id}", ("text",), phrase.text)
        for form in (*shelf.formats, *((shelf.workshop,) if shelf.workshop else ())):
            self._format(form)
        sections: dict[str, list[Phrase]] = {}
        for phrase in shelf.phrases:
            sections.setdefault(phrase.section, []).append(phrase)
        for section, phrases in sections.items():
            if not any(_always(phrase) for phrase in phrases):
                self.fault(f"phrase:{phrases[-1].id}", (), f"The section {section} has no line that always fits.",
                           "End it with one without when: and without slots that can be empty.")

    def _format(self, form: Format) -> None:
        key = f"{type(form).__name__.lower()}:{form.id}"
        for path, text in texts_of_format(form):
            self.unbiased(key, path, text)
        # A format only chosen by name may ask for more than the shortest session; planning says how much.
        shortest = MIN_MINUTES if form.kinds else sum(b.min_minutes for b in form.blocks if not b.from_minutes)
        for n, aim in enumerate(form.aims if isinstance(form, WorkshopFormat) else ()):
            self.found(key, ("aims", n, "text"), outcome_findings(aim.text))
        lengths = (MIN_MINUTES,) if set(form.kinds) == {"rescue"} else range(shortest, MAX_MINUTES + 1)
        least = {m: sum(b.min_minutes for b in form.blocks if b.from_minutes <= m) for m in lengths}
        if over := [m for m in lengths if least[m] > m]:
            self.fault(key, ("blocks",), f"The minimums need {least[over[0]]} of {over[0]} minutes.",
                       "Lower them, or give blocks from_minutes.")
        for m in lengths:
            blocks = [b for b in form.blocks if b.from_minutes <= m]
            if all(b.max_minutes is not None or b.share == 0 for b in blocks) and (
                sum(b.max_minutes or b.min_minutes for b in blocks) < m
            ):
                self.fault(key, ("blocks",), f"The maximums leave minutes over from {m} minutes on.",
                           "Leave max_minutes of one block empty.")
                break
        for n, block in enumerate(form.blocks):
            if block.max_minutes is not None and block.max_minutes < block.min_minutes:
                self.fault(key, ("blocks", n, "max_minutes"), "The maximum is below the minimum.", "Raise it.")


def _always(phrase: Phrase) -> bool:
    return slots_in(phrase.text) <= _ALWAYS_FILLED and not phrase.when.model_dump(exclude_none=True)


def _circle(start: str, topics: Mapping[str, Topic]) -> list[str]:
    """The shortest way from a topic's prerequisites back to it, or nothing."""
    paths = [[start]]
    seen = set()
    while paths:
        path = paths.pop(0)
        for name in topics[path[-1]].prerequisites:
            if name == start:
                return [*path, start]
            if name in topics and name not in seen:
                seen.add(name)
                paths.append([*path, name])
    return []


def _passage(check: _Check, item: Passage) -> None:
    check.words(item.id, ("text",), item.text, 140, 60)
    check.words(item.id, ("in_short",), item.in_short, 35)
    for citation in item.citations:
        check.words(item.id, (), citation.says, 25)
    if item.as_of is None and (hit := _NUMBER.search(item.text)):
        check.fault(item.id, ("as_of",), f'It states a number ("{hit[0]}") without a date.', "Add as_of: and the day.")


def _misconception(check: _Check, item: Misconception) -> None:
    for citation in item.citations:
        check.words(item.id, (), citation.says, 25)


def _give_back(check: _Check, item: GiveBack) -> None:
    check.found(item.id, ("ask",), question_findings(item.ask))
    check.found(item.id, ("result",), outcome_findings(item.result))


def _question(check: _Check, item: Question) -> None:
    check.found(item.id, ("text",), question_findings(item.text))
    for name, text in item.for_.items():
        check.found(item.id, ("for", name), question_findings(text))
    _needed(check, item)


def _needed(check: _Check, item: Item) -> None:
    if item.level > 3:
        check.fault(item.id, ("level",), "Level 4 is needed for nothing.", "Use 0 to 3: the level it needs.")


def _outcome(check: _Check, item: Outcome) -> None:
    check.found(item.id, ("text",), outcome_findings(item.text))
    if item.level < 1:
        check.fault(item.id, ("level",), "An outcome reaches level 1 at least.", "Use 1 to 4: the level it reaches.")
    if item.who != "mentor" and not item.self_check:
        check.fault(item.id, ("self_check",), "There is no self_check.", "Write it as a question to oneself (R29).")
