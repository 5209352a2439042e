"""Grammar of composed guides: pronouns, slots of framing lines, and quoting a goal.

Slots are described in guidegen/domain/formats.py. A capital first letter in a slot's name asks for
one in its value: ``{They} {has|have}``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from guidegen.language.ages import without_ages
from guidegen.language.goals import goal_to

__all__ = ["SLOTS", "Pronouns", "fill", "goal_to", "pronouns", "quote", "slots_in"]

PRONOUN_SLOTS = ("they", "them", "their")
SLOTS = frozenset((
    "mentor", "executive", "topic", "minutes", "artefact", "name", "other", *PRONOUN_SLOTS,
    "goal_quote", "goal_to", "role", "dept",
))
"""Every slot a text of the corpus may hold."""

MAX_QUOTE = 140
_SLOT = re.compile(r"\{([^{}]*)\}")
_QUOTES = (('"', '"'), ("“", "”"), ("„", "“"), ("„", "”"), ("'", "'"), ("‘", "’"), ("«", "»"), ("`", "`"))


class Pronouns(NamedTuple):
    """Subject, object and possessive; ``their`` is empty when it cannot be known."""

    they: str
    them: str
    their: str
    plural: bool

    def slots(self) -> dict[str, str]:
        """The three as slots of a framing line."""
        return {"they": self.they, "them": self.them, "their": self.their}


_KNOWN = {
    known.they: known
    for known in (
        Pronouns("they", "them", "their", True),
        Pronouns("she", "her", "her", False),
        Pronouns("he", "him", "his", False),
        Pronouns("it", "it", "its", False),
        Pronouns("xe", "xem", "xyr", False),
        Pronouns("ze", "hir", "hir", False),
        Pronouns("ey", "em", "eir", False),
        Pronouns("fae", "faer", "faer", False),
        Pronouns("ve", "ver", "vis", False),
    )
}


def pronouns(written: str) -> Pronouns:
    """``she/her`` → she, her, her. ``she/they`` takes the first. Of pronouns not in the table what is
    written is used; a possessive that is not written stays empty, and lines that need it are left out."""
    parts = [part.strip().lower() for part in written.split("/") if part.strip()]
    if not parts:
        return _KNOWN["they"]
    known = _KNOWN.get(parts[0])
    if known and (len(parts) == 1 or parts[1] in (known.them, known.their) or parts[1] in _KNOWN):
        return known
    if len(parts) == 1:
        return Pronouns(parts[0], "", "", False)
    return Pronouns(parts[0], parts[1], parts[2] if len(parts) > 2 else "", False)


def slots_in(text: str) -> frozenset[str]:
    """The names of a text's slots, in small letters, without the ``{has|have}`` ones."""
    return frozenset(name.lower() for name in _SLOT.findall(text) if "|" not in name)


def fill(text: str, slots: Mapping[str, str | None], *, plural: bool = False) -> str | None:
    """``text`` with its slots filled, or None when one of them has no value.

    In ``{has|have}`` the pronoun or name that stands nearest before decides: ``{they}`` takes the
    second form when ``plural``, a name always the first; with neither before it, ``plural`` decides.
    Values are put in as they are: braces in a person's words are never read as slots.
    """
    done: list[str] = []
    end, agrees = 0, plural
    for slot in _SLOT.finditer(text):
        name = slot[1]
        done.append(text[end : slot.start()])
        end = slot.end()
        if "|" in name:
            one, _, many = name.partition("|")
            done.append(many if agrees else one)
            continue
        value = slots.get(name.lower())
        if not value:
            return None
        if name.lower() in PRONOUN_SLOTS:
            agrees = plural
        elif name.lower() in ("name", "other", "mentor", "executive"):
            agrees = False
        done.append(value[:1].upper() + value[1:] if name[:1].isupper() else value)
    done.append(text[end:])
    return "".join(done)


def quote(goal: str) -> str:
    """A goal ready to stand in quotation marks: tidy, without ages, 140 characters at most."""
    text = " ".join(without_ages(" ".join(goal.split())).split())
    while True:
        before = text
        for left, right in _QUOTES:
            if len(text) > 1 and text.startswith(left) and text.endswith(right):
                inner = text[1:-1]
                # "a" and "b" begins and ends with a mark, but the two are no pair.
                text = text if left in inner or right in inner else inner.strip()
        if text.endswith(".") and not text.endswith(".."):
            text = text[:-1].rstrip()
        if text == before:
            break
    if len(text) <= MAX_QUOTE:
        return text
    cut = text[: MAX_QUOTE - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > MAX_QUOTE // 2 else cut).rstrip(" ,;:.–—-") + "…"
