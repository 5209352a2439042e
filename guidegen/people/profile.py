"""One profile: from what people write to what a Person holds. Pure; faults are collected.

A profile may be written the short way (``teaches: [crypto]``, ``goals: one text``) or the long
way; here both become the long way, and everything is checked that the model itself cannot see.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
import zoneinfo
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from guidegen.domain.people import Person
from guidegen.errors import Fault
from guidegen.people.names import slug
from guidegen.strict_yaml import Loaded, Path, dotted, faults_from, filled

MAX_FIELD = 4_000
MAX_LINE = 200
MAX_LIST = 50
TEACHES_LEVEL = "3"
LEARNS_LEVEL = "0"

_LISTS = ("languages", "goals", "off_limits", "access_needs", "preferences")
_ONE_LINE = ("id", "name", "pronouns", "email", "organisation", "role", "department", "seniority",
             "reports_to", "time_zone")
BY_DESIGN = frozenset((
    "age", "birth_year", "year_of_birth", "birthday", "birth_date", "date_of_birth", "dob", "born",
    "gender", "sex", "ethnicity", "race", "nationality", "religion", "generation", "orientation",
))
NOT_USED = (
    "This is not used, by design.",
    "Leave it out: guides are made from skills, goals and work, never from who someone is.",
)
_PRONOUNS = re.compile(r"^[^\W\d_]{1,15}(/[^\W\d_]{1,15}){1,2}$")
_EMAIL = re.compile(r"^[^@\s<>\"(),:;\\]{1,64}@[^@\s.<>\"(),:;\\]+(\.[^@\s.<>\"(),:;\\]+)+$")
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
# Ids begin file names, so no slashes, no dot in front, and nothing that Windows takes for a device.
ID = re.compile(r"^(?!(?:con|prn|aux|nul|com\d|lpt\d)\.)[^\W_][\w.@+-]{0,99}$", re.IGNORECASE)
ID_REMEDY = "Use letters, digits, dots and hyphens, or leave it out."
_TOPIC = re.compile(r"^[a-z0-9][a-z0-9-]*$")
# A name of joiners, fillers and direction marks alone would be printed as nothing.
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"))
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\ufe0e\ufe0f\uffa0")


def id_in(data: Any) -> str | None:
    """The id that a profile gives or that its name makes, also when the profile has faults."""
    given = data.get("id") if isinstance(data, Mapping) else None
    name = data.get("name") if isinstance(data, Mapping) else None
    if isinstance(given, str) and normal(given):
        return " ".join(normal(given).split())
    return slug(" ".join(normal(name).split())) if isinstance(name, str) and normal(name) else None


def normal(text: str) -> str:
    """Composed Unicode (NFC), trimmed, so that the same name is the same text; empty if none of it shows."""
    text = unicodedata.normalize("NFC", text).strip()
    return text if any(c not in _BLANK and unicodedata.category(c) not in _UNSEEN for c in text) else ""


def person_at(loaded: Loaded, at: Path = ()) -> tuple[Person | None, list[Fault]]:
    """The profile that stands at ``at`` in ``loaded``, or None, and every fault in it."""
    data: Any = loaded.data
    for step in at:
        data = data[step]
    reader = _Profile(loaded, at)
    if not isinstance(data, Mapping):
        reader.fault((), "This must be a set of fields.", "Write name: value, one a line.")
        return None, reader.faults
    raw = filled(dict(data))
    if not isinstance(raw, dict) or not reader.sized(raw, ()):
        return None, reader.faults
    fields = reader.fields(raw)
    person = None
    try:
        person = Person.model_validate(fields)
    except ValidationError as error:
        own = {f.field for f in reader.faults}
        reader.faults += [f for f in faults_from(error, loaded, Person, at=at) if f.field not in own]
    return (None if reader.faults else person), reader.faults


class _Profile:
    """The faults of one profile while it is read."""

    def __init__(self, loaded: Loaded, at: Path) -> None:
        self.loaded, self.at = loaded, at
        self.faults: list[Fault] = []

    def fault(self, path: Path, problem: str, remedy: str) -> None:
        whole = (*self.at, *path)
        self.faults.append(
            Fault(self.loaded.file, self.loaded.line(whole), dotted(whole), problem, remedy)
        )

    def sized(self, value: Any, path: Path) -> bool:
        """Holds the caps before and after normalising, which can make a text three times as long."""
        if isinstance(value, str):
            length = len(value) if len(value) > MAX_FIELD else len(normal(value))
            most = MAX_LINE if len(path) == 1 and path[0] in _ONE_LINE else MAX_FIELD
            if length > most:
                self.fault(path, f"The text has {length:,} characters.", f"Keep it to {most:,}.")
            return length <= most
        if len(value) > MAX_LIST:
            self.fault(path, f"There are {len(value):,} entries.", f"Keep to {MAX_LIST}.")
            return False
        items = value.items() if isinstance(value, dict) else enumerate(value)
        sizes = [self.sized(item, (*path, step)) for step, item in items if item is not None]
        return all(sizes)  # every one is looked at, so that every fault is told

    def fields(self, raw: dict[str, Any]) -> dict[str, Any]:
        """The profile the long way."""
        done: dict[str, Any] = {}
        for name, value in raw.items():
            if _key(name) in BY_DESIGN:
                self.fault((name,), *NOT_USED)
            elif name in _LISTS:
                done[name] = self._list(value)
            elif name in ("teaches", "learns"):
                done[name] = self._topics(name, value)
            elif isinstance(value, str):
                text = normal(value)
                text = " ".join(text.split()) if name in _ONE_LINE else text
                if text:
                    done[name] = text
            else:
                done[name] = value
        self._forms(done)
        # Without either, the missing name is the fault to report, not the id made from it.
        done.setdefault("id", id_in(raw) or "unnamed")
        return done

    def _list(self, value: Any) -> Any:
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list):
            return value
        found = [normal(v) if isinstance(v, str) else v for v in value]
        return [v for v in dict.fromkeys(v for v in found if isinstance(v, str)) if v] + [
            v for v in found if not isinstance(v, str) and v is not None
        ]

    def _topics(self, name: str, value: Any) -> Any:
        level = TEACHES_LEVEL if name == "teaches" else LEARNS_LEVEL
        if isinstance(value, str):
            value = [value]
        if isinstance(value, list):
            value = {v if isinstance(v, str) else f"[{n}]": level for n, v in enumerate(value)}
        if not isinstance(value, dict):
            return value
        found: dict[str, Any] = {}
        for written, skill in value.items():
            topic = re.sub(r"[\s_]+", "-", normal(written).lower())
            if not _TOPIC.match(topic):
                self.fault((name, written), f'"{written}" is not a topic id.',
                           "Write ids such as crypto or generative-ai.")
            elif topic in found:
                self.fault((name, written), f'"{topic}" stands twice.', "Keep one of the two.")
            elif isinstance(skill, dict):
                found[topic] = {"level": level, **skill}
            else:
                found[topic] = {"level": skill}
        return found

    def _forms(self, done: dict[str, Any]) -> None:
        """What has a form that people can check at a glance."""
        if isinstance(done.get("pronouns"), str):
            done["pronouns"] = re.sub(r"\s*/\s*", "/", done["pronouns"]).lower()
            if not _PRONOUNS.match(done["pronouns"]):
                self.fault(("pronouns",), "Pronouns have the form a/b or a/b/c.",
                           "Write she/her, he/him, they/them or your own; leave it out for they/them.")
        if isinstance(done.get("id"), str) and not ID.match(done["id"]):
            self.fault(("id",), f'"{done["id"]}" cannot be an id.', ID_REMEDY)
        email = done.get("email")
        if isinstance(email, str) and (len(email) > 254 or not _EMAIL.match(email)):
            self.fault(("email",), "This is not an e-mail address.", "Write one such as ana@example.org.")
        zone = done.get("time_zone")
        if isinstance(zone, str) and zone not in (known := zoneinfo.available_timezones()):
            close = difflib.get_close_matches(zone.replace(" ", "_"), sorted(known), n=1, cutoff=0.6)
            hint = f"Did you mean {close[0]}?" if close else "Write a name such as Europe/Berlin."
            self.fault(("time_zone",), f'"{zone}" is not a time zone.', hint)
        for n, code in enumerate(done.get("languages") or ()):
            if isinstance(code, str) and not _LANGUAGE.match(code):
                self.fault(("languages", n), f'"{code}" is not a language code.',
                           "Write codes such as en, de or pt-BR.")


def _key(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name.strip().lower())
