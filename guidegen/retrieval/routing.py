"""From people's own words to a topic. That nothing fits is an answer, and comes with the nearest.

A topic's score for a text is how close the text comes to the topic, less half of how close it comes
to something else entirely:

    ½ · cosine with the closest item + ½ · cosine with the closest name (title or alias)
    − ½ · cosine with the closest of OTHER_SUBJECTS

Why the subtraction: this model's cosines lie close together (0.4 to 0.8) and their level depends on
how a text is put. Without it 25 of the 158 tuning texts went wrong, with it 10. A bonus for a shared
word, BM25 and a regression over eight measures were tried and brought nothing.

Measured on tests/retrieval/routing.jsonl with three topics. Tuning part (73 texts that fit, 85 that
do not): unanswered 5, wrong topic 0, answered in error 5. Held-out part, written after everything
was fixed and harder on purpose, many without one word of the topic (39 and 55): unanswered 16, wrong
topic 0, answered in error 7. So it errs towards asking back: "nothing fits, nearest is ..." costs a
click, a guide on the wrong topic costs a session.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from guidegen.domain.ports import Index, Library
from guidegen.domain.topic import Topic
from guidegen.retrieval.fusion import terms

THRESHOLD = 0.335
"""Below this score nothing fits: the value with the fewest errors on the tuning part."""

OTHER_SUBJECTS: tuple[tuple[str, str], ...] = (
    ("", "Cooking, gardening, pets and the home"),
    ("", "Sports, football, cricket and training"),
    ("", "Travel, holidays, trains and hotels"),
    ("", "Weather and small talk, hello"),
    ("", "Payroll, taxes, pensions and expenses"),
    ("", "Budgets, accounting, reports and templates"),
    ("", "Software roll-outs, printers and office equipment"),
    ("", "Computer networks, data centres and storage"),
    ("cybersecurity", "Passwords, phishing and cyber security"),
    ("", "Factories, machines, maintenance, safety and logistics"),
    ("", "Suppliers, contracts, leases and property"),
    ("", "Law courts, wills and evidence"),
    ("retail-investing", "Shares, investment funds, mortgages and company deals"),
    ("", "Currencies, interest rates and hedging"),
    ("", "Health, medicine and clinical trials"),
    ("wellbeing", "Stress, sleep, wellbeing and mental health"),
    ("generative-ai", "Artificial intelligence, language models and chatbots"),
    ("immersive-tech", "Virtual reality, video games and gadgets"),
    ("sustainability", "Climate, carbon and sustainability"),
    ("flexible-work", "Working from home and flexible hours"),
    ("data-literacy", "Data, spreadsheets and charts"),
    ("digital-payments", "Card payments, shops and selling online"),
    ("generations-at-work", "Giving feedback and managing a team"),
    ("", "Television, journalists and press interviews"),
    ("", "Mathematics, science, chemistry and homework"),
    ("", "Music, art, history and collecting"),
    ("", "Farming, food and animals"),
)
"""What people might ask about instead. Each names the topic that, once written, takes its place."""


@dataclass(frozen=True, slots=True)
class Routing:
    """Where a text belongs. ``topics`` holds every topic's id and score, best first, also when
    ``answered`` is false; 1.0 stands for the topic's own id, title or alias."""

    answered: bool
    topics: tuple[tuple[str, float], ...]


def route(index: Index, library: Library, text: str) -> Routing:
    """The topics that fit a text, or that none does."""
    topics = list(library.topics.values())
    exact = [topic for topic in topics if _same(text, (topic.id, topic.title, *topic.aliases))]
    if exact:
        others = [topic for topic in topics if topic not in exact]
        return Routing(True, tuple((topic.id, 1.0 if topic in exact else 0.0) for topic in exact + others))
    if not topics or not re.search(r"[^\W\d_]", text):
        return Routing(False, tuple((topic.id, 0.0) for topic in topics))
    elsewhere = float(index.cosines([text], other_subjects(library)).max(initial=0))
    scored = []
    for topic in topics:
        own = index.inside(topic.id, [text]).cosine[:, : len(topic.items())]
        name = index.cosines([text], topic_names(topic))
        closeness = (float(own.max(initial=0)) + float(name.max(initial=0)) - elsewhere) / 2
        scored.append((topic.id, round(closeness, 4)))
    scored.sort(key=lambda pair: (-pair[1], pair[0]))
    return Routing(scored[0][1] >= THRESHOLD, tuple(scored))


def nearest(library: Library, topic_id: str, count: int = 3) -> tuple[str, ...]:
    """Ids of topics whose id, title or an alias is spelt most like ``topic_id``, best first; may be empty."""
    wanted = _spelling(topic_id)
    best: list[tuple[float, str]] = []
    for topic in library.topics.values():
        names = [_spelling(name) for name in (topic.id, *topic_names(topic))]
        alike = max(difflib.SequenceMatcher(None, wanted, name).ratio() for name in names)
        # A part of a name, or a name and more, is meant more often than a word spelt alike.
        if len(wanted) > 2 and any(wanted in name or (len(name) > 2 and name in wanted) for name in names):
            alike = max(alike, 0.9)
        if alike >= 0.6:
            best.append((-alike, topic.id))
    return tuple(topic for _, topic in sorted(best)[:count])


def topic_names(topic: Topic) -> list[str]:
    """What a topic is called: its title and aliases."""
    return [topic.title, *topic.aliases]


def other_subjects(library: Library) -> list[str]:
    """The subjects that count against every topic: those without a topic of their own."""
    return [text for topic, text in OTHER_SUBJECTS if topic not in library.topics]


def _same(text: str, names: Iterable[str]) -> bool:
    """Whether a text is nothing but one of these names, whatever its capitals, hyphens and endings."""
    wanted, *others = terms([_spelling(text), *map(_spelling, names)])
    return bool(wanted) and wanted in others


def _spelling(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.lower().replace("_", " ")))
