"""Checks over one answer of a model, slot by slot: pure functions, each returns what was wrong and what to do.

Judged as it came, with placeholders still in it (``MENTOR``), against the closed sets of its request.
A slot with any finding is asked for once more with the findings' words, and then stays composed, so a
false alarm costs a sentence and a miss costs trust: in doubt a check finds.

What cannot be seen: a claim in a question or an instruction (only facts and corrections are weighed
against their passages), the passage's own words put together wrongly, and most reversals that use no
word of negation (measured: ``checking/support.py``). In a language other than English, support is not
weighed and names are told less well; numbers, dates, ids and markup are checked in every language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from guidegen.domain.topic import Item, Misconception, Passage, Term
from guidegen.language.ages import mentions_age
from guidegen.language.lexicon import Lexicon
from guidegen.language.lint import outcome_findings, question_findings
from guidegen.language.offlimits import touches
from guidegen.language.stems import stems
from guidegen.writing.checking.finding import Finding
from guidegen.writing.checking.foreign import echoes, foreign_findings, runs
from guidegen.writing.checking.proper_names import known_names, known_words, strangers
from guidegen.writing.checking.quantities import quantities
from guidegen.writing.checking.support import THRESHOLD, Weights, containment, content, reverses, sentences
from guidegen.writing.checking.tongue import in_language

SlotKind = Literal["title", "line", "step", "say", "question", "outcome", "fact", "correction", "message"]
MAX_EVIDENCE = 4
SAME_WORDS = 5
"""A sentence of fewer content words may stand twice ("Thank you.")."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a kind of slot may hold. ``claims``: it states facts, so it must cite and be supported."""

    characters: int
    sentences: int
    claims: bool = False
    repeats: bool = False


LIMITS: Mapping[SlotKind, Limits] = {
    "title": Limits(90, 1),
    "line": Limits(420, 4),
    "step": Limits(360, 4),
    "say": Limits(300, 3),
    "question": Limits(320, 3),
    "outcome": Limits(220, 1),
    "fact": Limits(320, 2, claims=True),
    "correction": Limits(520, 4, claims=True),
    "message": Limits(2_400, 24, repeats=True),
}


@dataclass(frozen=True, slots=True)
class SlotAnswer:
    """One slot as a model gave it."""

    id: str
    text: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlotAsked:
    """One slot as it was offered: its kind, and the composed text that stands when nothing better comes."""

    id: str
    kind: SlotKind
    composed: str = ""


@dataclass(frozen=True)
class Asked:
    """The closed sets of one request. Every text is masked, as it was sent.

    ``passages``: evidence id to text (``evidence_texts``). ``profiles``: what the two people wrote, and
    what else may be named (the session's date, minutes, titles). ``instructions``: our own words in the
    prompt, for telling an echo. ``standing``: what the rest of the guide says, by id. ``corpus``: texts
    of the whole corpus, for words and weights (``weights`` may be handed in, they are the same for all).
    """

    slots: Mapping[str, SlotAsked]
    passages: Mapping[str, str]
    profiles: Sequence[str] = ()
    language: str = "en"
    off_limits: tuple[str, ...] = ()
    lexicon: Lexicon = field(default_factory=lambda: Lexicon(()))
    source_titles: Sequence[str] = ()
    instructions: str = ""
    standing: Mapping[str, str] = field(default_factory=dict)
    weights: Weights = field(default_factory=lambda: Weights({}, 1.0))
    words: frozenset[str] = frozenset()

    @property
    def english(self) -> bool:
        """Whether the answer is to be in the corpus' own language."""
        return self.language.split("-")[0].lower() == "en"

    @cached_property
    def profile_stems(self) -> frozenset[str]:
        """Content stems that need no passage."""
        return frozenset(stem for text in self.profiles for stem in content(text))

    @cached_property
    def prompt_runs(self) -> frozenset[tuple[str, ...]]:
        """The instructions in runs of words."""
        return frozenset(runs(self.instructions))


def evidence_texts(items: Iterable[Item]) -> dict[str, str]:
    """Id to text of everything a slot may cite: passages, misconceptions and terms."""
    found: dict[str, str] = {}
    for item in items:
        if isinstance(item, Passage):
            found[item.id] = f"{item.title}.\n{item.text}\n{item.in_short}"
        elif isinstance(item, Misconception):
            found[item.id] = f"{item.claim}\n{item.correction}"
        elif isinstance(item, Term):
            found[item.id] = f"{item.term}: {item.meaning}"
    return found


def word_stock(texts: Iterable[str]) -> frozenset[str]:
    """The words that may begin a sentence with a capital; made once from the corpus' texts."""
    return known_words(texts)


def check_answer(answers: Sequence[SlotAnswer], asked: Asked) -> dict[str, tuple[Finding, ...]]:
    """Slot id to its findings, for every answered slot; an empty tuple means that it may stand.

    An answer that only repeats the composed text has nothing to check. Unknown slots are in the result
    under the id they came with, cut to 80 characters.
    """
    found: dict[str, tuple[Finding, ...]] = {}
    seen = _sentence_counts(text for key, text in asked.standing.items() if key not in {a.id for a in answers})
    for answer in answers:
        key = answer.id[:80]
        if answer.id in found or key in found:
            found[key] = (*found[key], Finding("slot-twice", "The slot was answered twice.", "Answer each slot once."))
            continue
        found[key] = check_slot(answer, asked)
        slot = asked.slots.get(answer.id)
        if slot is None or found[key]:
            continue
        own = _sentence_counts([answer.text])
        if not LIMITS[slot.kind].repeats and (any(own[s] > 1 for s in own) or own.keys() & seen.keys()):
            found[key] = (Finding("repeated", "A sentence of it stands elsewhere in this guide.", "Say something else, or leave the slot out."),)
        else:
            seen += own
    return found


def check_slot(answer: SlotAnswer, asked: Asked) -> tuple[Finding, ...]:
    """Everything that is wrong with one answered slot, the gravest first."""
    slot = asked.slots.get(answer.id)
    if slot is None:
        return (Finding("slot-unknown", "There is no such slot.", "Use only the slot ids given."),)
    if answer.text.strip() == slot.composed.strip() and answer.text.strip():
        return ()
    return tuple(_findings(answer, slot, asked))


def _findings(answer: SlotAnswer, slot: SlotAsked, asked: Asked) -> Iterator[Finding]:
    text = answer.text
    if not re.search(r"\w", text):
        yield Finding("empty", "It is empty.", "Write the text, or leave the slot out.")
        return
    limits = LIMITS[slot.kind]
    if len(text) > 10 * limits.characters:  # nothing else is worth the time
        yield _too_long(len(text), limits)
        return
    yield from foreign_findings(text)
    yield from _shape(answer, slot, limits)
    yield from _evidence(answer, limits, asked)
    yield from _grounds(answer, slot, limits, asked)
    yield from _manners(text, slot, asked)


def _too_long(length: int, limits: Limits) -> Finding:
    return Finding("long", f"It has {length} characters.", f"Keep it under {limits.characters}, in {limits.sentences} sentences at most.")


def _shape(answer: SlotAnswer, slot: SlotAsked, limits: Limits) -> Iterator[Finding]:
    text = answer.text
    if len(text) > limits.characters or len(re.findall(r"[.!?](?=[\s\"”’)]|$)", text)) > limits.sentences:
        yield _too_long(len(text), limits)
    if "\n" in text.strip() and slot.kind != "message":
        yield Finding("lines", "It has several lines.", "Write it as one paragraph.")


def _evidence(answer: SlotAnswer, limits: Limits, asked: Asked) -> Iterator[Finding]:
    if unknown := [e for e in answer.evidence if e not in asked.passages]:
        yield Finding("evidence-unknown", f"{len(unknown)} of its evidence ids are not among those given.", "Cite only ids from the evidence.")
    if len(answer.evidence) > MAX_EVIDENCE or len(set(answer.evidence)) < len(answer.evidence):
        yield Finding("evidence-many", "It cites too many passages, or one twice.", f"Cite the one that says it, at most {MAX_EVIDENCE}.")
    if limits.claims and not answer.evidence:
        yield Finding("evidence-none", "It states a fact and cites nothing.", "Name the passage that says it in evidence.")


def _grounds(answer: SlotAnswer, slot: SlotAsked, limits: Limits, asked: Asked) -> Iterator[Finding]:
    """Numbers and names occur in what is cited, the profiles or the composed text; facts are supported."""
    cited = [asked.passages[e] for e in answer.evidence if e in asked.passages]
    allowed = [*cited, *asked.profiles, slot.composed]
    known = [q for text in allowed for code in {"en", asked.language} for q in quantities(text, code)]
    for quantity in quantities(answer.text, asked.language):
        if not quantity.within(known) and not (quantity.counts and not limits.claims):
            kind = "date" if quantity.kind == "date" else "money" if quantity.kind == "money" else "number"
            yield Finding(kind, f"“{quantity.written}” is in no passage it cites.", "Cite the passage that has it, or leave it out.")
    for name in strangers(answer.text, known_names(allowed), asked.words if asked.english else (), asked.language):
        yield Finding("name", f"“{name}” is in no passage it cites, nor in the profiles.", "Name only what your evidence names.")
    if not limits.claims or not asked.english or not cited:
        return
    if containment(answer.text, cited, asked.weights, asked.profile_stems) < THRESHOLD:
        yield Finding("support", "What it cites does not say this.", "Stay close to what one passage says, in its own words where it matters.")
    elif reverses(answer.text, cited, asked.weights, asked.profile_stems):
        yield Finding("negation", "It may say the opposite of its passage: look at every “not”, “no” and “never”.", "Say what the passage says.")


def _manners(text: str, slot: SlotAsked, asked: Asked) -> Iterator[Finding]:
    plain = text
    for title in asked.source_titles:
        plain = plain.replace(title, "")
    for hit in asked.lexicon.find(plain):
        yield Finding("bias", f"“{hit.text}” is not how we speak of people.", f"Say instead: {hit.entry.say_instead}.")
    if asked.english and slot.kind == "question":
        for fault in question_findings(text):
            if fault.kind == "error":
                yield Finding("question", fault.problem, fault.remedy)
    if asked.english and slot.kind == "outcome":
        for fault in outcome_findings(text):
            if fault.kind == "error":
                yield Finding("outcome", fault.problem, fault.remedy)
    if asked.off_limits and touches(text, asked.off_limits):
        yield Finding("off-limits", "It touches a subject that is kept out.", "Write about something else.")
    if mentions_age(text):
        yield Finding("age", "It mentions somebody's age.", "Leave ages out.")
    if not in_language(text, asked.language):
        yield Finding("language", f"It is not in the language asked for ({asked.language}).", f"Write it in {asked.language}.")
    if asked.prompt_runs and echoes(text, asked.prompt_runs, (*asked.passages.values(), *asked.profiles, slot.composed)):
        yield Finding("echo", "It repeats the instructions.", "Write only what the two people read.")


def _sentence_counts(texts: Iterable[str]) -> Counter[tuple[str, ...]]:
    """How often each sentence of some length stands there, told by its content words in order."""
    found: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        for sentence in sentences(text):
            key = tuple(stems(sentence))
            if len(content(sentence)) >= SAME_WORDS:
                found[key] += 1
    return found
