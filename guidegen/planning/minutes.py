"""Minutes that add up: a format's blocks to whole minutes, exactly the session's length (R12)."""

from __future__ import annotations

from collections.abc import Mapping

from guidegen.domain.formats import Block, Format
from guidegen.domain.plan import BlockPlan
from guidegen.errors import SessionError


def allocate(
    fmt: Format,
    minutes: int,
    *,
    emphasis: Mapping[str, float] | None = None,
    bounds: Mapping[str, tuple[int, int]] | None = None,
) -> tuple[BlockPlan, ...]:
    """Blocks of ``fmt`` that fit ``minutes``, with start and length in whole minutes.

    Every block gets its minimum; what is left is shared out by ``share`` times the factor that
    ``emphasis`` gives its kind, up to its maximum. ``bounds`` holds (least, most) minutes for a kind:
    the least raises the minimum, and where that no longer fits the block is left out; the most lowers
    the maximum. Raises SessionError when not even the minimums fit.
    """
    blocks = [b for b in fmt.blocks if b.from_minutes <= minutes]
    floor = {b.id: b.min_minutes for b in blocks}
    for block in list(blocks):
        need = (bounds or {}).get(block.kind, (0, 0))[0]
        if need <= floor[block.id]:
            continue
        spare = minutes - sum(floor.values())
        if need - floor[block.id] <= spare and (block.max_minutes is None or need <= block.max_minutes):
            floor[block.id] = need
        else:
            blocks.remove(block)
            del floor[block.id]
    if sum(floor.values()) > minutes:
        raise SessionError(
            f"The format '{fmt.id}' needs at least {sum(floor.values())} minutes, and this session has {minutes}.",
            remedy=f"Give it {sum(floor.values())} minutes or more, or choose a shorter format.",
        )
    weight = {b.id: b.share * (emphasis or {}).get(b.kind, 1.0) for b in blocks}
    most = {b.id: b.max_minutes if b.max_minutes is not None else minutes for b in blocks}
    for block in blocks:
        if bounds and block.kind in bounds:
            most[block.id] = max(floor[block.id], min(most[block.id], bounds[block.kind][1]))
    length = _share_out(blocks, floor, most, weight, minutes)
    start = 0
    planned = []
    for block in blocks:
        planned.append(BlockPlan(block=block, start=start, minutes=length[block.id]))
        start += length[block.id]
    return tuple(planned)


def _share_out(
    blocks: list[Block], floor: dict[str, int], most: dict[str, int], weight: dict[str, float], minutes: int
) -> dict[str, int]:
    """Fill up from ``floor`` by weight, never above ``most``; rounding by largest remainder."""
    cap = {key: float(value) for key, value in most.items()}
    exact = {key: float(value) for key, value in floor.items()}
    left = float(minutes - sum(floor.values()))
    open_ids = [b.id for b in blocks if weight[b.id] > 0 and exact[b.id] < cap[b.id]]
    while left > 1e-9 and open_ids:
        total = sum(weight[i] for i in open_ids)
        given = 0.0
        for key in open_ids:
            step = min(left * weight[key] / total, cap[key] - exact[key])
            exact[key] += step
            given += step
        left -= given
        open_ids = [i for i in open_ids if cap[i] - exact[i] > 1e-9]
    whole = {key: int(value + 1e-9) for key, value in exact.items()}
    missing = minutes - sum(whole.values())
    by_remainder = sorted(blocks, key=lambda b: (whole[b.id] - exact[b.id], blocks.index(b)))
    # Only when every maximum is reached does a block grow past it: minutes add up before all else.
    takers = [b for b in by_remainder if whole[b.id] < cap[b.id]] or [max(blocks, key=lambda b: b.share)]
    while missing > 0:
        for block in takers:
            if missing and (whole[block.id] < cap[block.id] or len(takers) == 1):
                whole[block.id] += 1
                missing -= 1
        takers = [b for b in takers if whole[b.id] < cap[b.id]] or [max(blocks, key=lambda b: b.share)]
    return whole
