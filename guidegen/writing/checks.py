"""Checks over a finished draft: pure functions, each returns what it found, in words.

They hold for every writer. A composed guide that fails one is a fault of ours, and tests look for
it; a model's slot that fails one is asked for again (docs/architecture.md, "Check").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel

from guidegen.domain.formats import BiasEntry
from guidegen.domain.guide import Draft
from guidegen.language.lexicon import Lexicon
from guidegen.language.offlimits import touches

OWN_WORDS = ("goal", "goals")


def texts(value: Any, skip: Sequence[str] = ("id", "evidence", "origin", *OWN_WORDS)) -> Iterable[str]:
    """Every printed string inside a model, except ids and people's own words."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in skip:
                yield from texts(getattr(value, name), skip)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item, skip)


def minutes_add_up(draft: Draft, minutes: int) -> list[str]:
    """Blocks follow each other without gap, and fill the session exactly (R12)."""
    found = []
    start = 0
    for block in draft.agenda.blocks:
        if block.start != start:
            found.append(f"Block {block.id} starts at {block.start}, not at {start}.")
        start += block.minutes
    if start != minutes:
        found.append(f"The agenda has {start} minutes, the session {minutes}.")
    return found


def sources_known(draft: Draft, known: Iterable[str]) -> list[str]:
    """Every cited id is one of the corpus' sources."""
    ids = set(known)
    primer = draft.primer
    cited = (*primer.facts, *primer.terms, *primer.misconceptions, *draft.questions, *draft.checklist)
    return [f"{item.id} cites unknown source {e}." for item in cited for e in item.evidence if e not in ids]


def questions_placed(draft: Draft) -> list[str]:
    """Every main question is asked in exactly one block, and blocks ask only printed questions."""
    asked = Counter(q for block in draft.agenda.blocks for q in block.questions)
    main = {q.id for q in draft.questions if not q.if_time}
    found = [f"Question {q} is asked {asked[q]} times in the agenda." for q in sorted(main) if asked[q] != 1]
    return found + [f"The agenda asks {q}, which is not a main question." for q in sorted(set(asked) - main)]


def two_way(draft: Draft) -> list[str]:
    """The mentor asks, and the executive gives something back (R10, R15)."""
    found = []
    if not any(q.asked_by != "executive" for q in draft.questions if not q.if_time):
        found.append("No question is the mentor's to ask.")
    if draft.give_back is None:
        found.append("Nothing is given back to the mentor.")
    return found


def no_sentence_twice(draft: Draft) -> list[str]:
    """No printed sentence of eight words or more stands in two places of one reader's guide.

    The message to send repeats the questions on purpose, as do the primer's questions to bring and
    the mentor's first question; the rescue version repeats its one question by id only.
    """
    parts = (
        draft.objectives, draft.primer.why, draft.primer.facts, draft.primer.terms,
        draft.primer.misconceptions, draft.primer.behave, draft.agenda, draft.questions,
        draft.commitments, draft.next_session,
    )
    seen: Counter[str] = Counter()
    for text in texts(parts):
        for sentence in {s.strip() for s in re.split(r"(?<=[.!?])\s+", text)}:
            if len(sentence.split()) >= 8:
                seen[sentence] += 1
    return [f"Printed {n} times: {s}" for s, n in sorted(seen.items()) if n > 1]


def no_bias(draft: Draft, entries: Sequence[BiasEntry]) -> list[str]:
    """No line of ours matches the lexicon of bias; people's own words are theirs."""
    lexicon = Lexicon(entries)
    return [f"{hit.entry.id}: “{hit.text}” in “{text}”" for text in texts(draft) for hit in lexicon.find(text)]


def boundaries_kept(draft: Draft, off_limits: Sequence[str]) -> list[str]:
    """No printed text touches a subject that is kept out; the finding does not name it."""
    return [
        f"A line touches a subject that is kept out: {text[:60]}"
        for text in texts(draft, skip=("id", "evidence", "origin"))
        if off_limits and touches(text, off_limits)
    ]
