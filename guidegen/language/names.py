"""How two people are called in running text: first names, where that is clear and safe."""

from __future__ import annotations

TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "mx", "sir", "dame", "lord", "lady", "rev"})


def _first(name: str) -> str:
    """The first name of a name in Latin letters; the whole name where a first one is not plain to see."""
    parts = name.split()
    plain = len(parts) > 1 and parts[0].rstrip(".").casefold() not in TITLES and len(parts[0].rstrip(".")) > 1
    latin = all(ord(ch) < 0x250 for ch in name)
    return parts[0] if plain and latin else name.strip()


def called(mentor: str, executive: str) -> tuple[str, str]:
    """(mentor, executive) as they are called in running text; whole names when the first ones are equal."""
    one, other = _first(mentor), _first(executive)
    return (mentor.strip(), executive.strip()) if one.casefold() == other.casefold() else (one, other)
