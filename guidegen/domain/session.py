"""One meeting: when, where, how long, and what came before."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from guidegen.domain.frozen import Frozen, Who

SessionKind = Literal["first", "standard", "review", "final", "rescue"]
Place = Literal["room", "video", "phone"]
MIN_MINUTES = 15
MAX_MINUTES = 180
Minutes = Annotated[int, Field(ge=MIN_MINUTES, le=MAX_MINUTES)]


class Action(Frozen):
    """Something one of the two said they would do (R16)."""

    who: Who = Field(description="who said it")
    text: str = Field(description="what was promised")
    done: bool | None = Field(None, description="None: not known yet")


class History(Frozen):
    """What earlier sessions of this pair used and promised: carry-over is a noun, handed in."""

    used: tuple[str, ...] = Field((), description="ids of items already used; not offered again")
    actions: tuple[Action, ...] = Field((), description="what was promised last time")
    phrases: tuple[str, ...] = Field((), description="ids of framing lines already printed")


class Session(Frozen):
    """One meeting of a pair."""

    kind: SessionKind = Field("first", description="which meeting of the series it is")
    number: int = Field(1, ge=1, description="1 for the first meeting")
    on: date | None = Field(
        None,
        ge=date(2000, 1, 1),
        le=date(2100, 12, 31),
        description="the day; staleness of facts is judged on it",
    )
    place: Place = Field("room", description="where the two meet")
    minutes: Minutes = Field(60, description="its length")
    language: str = Field("en", description="the language the guide is written in")
    format: str | None = Field(None, description="the id of a format to use instead of the kind's own")
    history: History = Field(History(), description="what earlier sessions used and promised")
