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
WORKSHOP_SLOTS = frozenset((
    "topic", "minutes", "participants", "groups", "sizes", "object", "thing", "daily", "decide", "time", "each",
))
"""Every slot a text of the workshop may hold (guidegen/domain/formats.py)."""

MAX_QUOTE = 140
_SLOT = re.compile(r"\{([^{}]*)\}")
_BULLET = re.compile(r"\s*\n\s*(?:[-*•–—]+|\d{1,2}[.)])\s+")
_DOUBLE = re.compile(r'["“”„«»]')
_MENDED = tuple(
    (re.compile(sign), by)
    for sign, by in (
        (r"^(?:[-*•–—>#~]+|\(?\d{1,2}[.)]|\[[ xX]?\])\s+", ""),  # a list sign
        (r"\[([^\[\]]+)\]\([^()\s]*\)", r"\1"),  # a Markdown link
        (r"<(?:br|/?(?:p|div|li|[ou]l|h[1-6]|blockquote|pre))(?:\s[^<>]*)?/?>", " "),  # pasted from a page
        (r"</?(?:a|b|code|em|font|i|mark|s|small|span|strong|su[bp]|u)(?:\s[^<>]*)?>", ""),
        (r"&amp;", "&"),
        (r"(?<!\w)[*_`]+(?=\w)|(?<=\w)[*_`]+(?!\w)", ""),  # emphasis
        (r"\{+", "("),  # a brace on the page looks like a slot that we forgot to fill
        (r"\}+", ")"),
        (r"\s[:;]-?[()DP](?=\s|$)", ""),  # a smile made of signs
        (r"\s+([,;:!?.…]+)(?=\s|$)", r"\1"),
        (r"\.{3,}|…[.…]+", "…"),
        (r"\.\.", "."),
        (r"([,;:])[,;:.]+(?=\s|$)", r"\1"),
        (r"[?!]*\?[?!]*", "?"),
        (r"!!+", "!"),
        (r'""|“”|«»|\(\)', ""),
    )
)
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
        done.append(_after(done, text[end : slot.start()]))
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
    done.append(_after(done, text[end:]))
    return "".join(done)


def _after(done: list[str], text: str) -> str:
    """``text`` as it goes on: a quoted question or a quote cut short needs no full stop after its mark."""
    ended = bool(done) and done[-1].endswith((".", "?", "!", "…"))
    return text.replace("”.", "”", 1) if ended and text.startswith("”.") else text


def quote(goal: str) -> str:
    """A goal ready to stand between “ and ”: tidy, without ages, 140 characters at most; empty when
    nothing in it is a letter or a digit. Words stay as they were written; what would break our page or
    our sentence does not: list signs, markup, doubled punctuation, quotation marks without a partner."""
    text = without_ages(" ".join(_BULLET.sub("; ", goal.strip()).split()))
    while True:
        before = text
        for sign, by in _MENDED:
            text = sign.sub(by, text)
        text = _unwrapped(" ".join(text.split())).strip(" ,;:–—→~\\-").lstrip(".…!?)")
        if text.endswith(".") and not text.endswith(("etc.", "e.g.", "i.e.")):
            text = text[:-1]
        if text == before:
            break
    text = _single_marks(text)
    if not any(c.isalnum() for c in text):
        return ""
    if len(text) <= MAX_QUOTE:
        return text
    cut = text[: MAX_QUOTE - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > MAX_QUOTE // 2 else cut).rstrip(" ,;:.–—-") + "…"


def _unwrapped(text: str) -> str:
    """``text`` without one pair of quotation marks round all of it."""
    for left, right in _QUOTES:
        if len(text) > 1 and text.startswith(left) and text.endswith(right):
            inner = text[1:-1]
            # "a" and "b" begins and ends with a mark, but the two are no pair.
            text = text if left in inner or right in inner else inner.strip()
    return text


def _single_marks(text: str) -> str:
    """Double quotation marks as ‘single’ ones, since the quote itself stands in double; dropped when
    they do not pair."""
    marks = []
    for found in _DOUBLE.finditer(text):
        before = text[: found.start()][-1:]
        plain = found[0] in '"“'
        opens = found[0] in "„«" or (plain and (not before or before in " (‘-–—/"))
        marks.append("‘" if opens else "’")
    paired = marks == ["‘", "’"] * (len(marks) // 2)
    turn = iter(marks)
    return _DOUBLE.sub(lambda _: next(turn) if paired else "", text).strip()
