"""The five hundred texts of naughty.txt, the pairs made of them, and what must come out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from guidegen.domain.guide import Guide, PairCard, PersonCard
from guidegen.domain.session import Session
from guidegen.guides import Parts, make_guide
from guidegen.language.ages import without_ages
from guidegen.people import pair_from
from tests.conftest import TODAY

_ESCAPE = re.compile(r"\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[nrt0\\])")
_SINGLE = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "\\": "\\"}
_HIDDEN = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff"
_FILLERS = "\u2800\u3164"
# What quoting a goal tidies away, as guidegen/language/grammar.py says.
_TIDIED = re.compile(
    r"</?(?:a|b|h1|br)\b[^<>]*>|^\d[.)]\s|^\[x\]|(?<=\])\([^()\s]*\)|(?<=&)amp;"
)
ON = date(2027, 1, 14)


def _read() -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    kind = ""
    for line in Path(__file__).with_name("naughty.txt").read_text(encoding="utf-8").split("\n"):
        if found := re.fullmatch(r";; ([a-z-]+):", line):
            kind = found[1]
        elif line and not line.startswith(";;"):
            text = _ESCAPE.sub(lambda m: _SINGLE.get(m[1]) or chr(int(m[1][1:], 16)), line)
            kinds.setdefault(kind, []).append(text)
    return kinds


KINDS = _read()
ALL = [text for texts in KINDS.values() for text in texts]
_MEANT = ("calendar", "xml")
_OTHERS = [text for kind, texts in KINDS.items() if kind not in _MEANT for text in texts]
SIXTY = [
    *(text for kind in _MEANT for text in KINDS[kind]),
    *(_OTHERS[n * len(_OTHERS) // 35] for n in range(35)),
]
"""What is meant for calendars and Word, and of the others some of every kind."""


def shown(text: str) -> str:
    """What a document shows of ``text``: composed, on one line, without control characters."""
    text = re.sub("[\r\n\t\x85\u2028\u2029]", " ", text)
    kept = (c for c in text if c not in _HIDDEN and unicodedata.category(c) not in ("Cc", "Cs"))
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def has_ink(text: str) -> bool:
    """Whether anything of it can be seen."""
    return any(unicodedata.category(c) not in ("Cf", "Zs") and c not in _FILLERS for c in shown(text))


def may_be_a_name(text: str) -> bool:
    """Names, roles and departments have 200 characters at most, and something to see."""
    return has_ink(text) and len(shown(text)) <= 200


def letters(text: str) -> str:
    """The letters and digits, which no format and no tidying may lose or swap."""
    return "".join(c for c in shown(text) if c.isalnum())


def letters_of_goal(goal: str) -> str:
    """The letters and digits that a quote of ``goal`` must hold, up to where it is cut."""
    return letters(_TIDIED.sub(" ", without_ages(goal)))


def profile(name: str, role: str = "", department: str = "", goals: Sequence[str] = ()) -> dict[str, Any]:
    """A profile as a file or a request gives it; ids are given, since many of these names share one."""
    return {"name": name, "role": role or None, "department": department or None, "goals": list(goals)}


def pairs(texts: Sequence[str], step: int = 2) -> Iterator[dict[str, Any]]:
    """Pairs in which every text stands as a name, a role, a department and an executive's goal.

    With a ``step`` of 6 each text stands in one of the three places only, and a third are goals.
    """
    fit = [text for text in texts if may_be_a_name(text)]
    for n in range(0, max(len(fit), len(texts)), step):
        one = [fit[(n + k) % len(fit)] for k in range(6)]
        goals = [texts[(n + k) % len(texts)] for k in (6, 7, 8)]
        yield {
            "mentor": {"id": "m", **profile(one[0], one[2], one[4], goals[2:]), "teaches": ["crypto"]},
            "executive": {"id": "e", **profile(one[1], one[3], one[5], goals[:2])},
        }


def guide_of(parts: Parts, pair: dict[str, Any]) -> Guide:
    """The guide of such a pair, about one topic on one day."""
    return make_guide(parts, pair_from(pair, "pair"), "crypto", Session(on=ON, minutes=45), today=TODAY)


def post_of(person: dict[str, Any]) -> str:
    """Role and department as they are printed."""
    return ", ".join(shown(person[key]) for key in ("role", "department") if person[key])


def face(person: dict[str, Any]) -> str:
    """How a person stands in the title block."""
    return f"{shown(person['name'])} (they/them), {post_of(person)}".removesuffix(", ")


def same_people(card: PairCard, pair: dict[str, Any]) -> None:
    """The card holds what the pair was made of, field by field."""
    for person, given in ((card.mentor, pair["mentor"]), (card.executive, pair["executive"])):
        assert isinstance(person, PersonCard)
        for key in ("name", "role", "department"):
            assert shown(getattr(person, key) or "") == shown(given[key] or "")
        used = dict.fromkeys(shown(without_ages(goal)) for goal in given["goals"] if letters(goal))
        assert [shown(goal) for goal in person.goals] == list(used)


class Page(HTMLParser):
    """What a browser makes of HTML: ``shape``, tags with what their attributes do; and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.shape: list[tuple[str, ...]] = []
        self._texts: list[tuple[str, list[str]]] = []
        self._open: list[tuple[str, list[str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # The value of a radio button is text of the guide; every other attribute is the template's.
        self.shape.append((tag, *(f"{name}={value if name != 'value' else ''}" for name, value in attrs)))
        if tag in ("p", "span", "strong", "em"):
            found: list[str] = []
            self._texts.append((f"{tag}.{dict(attrs).get('class', '')}".rstrip("."), found))
            self._open.append((tag, found))

    def handle_data(self, data: str) -> None:
        for _, found in self._open:
            found.append(data)

    def handle_comment(self, data: str) -> None:
        self.shape.append(("comment", data))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def all(self, kind: str, holding: str = "") -> list[str]:
        """The texts of every ``p``, ``span.post`` and so on that hold something, in order."""
        texts = ("".join(found) for key, found in self._texts if key == kind)
        return [shown(text) for text in texts if holding in text]
