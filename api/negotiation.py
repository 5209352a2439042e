"""Which of several media types an Accept header asks for (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class _Range(NamedTuple):
    """One part of the header: ``text/*;q=0.5``. A missing or unreadable q counts as 1, as a wish."""

    kind: str
    subtype: str
    q: float

    def fit(self, media_type: str) -> int:
        """How exactly it names ``media_type``: 3 exactly, 2 by its kind, 1 anything, 0 not at all."""
        kind, _, subtype = media_type.partition("/")
        if (self.kind, self.subtype) == (kind, subtype):
            return 3
        if (self.kind, self.subtype) == (kind, "*"):
            return 2
        return 1 if (self.kind, self.subtype) == ("*", "*") else 0


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 1.0
    return 1.0


def _ranges(accept: str) -> list[_Range]:
    found = []
    for part in accept.split(","):
        name, *parameters = part.split(";")
        kind, slash, subtype = name.strip().lower().partition("/")
        if slash and kind and subtype:
            found.append(_Range(kind, subtype, _quality(parameters)))
    return found


def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offer that ``accept`` likes best, or None; offers come in our own order of preference.

    No header, or one that names nothing, takes the first offer. The most exact range decides an
    offer's weight, so ``*/*, application/pdf;q=0`` means anything but PDF.
    """
    ranges = _ranges(accept or "")
    if not ranges:
        return offers[0] if offers else None
    best: str | None = None
    weight = 0.0
    for offer in offers:
        fits = [(r.fit(offer), r.q) for r in ranges if r.fit(offer)]
        q = max(fits)[1] if fits else 0.0
        if q > weight:
            best, weight = offer, q
    return best
