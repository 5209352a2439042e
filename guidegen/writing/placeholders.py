"""Who is meant without who it is: names leave as MENTOR, EXECUTIVE, COMPANY and come back as names.

``Mask.of(pair)`` knows the pair's names, e-mail addresses and organisations, and other people named in
``reports_to`` (PERSON_1 …). ``hide`` takes them out of a text before it leaves, and ages with them;
``show`` puts them back into what a model wrote. ``show(hide(text))`` is ``text``, except that a person
is then called as the guide calls them (``Helena Brandt`` and ``H. Brandt`` both come back as ``Helena``).

Known limits, on purpose: a name that is also a word ("Will", "May", "Grace") is hidden only in the case
it is written in, since "will" is a verb more often; an abbreviation such as "AI" alone is never taken
for a name; people whom no field names ("Jonas from treasury") cannot be known.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from guidegen.domain.formats import Tag
from guidegen.domain.frozen import Level, Role
from guidegen.domain.people import Experience, Pair, Person, Seniority
from guidegen.errors import SettingsError
from guidegen.language.ages import without_ages
from guidegen.language.arrangements import arrangements
from guidegen.language.names import called
from guidegen.language.stems import stems
from guidegen.writing.checking.finding import Finding
from guidegen.writing.name_forms import (
    COMMON,
    LETTER_AFTER,
    LETTER_BEFORE,
    NameForms,
    alternatives,
    fold,
    folded,
    is_word_here,
    organisation_forms,
    person_forms,
)
from guidegen.writing.restoring import shown

EMAIL = "EMAIL"
WITHHOLDABLE = frozenset({
    "role", "department", "seniority", "goals", "learns", "teaches", "context", "preferences", "access_needs", "languages",
})
"""Fields a programme may keep from a model; the others either never leave or (off_limits) must."""

_EMAIL = r"(?<![\w.+%'-])[\w.+%'-]+@[^\W_][\w-]*(?:\.[\w-]+)*"
_JOINERS = "van|von|vom|zu|de|der|den|di|da|do|dos|del|della|du|la|le|al|el|bin|bint|ter|ten"
_ROLE_WORDS = frozenset(stems("""
    head director chief officer manager board ceo cfo cto coo cio president vice vp lead leader team chair chairman of the
    and for deputy general managing executive partner owner founder nobody none myself vacant supervisor boss my our
"""))
# What would be read as a placeholder although a person wrote it: made small, so that it stays a word.
_LOOKALIKE = rf"{LETTER_BEFORE}(?:(?:MENTOR|EXECUTIVE|COMPANY|PERSON|EMAIL)\w*|(?:Mentor|Executive|Company){LETTER_AFTER}|(?i:person)[_-]?\d+)"
_SECRET_RUN = 4
"""So many words in a row from a withheld field make a text one that must not leave."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One person as a model may know them. Every text is hidden already; nothing here names anyone."""

    placeholder: str
    pronouns: str
    role: str | None
    department: str | None
    seniority: Seniority | None
    level: Level
    experience: Experience | None
    goals: tuple[str, ...]
    context: str | None
    preferences: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Mask:
    """Names out, names back in. Make it with ``of``; it is immutable and may be shared by threads.

    Its ``repr`` says nothing, so that no log line or traceback can name anyone.
    """

    pair: Pair
    withheld: frozenset[str]
    values: Mapping[str, str]
    _pattern: re.Pattern[str]
    _forms: Mapping[str, tuple[str, ...]]
    _secrets: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, pair: Pair, withheld: Collection[str] = ()) -> Mask:
        """The mask of a pair. ``withheld``: names of profile fields the programme keeps from a model.

        Raises SettingsError when a name in ``withheld`` is no such field, since a typing error would leak.
        """
        if unknown := sorted(set(withheld) - WITHHOLDABLE):
            raise SettingsError(
                f"Not a field that can be withheld from a model: {', '.join(unknown)}.",
                remedy=f"Choose from {', '.join(sorted(WITHHOLDABLE))}.",
            )
        values, groups, forms = _plan(pair)
        return cls(
            pair=pair,
            withheld=frozenset(withheld),
            values=MappingProxyType(values),
            _pattern=re.compile("|".join(groups)),
            _forms=MappingProxyType(forms),
            _secrets=_secrets(pair, frozenset(withheld)),
        )

    def hide(self, text: str) -> str:
        """``text`` with no name, e-mail address, organisation or age of a person in it.

        Once for each text: a placeholder that already stands in it is taken for someone's own words
        and made small, so that nobody can write one into a goal.
        """
        plain, places = fold(text)
        out: list[str] = []
        done = 0
        for found in self._pattern.finditer(plain):
            group = found.lastgroup or ""
            start, end = found.span()
            name = _name_of(group)
            if group == "lookalike":
                new = found[0].lower().replace("_", " ")
            elif group == "email":
                new = EMAIL
            elif is_word_here(plain, start, end, self._forms[name]):
                continue
            else:
                new = name
            out += [text[done : places[start]], new]
            while places[end] == places[end - 1]:  # ß is two letters here and one in the text
                end += 1
            done = places[end]
        return without_ages("".join([*out, text[done:]]))

    def show(self, text: str) -> str | Finding:
        """What a model wrote, with the names back; a Finding when a placeholder is unknown or broken."""
        return shown(text, self.values)

    def sendable(self, text: str) -> bool:
        """Whether ``text`` (of a composed draft, say) holds nothing of a withheld field or a private note."""
        words = tuple(stems(text))
        runs: dict[int, set[tuple[str, ...]]] = {}
        for secret in self._secrets:
            size = min(_SECRET_RUN, len(secret))
            here = runs.setdefault(size, {words[n : n + size] for n in range(len(words) - size + 1)})
            if any(secret[n : n + size] in here for n in range(len(secret) - size + 1)):
                return False
        return True

    def person(self, role: Role, topic: str, *, own: bool = False) -> Outgoing:
        """One of the two as a model may know them; context and preferences only in a call for their own brief."""
        person = self.pair.person(role)
        skill = person.skill_in(topic, role)
        known = "teaches" if role == "mentor" else "learns"

        def kept(field: str) -> bool:
            return field not in self.withheld

        def texts(field: str, values: Sequence[str]) -> tuple[str, ...]:
            return tuple(h for v in values if (h := self.hide(v))) if kept(field) else ()

        return Outgoing(
            placeholder=role.upper(),
            pronouns=person.pronouns,
            role=self.hide(person.role) if person.role and kept("role") else None,
            department=self.hide(person.department) if person.department and kept("department") else None,
            seniority=person.seniority if kept("seniority") else None,
            level=skill.level if kept(known) else (3 if role == "mentor" else 0),
            experience=skill.experience if kept(known) else None,
            goals=texts("goals", person.goals),
            context=next(iter(texts("context", (person.context,))), None) if own and person.context else None,
            preferences=texts("preferences", person.preferences) if own else (),
        )

    def arrangements(self, tags: Sequence[Tag]) -> tuple[str, ...]:
        """Access needs of both as arrangements; never whose, never why."""
        if "access_needs" in self.withheld:
            return ()
        needs = (*self.pair.mentor.access_needs, *self.pair.executive.access_needs)
        return tuple(dict.fromkeys(self.hide(a) for a in arrangements(needs, tags)))

    def subjects_to_avoid(self) -> tuple[str, ...]:
        """What either keeps out, sorted, so that not even the order says whose it is."""
        limits = (*self.pair.mentor.off_limits, *self.pair.executive.off_limits)
        return tuple(sorted({self.hide(limit) for limit in limits}))


def _name_of(group: str) -> str:
    return group.rpartition("__")[0]


def _plan(pair: Pair) -> tuple[dict[str, str], list[str], dict[str, tuple[str, ...]]]:
    """(placeholder to what it stands for, the patterns in order, placeholder to its folded forms)."""
    names = called(pair.mentor.name, pair.executive.name)
    values = {"MENTOR": names[0], "EXECUTIVE": names[1]}
    people = {"MENTOR": person_forms(pair.mentor.name), "EXECUTIVE": person_forms(pair.executive.name)}
    if pair.mentor.name.casefold() == pair.executive.name.casefold():
        people.pop("EXECUTIVE")  # one name for two: nothing in a text can tell them apart
    others = [n for p in (pair.mentor, pair.executive) if (n := _manager(p, pair))]
    for name in dict.fromkeys(others):
        if not any(name.casefold() == v.casefold() for v in values.values()):
            values[f"PERSON_{len(values) - 1}"] = name
            people[f"PERSON_{len(values) - 2}"] = person_forms(name)
    shared = _shared(people)
    for part in sorted(shared, key=lambda p: (-len(p), p)):
        key = f"PERSON_{len(values) - 1}"
        values[key] = shared[part]
    companies: dict[str, tuple[str, ...]] = {}
    for person in (pair.mentor, pair.executive):
        if person.organisation and person.organisation.casefold() not in {v.casefold() for v in values.values()}:
            key = "COMPANY_2" if "COMPANY" in companies else "COMPANY"
            companies[key] = organisation_forms(person.organisation)
            values[key] = person.organisation.strip()

    forms: dict[str, tuple[str, ...]] = {}
    groups = [rf"(?P<email>{_EMAIL})"]
    groups += [_group(key, "name", alternatives(f for f in found if " " in f)) for key, found in companies.items()]
    for key, found in people.items():
        forms[key] = (*found.whole, *found.parts)
        groups += _person_groups(key, found, frozenset(shared))
    groups += [_group(key, "org", alternatives(found)) for key, found in companies.items()]
    forms |= companies
    for key, value in values.items():
        if key not in forms and key.startswith("PERSON_"):
            forms[key] = tuple(dict.fromkeys(f for f in (folded(value), value)))
            groups.append(_group(key, "part", alternatives(forms[key])))
    forms.setdefault("EXECUTIVE", ())
    groups.append(f"(?P<lookalike>{_LOOKALIKE})")
    return values, [g for g in groups if g], forms


def _group(key: str, kind: str, pattern: str) -> str:
    return f"(?P<{key}__{kind}>(?i:{pattern}))" if pattern else ""


def _person_groups(key: str, forms: NameForms, shared: frozenset[str]) -> list[str]:
    """Runs of a person's own parts, with parts shared with others and initials beside them; then initials."""
    own = [p for p in forms.parts if p.casefold() not in shared]
    single = {w.casefold() for w in forms.whole if " " not in w} & shared
    whole = [w for w in forms.whole if w.casefold() not in single]
    unit = alternatives([*whole, *own])
    beside = "|".join(filter(None, [alternatives(forms.parts), rf"{LETTER_BEFORE}[^\W\d_]\.(?!\w)"]))
    # No gap can be read in two ways and no run is long: else a text of initials would take for ever.
    gap = rf"(?:[ \t\n][ ._-]?|[._-])?(?:(?:{_JOINERS}) ){{0,3}}"
    run = rf"(?:(?:{beside}){gap}){{0,4}}?(?:{unit})(?:{gap}(?:{beside}|{unit})){{0,6}}" if unit else ""
    title = r"(?:\b(?:mr|mrs|ms|mx|dr|prof|professor|sir|dame|frau|herr|madame|monsieur)\.? )?" if unit else ""
    initials = "|".join(forms.initials)
    return [
        _group(key, "run", title + f"(?:{run})" if run else ""),
        rf"(?P<{key}__initials>{LETTER_BEFORE}(?:{initials})(?!\w))" if initials else "",
    ]


def _shared(people: Mapping[str, NameForms]) -> dict[str, str]:
    """Parts that two people have, small-letter form to form: alone, they do not say who is meant."""
    seen: dict[str, str] = {}
    found: dict[str, str] = {}
    for key, forms in people.items():
        for part in {p.casefold(): p for p in forms.parts}.values():
            low = part.casefold()
            if seen.setdefault(low, key) != key:
                found[low] = part
    return found


def _manager(person: Person, pair: Pair) -> str | None:
    """The name that ``reports_to`` gives, when it is one and not a post or the other person."""
    given = (person.reports_to or "").strip()
    if not given or given in (pair.mentor.id, pair.executive.id):
        return None
    name = given if " " in given or given != given.lower() else re.sub(r"[-._]+", " ", given).title()
    words = stems(name)
    letters = re.sub(r"[\W\d_]", "", name)
    if len(letters) < 2 or any(w in _ROLE_WORDS for w in words) or name.casefold() in COMMON:
        return None
    return name


def _secrets(pair: Pair, withheld: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """The stems of every text that must not leave: private notes always, withheld fields by choice."""
    found: list[str] = []
    for person in (pair.mentor, pair.executive):
        found += [person.private_notes or ""]
        for field in withheld & {"role", "department", "goals", "context", "preferences", "access_needs"}:
            value = getattr(person, field)
            found += [value] if isinstance(value, str) else list(value or ())
    return tuple(s for text in found if (s := tuple(stems(text))))
