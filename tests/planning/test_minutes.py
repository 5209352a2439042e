"""Minutes that add up (R12)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidegen.domain.formats import Block, Format
from guidegen.domain.session import MAX_MINUTES, MIN_MINUTES
from guidegen.errors import SessionError
from guidegen.planning.minutes import allocate


def block(block_id: str, share: float, low: int, high: int | None = None, start: int = 0, kind: str = "topic") -> Block:
    return Block.model_validate(
        {"id": block_id, "title": block_id, "kind": kind, "share": share, "min_minutes": low, "max_minutes": high,
         "from_minutes": start, "lead": "both", "purpose": "p"}
    )


FMT = Format(
    id="f", title="f", kinds=("standard",),
    blocks=(
        block("check-in", 2, 1, 6, kind="check-in"),
        block("topic", 10, 5),
        block("try", 6, 6, 30, 40, "try"),
        block("give-back", 3, 3, 12, kind="give-back"),
        block("commit", 1, 1, 5, kind="commit"),
    ),
)


@given(st.integers(MIN_MINUTES, MAX_MINUTES), st.dictionaries(st.sampled_from(["topic", "try", "commit"]), st.floats(0.1, 9)))
def test_minutes_always_add_up(minutes: int, emphasis: dict[str, float]) -> None:
    """Blocks follow each other without gap, keep their bounds, and fill the session exactly."""
    blocks = allocate(FMT, minutes, emphasis=emphasis)
    assert sum(b.minutes for b in blocks) == minutes
    start = 0
    for planned in blocks:
        assert planned.start == start
        assert planned.minutes >= planned.block.min_minutes
        assert planned.block.max_minutes is None or planned.minutes <= planned.block.max_minutes
        start += planned.minutes


def test_short_sessions_drop_optional_blocks() -> None:
    """A block that starts at 40 minutes is left out of a session of 39."""
    assert "try" not in [b.block.id for b in allocate(FMT, 39)]
    assert "try" in [b.block.id for b in allocate(FMT, 40)]


def test_a_raised_minimum_holds_or_the_block_goes() -> None:
    """A block gets the minutes its activity needs, or it is left out; never half of them."""
    blocks = {b.block.id: b.minutes for b in allocate(FMT, 60, bounds={"try": (20, 60)})}
    assert blocks["try"] >= 20
    assert "try" not in {b.block.id for b in allocate(FMT, 40, bounds={"try": (38, 60)})}


def test_a_lowered_maximum_holds() -> None:
    """A block takes no more than its activity and the talk about it need; the rest goes to the others."""
    blocks = {b.block.id: b.minutes for b in allocate(FMT, 120, bounds={"try": (10, 14)})}
    assert 10 <= blocks["try"] <= 14
    assert sum(blocks.values()) == 120


def test_emphasis_moves_minutes() -> None:
    """Emphasis on a kind of block gives it more of the same session."""
    plain = {b.block.id: b.minutes for b in allocate(FMT, 90)}
    shifted = {b.block.id: b.minutes for b in allocate(FMT, 90, emphasis={"try": 2.5})}
    assert shifted["try"] > plain["try"]


def test_too_short_is_an_error_that_says_what_is_needed() -> None:
    """Minimums that do not fit raise an error with the minutes needed."""
    heavy = Format(id="h", title="h", kinds=("standard",), blocks=(block("a", 1, 20), block("b", 1, 20)))
    with pytest.raises(SessionError, match="40 minutes"):
        allocate(heavy, 30)
