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
import unicodedata
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

EMAIL = "EMAIL"
WITHHOLDABLE = frozenset({
    "role", "department", "seniority", "goals", "learns", "teaches", "context", "preferences", "access_needs", "languages",
})
"""Fields a programme may keep from a model; the others either never leave or (off_limits) must."""

_EMAIL = r"[\w.+%'-]+@[^\W_][\w-]*(?:\.[\w-]+)*"
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


@dataclass(frozen=True)
class Mask:
    """Names out, names back in. Make it with ``of``; it is immutable and may be shared by threads."""

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
        return _shown(text, self.values)

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
    gap = rf"[ \t\n]?[ ._-]?(?:(?:{_JOINERS}) ){{0,3}}"
    run = rf"(?:(?:{beside}){gap})*?(?:{unit})(?:{gap}(?:{beside}|{unit}))*" if unit else ""
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


_WORD = "mentor|executive|company|person|email"
_TOKEN = re.compile(
    rf"(?<!\w)(?P<open>[*_`\[{{<%$@#«]*)(?P<word>(?i:{_WORD}))(?P<num>[_-]?\d+|(?<=PERSON) \d+)?"
    r"(?P<shut>(?P<in>['’]s)?[*_`\]}>%»]*)(?P<tail>['’]?[^\W\d_]*)"
)
# Near misses and words that models make up for a person: none of them may be printed.
_BROKEN = re.compile(
    r"[A-Z0-9_]*(?:MENTOR|EXECUTIV|COMPANY|PERSON_|EMAIL)[A-Z0-9_]*|\b(?:MENT[O0]R?E?|MENTEE|M[E3]NT[O0]R|EXECUTVE|EXEC|EXECUTIVE?|"
    r"C[O0]MPANY|COMPNAY|COMAPNY|MENTRO|PERS[O0]N|ORGANI[SZ]ATION|EMPLOYEE|EMPLOYER|USER|NAME|NAMES|LEADER)\b(?:_\w+)?"
    r"|\bperson_\w+|\b[A-Z]{2,}_[A-Z0-9_]+\b"
)
_BRACKET = re.compile(r"[\[{<][^\]}>\n]{0,60}[\]}>]|[{}]")
_ARTICLE = re.compile(r"\b(?:the|a|an|your|our|my|his|her|their|this|each|every|another)\s+[\"“*]*$", re.IGNORECASE)
_POSSESSED = re.compile(r"\b(?:a|an|your|our|my|his|her|their)\s+[\"“*]*$", re.IGNORECASE)
_ROLE_NEXT = re.compile(r"\s+(?:[A-Z]|summary|sponsor|team|board|committee|pay|order|search|level|director|education|coach)")
# Letters of other scripts that look like ours: a placeholder written with them would slip through.
_TWINS = str.maketrans("АВЕЅІЈКМНОРСТУХаеорсухіѕЕΑΒΕΖΗΙΚΜΝΟΡΤΥΧоν", "ABESIJKMHOPCTYXaeopcyxisEABEZHIKMNOPTYXov")


def _finding(code: str, problem: str, remedy: str) -> Finding:
    return Finding(f"placeholder-{code}", problem, remedy)


_UNKNOWN = _finding(
    "unknown", "It holds a placeholder that does not exist here.", "Use only the placeholders given, exactly as they are written."
)
_BROKEN_FINDING = _finding(
    "broken", "A placeholder in it is broken.", "Write MENTOR, EXECUTIVE or COMPANY whole, in capitals, without brackets."
)


def _shown(text: str, values: Mapping[str, str]) -> str | Finding:
    if _tokens(text) != _tokens(unicodedata.normalize("NFKC", _visible(text)).translate(_TWINS)):
        return _BROKEN_FINDING
    out: list[str] = []
    done = 0
    for found in _TOKEN.finditer(text):
        new = _resolved(found, values)
        if isinstance(new, Finding):
            return new
        if new is None:
            continue
        between = text[done : found.start()]
        if _BROKEN.search(between) or _BRACKET.search(between):
            return _UNKNOWN
        out += [between, new]
        done = found.end()
    if _BROKEN.search(text[done:]) or _BRACKET.search(text[done:]):
        return _UNKNOWN
    return "".join([*out, text[done:]])


def _visible(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def _tokens(text: str) -> list[str]:
    return [found.casefold() for found in re.findall(rf"(?i)(?:{_WORD})[_-]?\d*", text)]


def _resolved(found: re.Match[str], values: Mapping[str, str]) -> str | Finding | None:
    """What a candidate stands for; None when it is an ordinary word."""
    word, text = found["word"], found.string
    marks = found["open"] + (found["shut"] or "").replace(found["in"] or "", "", 1)
    bracketed = bool(re.search(r"[\[{<%$«`]", marks))
    upper, title = word.isupper(), word.istitle()
    if not (upper or bracketed or title or found["num"]):
        return None
    genitive = found["in"] or (found["tail"] if found["tail"] in ("'s", "’s", "s", "'", "’") else "")
    rest = "" if genitive == found["tail"] or (found["in"] and not found["tail"]) else found["tail"]
    if rest and rest not in ("'", "’"):
        return _BROKEN_FINDING if upper or bracketed else None
    if word.casefold() == "email":
        return _finding("email", "It holds an e-mail address.", "Leave addresses out.") if upper or bracketed else None
    number = (found["num"] or "").strip("_- ")
    if word.casefold() == "person" and not number:
        return _UNKNOWN if upper or bracketed else None
    if not upper and not bracketed and not number and not _meant(found, genitive, marks):
        return None
    key = word.upper() + (f"_{number}" if number else "")
    if key not in values:
        if not upper and not bracketed and word.casefold() == "person":
            return None if "_" not in (found["num"] or "") else _UNKNOWN
        return _UNKNOWN
    before = text[max(0, found.start() - 12) : found.start()]
    article = _POSSESSED if key.startswith("COMPANY") else _ARTICLE
    if article.search(before) and not genitive:
        return _finding("article", f"{key} stands for a name, and has an article before it.",
                        f"Write {key} as you would write a name, without the, a or your.")
    if not upper and not bracketed and not number and _begins(text, found.start()) and not (genitive or marks or text[found.end() :][:1] == ":"):
        return _finding("case", f"“{word}” may mean the person or anybody.", f"Write {key} in capitals for the person.")
    return values[key] + genitive


def _begins(text: str, start: int) -> bool:
    return not re.search(r"[^\s.!?:;\"“‘(*-]\s*[\"“‘(*-]*$", text[:start])


def _meant(found: re.Match[str], genitive: str, marks: str) -> bool:
    """Whether ``Mentor`` in this spelling means the person; ``your mentor`` never does."""
    text, end = found.string, found.end()
    if _ARTICLE.search(text[max(0, found.start() - 12) : found.start()]) or _ROLE_NEXT.match(text, end) or genitive == "s":
        return False
    if genitive or marks or text[end : end + 1] == ":":
        return True
    if found["word"].casefold() == "company":
        return False
    before = text[: found.start()].rstrip("\"“‘(* ")
    post = re.search(r"[-/&]$" if found["word"].casefold() == "mentor" else r"[A-Z][\w-]*$|[-/&]$", before)
    return _begins(text, found.start()) or not post  # "Chief Executive", "non-Executive" are posts
