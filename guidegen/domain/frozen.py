"""The one base of all nouns: immutable, and strict about unknown fields."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """A value: frozen, comparable, with no field beyond those declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


Level = Annotated[
    int, Field(ge=0, le=4, description="0 new, 1 aware, 2 with help, 3 alone, 4 can teach it")
]
Role = Literal["mentor", "executive"]
"""Who one is in the pair: ``executive`` is the one who learns the topic, in any direction."""

Who = Literal["mentor", "executive", "both"]
Origin = Literal["composed", "model"]
"""Who put the words there: our own composer from the corpus, or a language model."""
