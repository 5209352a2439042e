"""A workshop's plan: groups of even size, minutes that add up, and what the tables need."""

from __future__ import annotations

import math
from datetime import date

from guidegen.domain.formats import WorkshopFormat
from guidegen.domain.plan import EvidenceRequest
from guidegen.domain.session import MAX_MINUTES, MIN_MINUTES
from guidegen.domain.workshop import COMING_AND_GOING, MAX_PEOPLE, MIN_PEOPLE, WorkshopPlan
from guidegen.errors import SessionError
from guidegen.planning.minutes import allocate

GROUP_OF = 4
"""Groups are of three or four: small enough that nobody can listen only."""
SHOW_MINUTES = (2, 4)
"""Minutes each group has to show its work, at least and at most."""
TALK_MINUTES_PER_QUESTION = 4.5


def group_sizes(participants: int) -> tuple[int, ...]:
    """Sizes of the groups, largest first: 3 to 5 people each, and no two differ by more than one.

    Raises SessionError outside 6 to 24.
    """
    if not MIN_PEOPLE <= participants <= MAX_PEOPLE:
        raise SessionError(
            f"A workshop is for {MIN_PEOPLE} to {MAX_PEOPLE} people, not {participants}.",
            remedy="Hold two workshops for more people; for fewer, a session for each pair serves them better.",
        )
    groups = math.ceil(participants / GROUP_OF)
    size, over = divmod(participants, groups)
    return (size + 1,) * over + (size,) * (groups - over)


def _for_groups(fmt: WorkshopFormat, groups: int) -> WorkshopFormat:
    """The format with time for every group to show its work."""
    least, most = (minutes * groups + COMING_AND_GOING for minutes in SHOW_MINUTES)
    bounds = {"min_minutes": least, "max_minutes": most}
    blocks = tuple(b.model_copy(update=bounds) if b.kind == "show" else b for b in fmt.blocks)
    return fmt.model_copy(update={"blocks": blocks})


def _requests(talk: int) -> tuple[EvidenceRequest, ...]:
    one_way = max(2, min(4, round(talk / 2 / TALK_MINUTES_PER_QUESTION)))
    return (
        EvidenceRequest(id="facts", kind="passage", count=4),
        EvidenceRequest(id="questions/learning", kind="question", count=one_way),
        EvidenceRequest(id="questions/knowing", kind="question", who="mentor", count=one_way),
        EvidenceRequest(id="questions/everyone", kind="question", count=2),
        EvidenceRequest(id="turn", kind="give_back", who="mentor", count=2),
        EvidenceRequest(id="outcomes/learning", kind="outcome", count=1),
        EvidenceRequest(id="outcomes/knowing", kind="outcome", who="mentor", count=1),
    )


def plan_workshop(
    fmt: WorkshopFormat, topic: str, *, participants: int, minutes: int, seed: int, on: date | None = None
) -> WorkshopPlan:
    """The plan of one workshop. Pure: the same seed takes the same object.

    Raises SessionError when the people or the minutes are out of range, or the minutes too few for
    so many groups.
    """
    groups = group_sizes(participants)
    if not MIN_MINUTES <= minutes <= MAX_MINUTES:
        raise SessionError(f"A workshop has at most {MAX_MINUTES} minutes, not {minutes}.", remedy="90 are a good start.")
    blocks = allocate(_for_groups(fmt, len(groups)), minutes)
    return WorkshopPlan(
        topic=topic,
        on=on,
        participants=participants,
        minutes=minutes,
        groups=groups,
        object=fmt.objects[seed % len(fmt.objects)],
        blocks=blocks,
        requests=_requests(sum(b.minutes for b in blocks if b.block.kind == "topic")),
    )
