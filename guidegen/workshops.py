"""Making ONE workshop: find the topic, plan, gather, write. No pair is involved.

It stands beside ``guides.py`` and shares its parts; a pair's guide is made there and only there.
"""

from __future__ import annotations

from datetime import date

from guidegen.domain.fingerprint import fingerprint
from guidegen.domain.guide import Provenance
from guidegen.domain.workshop import WorkshopView
from guidegen.errors import CorpusError
from guidegen.guides import RULES, Parts, find_topic
from guidegen.planning.workshop import plan_workshop
from guidegen.retrieval.workshop import gather_workshop
from guidegen.writing.workshop import compose_workshop


def make_workshop(
    parts: Parts, topic: str, participants: int, minutes: int, seed: int, today: date, *, on: date | None = None
) -> WorkshopView:
    """The facilitator's guide for a workshop on ``topic`` (an id, or free text).

    ``participants`` is 6 to 24; ``seed`` takes the object to promote from the corpus, the same one
    for the same seed; facts are judged stale on ``on``, the day of the workshop. Raises TopicUnknown,
    SessionError, or CorpusError when the corpus has no workshop.
    """
    found = find_topic(parts, topic)
    library = parts.library
    fmt = library.shelf.workshop
    if fmt is None:
        raise CorpusError("The corpus has no workshop.", remedy="Write _formats/workshop.yaml.")
    plan = plan_workshop(fmt, found.id, participants=participants, minutes=minutes, seed=seed, on=on)
    evidence = gather_workshop(plan, found, parts.index, today)
    asked = (found.id, participants, minutes, plan.object.id, on, library.fingerprint, RULES)
    provenance = Provenance(
        request_id=fingerprint("workshop", *asked),
        content_id=fingerprint(plan, evidence),
        corpus=library.fingerprint,
        rules=RULES,
        writer="composed",
        made_on=today,
    )
    return compose_workshop(fmt, found, plan, evidence, library.sources, provenance)
