"""Numbers of sources, in the order in which a document cites them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from guidegen.domain.guide import SourceCard
from guidegen.errors import RenderError
from guidegen.rendering import sheet as s
from guidegen.rendering.clean import one_line
from guidegen.rendering.words import day


class Numbers:
    """Numbers of sources, given in order of first appearance."""

    def __init__(self, sources: Sequence[SourceCard]) -> None:
        self._cards = {card.id: card for card in sources}
        self._given: dict[str, int] = {}

    def of(self, evidence: Iterable[str]) -> s.Cites:
        """The numbers of these source ids; an id without a source is a fault, never dropped."""
        for source in evidence:
            if source not in self._cards:
                raise RenderError(
                    f"The guide cites {source!r}, which is not among its sources.",
                    remedy="Add the source to sources[], or take the id out of evidence.",
                )
            self._given.setdefault(source, len(self._given) + 1)
        return tuple(sorted({self._given[source] for source in evidence}))

    def cited(self) -> tuple[s.Cited, ...]:
        """The sources that were cited, in the order of their numbers."""
        return tuple(_cited(number, self._cards[source]) for source, number in self._given.items())


def _cited(number: int, card: SourceCard) -> s.Cited:
    as_of = f"as of {day(card.as_of)}, " if card.as_of else ""
    return s.Cited(
        number=number,
        title=one_line(card.title),
        publisher=one_line(card.publisher),
        url=one_line(card.url),
        link=card.url if re.match(r"https?://[^\s<>\"'\\]+$", card.url) else None,
        dates=f"{as_of}read {day(card.read)}",
    )
