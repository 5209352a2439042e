"""The page's form: its fields, what was typed, and the guide that it orders. Nothing is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args
from urllib.parse import parse_qsl

from pydantic import ValidationError

from api.bodies import MAX_TOPIC, GuideOrder
from api.problems import Refused
from guidegen.domain.session import Session
from guidegen.domain.views import Audience
from guidegen.errors import Fault, GuidegenError, InputError, PeopleError, TopicUnknown
from guidegen.guides import Parts, find_topic
from guidegen.people import pair_from
from guidegen.strict_yaml import Loaded, faults_from

Values = Mapping[str, str]
FORM = "form"

DEFAULTS: Values = {
    "mentor_name": "",
    "mentor_pronouns": "",
    "mentor_role": "",
    "mentor_department": "",
    "mentor_goals": "",
    "executive_name": "",
    "executive_pronouns": "",
    "executive_role": "",
    "executive_department": "",
    "executive_goals": "",
    "level": "0",
    "topic": "",
    "topic_text": "",
    "off_limits": "",
    "kind": "first",
    "minutes": "60",
    "on": "",
    "place": "room",
    "view": "shared",
}
"""Every field and what it holds on an empty form, in the order of the page."""

LEVELS = (
    ("0", "New to it"),
    ("1", "Aware of it"),
    ("2", "Does it with help"),
    ("3", "Does it alone"),
    ("4", "Can teach it"),
)
"""The one scale, 0 to 4, in words."""

LABELS: Mapping[str, tuple[str, str]] = {
    "mentor_name": ("Mentor’s name", "Name"),
    "mentor_pronouns": ("Mentor’s pronouns", "Pronouns"),
    "mentor_role": ("Mentor’s role", "Role"),
    "mentor_department": ("Mentor’s department", "Department"),
    "mentor_goals": ("Mentor’s goals", "What they want back"),
    "executive_name": ("Executive’s name", "Name"),
    "executive_pronouns": ("Executive’s pronouns", "Pronouns"),
    "executive_role": ("Executive’s role", "Role"),
    "executive_department": ("Executive’s department", "Department"),
    "executive_goals": ("Executive’s goals", "What they want from this"),
    "level": ("Level", "Where the executive is with it today"),
    "topic": ("Topic", "A topic"),
    "topic_text": ("Topic in your own words", "Or say it in your own words"),
    "off_limits": ("Subjects to keep out", "Subjects to keep out"),
    "kind": ("Meeting", "Which meeting"),
    "minutes": ("Minutes", "Minutes"),
    "on": ("Day", "Day"),
    "place": ("Place", "Where"),
    "view": ("Copy", "Whose copy first"),
}
"""Each field in a list of faults, where it stands alone, and on its own label, under its heading."""

EXAMPLE: Values = {
    **DEFAULTS,
    "mentor_name": "Aiko Tan",
    "mentor_pronouns": "she/her",
    "mentor_role": "payments product analyst",
    "mentor_department": "Digital products",
    "mentor_goals": "Learn how a supplier contract is really negotiated\nGet better at explaining technical risk",
    "executive_name": "Helena Brandt",
    "executive_pronouns": "she/her",
    "executive_role": "head of procurement",
    "executive_department": "Supply and operations",
    "executive_goals": (
        "Decide whether we should pay our electronics supplier in a stablecoin, as they now ask\n"
        "Know which questions to put to treasury and legal before I answer them"
    ),
    "topic": "crypto",
    "off_limits": "personal investments",
}

_MAX_FIELDS = 60
_PERSON = ("name", "pronouns", "role", "department")
_FIELD_OF = re.compile(r"^(mentor|executive)\.(\w+)")
_MISSING_NAME = {
    "mentor_name": Fault(FORM, 0, "mentor_name", "The mentor has no name yet.", "Write the name to print."),
    "executive_name": Fault(
        FORM, 0, "executive_name", "The executive has no name yet.", "Write the name to print."
    ),
}


def read_form(body: bytes, content_type: str) -> dict[str, str]:
    """Every field of an urlencoded body; the last value counts, unknown fields fall away."""
    if content_type.partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise Refused("media-type", "Send the form as application/x-www-form-urlencoded.")
    try:
        typed = dict(
            parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=_MAX_FIELDS)
        )
    except ValueError as error:
        raise Refused("bad-request", f"The form has more than {_MAX_FIELDS} fields.") from error
    return {name: value.replace("\r\n", "\n") for name, value in typed.items()}


def filled_in(typed: Values) -> dict[str, str]:
    """What the form shows: what was typed, else its default. A topic picked from the nearest counts."""
    values = {name: typed.get(name, default) for name, default in DEFAULTS.items()}
    if typed.get("nearest"):
        values |= {"topic": typed["nearest"], "topic_text": ""}
    return values


def order_from(values: Values, parts: Parts) -> GuideOrder:
    """The guide that the form orders. Raises InputError with every fault; each names its field."""
    faults: list[Fault] = []
    nearest: tuple[str, ...] = ()
    topic = ""
    try:
        topic = _topic(values, parts)
    except TopicUnknown as error:
        nearest = error.nearest
        field = "topic_text" if values["topic_text"].strip() else "topic"
        faults.append(
            Fault(FORM, 0, field, "Nothing in the library fits that.", "Choose from the list of topics.")
        )
    except InputError as error:
        faults += error.faults
    session, found = _session(values)
    faults += found
    faults += [fault for name, fault in _MISSING_NAME.items() if not values[name].strip()]
    order = None
    try:
        pair = pair_from({"mentor": _mentor(values, topic), "executive": _executive(values, topic)}, FORM)
        order = GuideOrder(pair, topic, session, _view(values))
    except PeopleError as error:
        named = {fault.field for fault in faults}
        faults += [fault for fault in map(_at_field, error.faults) if fault.field not in named]
    if faults or order is None:
        places = list(DEFAULTS)
        faults.sort(key=lambda f: places.index(f.field) if f.field in places else len(places))
        raise FormRefused(faults, nearest)
    return order


class FormRefused(InputError):
    """The form has faults; ``nearest`` holds topics worth trying when none fits the words."""

    def __init__(self, faults: list[Fault], nearest: tuple[str, ...]) -> None:
        super().__init__("Some things are missing or cannot be used yet.", faults=faults)
        self.nearest = nearest


def fault_at(error: GuidegenError) -> dict[str, Fault]:
    """The first fault of each field, for showing it beside the field."""
    found: dict[str, Fault] = {}
    for fault in error.faults:
        found.setdefault(fault.field, fault)
    return found


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _profile(values: Values, role: str) -> dict[str, Any]:
    fields: dict[str, Any] = {name: values[f"{role}_{name}"].strip() or None for name in _PERSON}
    return {**fields, "goals": _lines(values[f"{role}_goals"])}


def _mentor(values: Values, topic: str) -> dict[str, Any]:
    return {**_profile(values, "mentor"), "teaches": [topic] if topic else []}


def _executive(values: Values, topic: str) -> dict[str, Any]:
    learns = {topic: {"level": values["level"]}} if topic else {}
    return {**_profile(values, "executive"), "learns": learns, "off_limits": _lines(values["off_limits"])}


def _topic(values: Values, parts: Parts) -> str:
    """The topic's id: own words count before the list, as the page says."""
    asked = values["topic_text"].strip() or values["topic"].strip()
    if not asked:
        problem, remedy = "There is no topic yet.", "Choose one, or say in your own words what it is about."
        raise InputError(problem, faults=[Fault(FORM, 0, "topic", problem, remedy)])
    if len(asked) > MAX_TOPIC:
        problem, remedy = f"The text has {len(asked):,} characters.", f"Keep it under {MAX_TOPIC:,}."
        raise InputError(problem, faults=[Fault(FORM, 0, "topic_text", problem, remedy)])
    return find_topic(parts, asked).id


def _session(values: Values) -> tuple[Session, list[Fault]]:
    kind = values["kind"]
    data = {
        "kind": kind,
        # The form asks for no number: a later meeting is a second one, as far as the text goes.
        "number": 1 if kind == "first" else 2,
        "minutes": values["minutes"].strip(),
        "on": values["on"].strip() or None,
        "place": values["place"],
    }
    try:
        return Session.model_validate(data), []
    except ValidationError as error:
        return Session(), faults_from(error, Loaded(FORM, data), Session)


def _view(values: Values) -> Audience:
    """Whose copy; the coordinator's is not on the page, so anything else is the shared one."""
    return next((known for known in get_args(Audience) if known == values["view"] != "full"), "shared")


def _at_field(fault: Fault) -> Fault:
    """The same fault, named after the form's field: mentor.goals[0] is typed into mentor_goals."""
    found = _FIELD_OF.match(fault.field)
    if not found:
        return fault
    role, name = found.groups()
    field = {"learns": "level", "off_limits": "off_limits", "teaches": "topic"}.get(name, f"{role}_{name}")
    if name == "id":
        # Both ids are made from the names, so the names are what to change.
        return Fault(
            FORM, 0, f"{role}_name", "Both people have the same name.", "Add a second name or an initial."
        )
    return Fault(FORM, 0, field, fault.problem, fault.remedy)
