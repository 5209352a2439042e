"""JSON bodies: the models are what OpenAPI shows; reading one finds every fault at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, NoReturn

from fastapi import Request
from pydantic import Field, ValidationError, WithJsonSchema

from api.problems import Refused
from guidegen.domain.frozen import Frozen
from guidegen.domain.people import Pair, Person
from guidegen.domain.session import Session
from guidegen.domain.views import Audience
from guidegen.errors import Fault, InputError, PeopleError, SessionError
from guidegen.people import pair_from
from guidegen.people.profile import person_at
from guidegen.strict_yaml import Loaded, faults_from, filled, load_json

MAX_TOPIC = 1_000
BODY = "body"

# In an allOf, because pydantic would follow a bare $ref, and the document has these elsewhere.
_Profile = WithJsonSchema({"allOf": [{"$ref": "#/components/schemas/Profile"}]})
_Pair = WithJsonSchema({"allOf": [{"$ref": "#/components/schemas/PairBody"}]})
_TopicText = Annotated[
    str,
    Field(description=f"a topic's id, or the question in your own words; {MAX_TOPIC:,} characters at most"),
]


class PairBody(Frozen):
    """The two people."""

    id: str | None = Field(None, description="made from both people's ids when left out")
    mentor: Annotated[dict[str, Any], _Profile]
    executive: Annotated[dict[str, Any], _Profile]


class GuideBody(Frozen):
    """What a guide is made from."""

    pair: Annotated[dict[str, Any], _Pair]
    topic: _TopicText
    session: Session = Session()
    view: Audience = Field("shared", description="whose copy; full is the coordinator's")


class PrimerBody(Frozen):
    """What a primer is made from."""

    executive: Annotated[dict[str, Any], _Profile]
    mentor: Annotated[dict[str, Any] | None, _Profile] = None
    topic: _TopicText
    on: date | None = Field(None, description="the day of the meeting; staleness of facts is judged on it")


@dataclass(frozen=True)
class GuideOrder:
    """A guide that can be made."""

    pair: Pair
    topic: str
    session: Session
    view: Audience


@dataclass(frozen=True)
class PrimerOrder:
    """A primer that can be made."""

    executive: Person
    mentor: Person | None
    topic: str
    session: Session


async def json_body(request: Request) -> bytes:
    """The body, if it says it is JSON. A page elsewhere cannot say so without being asked first."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused("media-type", "Send JSON with Content-Type: application/json.")
    return await request.body()


def _load(body: bytes) -> Loaded:
    try:
        loaded = load_json(body.decode("utf-8-sig"), BODY)
    except UnicodeDecodeError as error:
        raise Refused("bad-json", "The body is not UTF-8.") from error
    if loaded.broken:
        raise Refused("bad-json", "The body cannot be read.", faults=loaded.faults)
    if not isinstance(loaded.data, dict):
        raise Refused("bad-json", "The body must be a JSON object.")
    return loaded


def _faults(loaded: Loaded, data: dict[str, Any], model: type[Frozen]) -> list[Fault]:
    """Faults of everything but the profiles, which have a reader of their own."""
    faults = list(loaded.faults)
    try:
        model.model_validate(data)
    except ValidationError as error:
        faults += faults_from(error, loaded, model)
    topic = data.get("topic")
    if isinstance(topic, str) and not 0 < len(topic.strip()) <= MAX_TOPIC:
        problem = f"The topic has {len(topic):,} characters." if topic.strip() else "The topic is empty."
        faults.append(Fault(BODY, 0, "topic", problem, f"Give an id, or up to {MAX_TOPIC:,} characters."))
    return faults


def _refuse(faults: Iterable[Fault]) -> NoReturn:
    """One error for all faults; its class says what they are about, when that is one thing."""
    found = list(faults)
    about = {fault.field.partition(".")[0].partition("[")[0] for fault in found}
    message = f"The body has {len(found)} fault{'s' if len(found) > 1 else ''}; nothing was made."
    if about <= {"pair", "mentor", "executive"}:
        raise PeopleError(message, faults=found)
    raise (SessionError if about <= {"session", "on"} else InputError)(message, faults=found)


def read_guide(body: bytes) -> GuideOrder:
    """The order in a body of /v1/guides. Raises Refused, PeopleError, SessionError or InputError."""
    loaded = _load(body)
    data = filled(loaded.data)
    faults = _faults(loaded, data, GuideBody)
    pair: Pair | None = None
    if isinstance(data.get("pair"), dict):
        try:
            pair = pair_from(data["pair"], BODY)
        except PeopleError as error:
            faults += [replace(f, field=f"pair.{f.field}".rstrip(".")) for f in error.faults]
    if faults or pair is None:
        _refuse(faults)
    order = GuideBody.model_validate(data)
    return GuideOrder(pair, order.topic.strip(), order.session, order.view)


def read_primer(body: bytes) -> PrimerOrder:
    """The order in a body of /v1/primers. Raises Refused, PeopleError, SessionError or InputError."""
    loaded = _load(body)
    data = filled(loaded.data)
    faults = _faults(loaded, data, PrimerBody)
    people: dict[str, Person | None] = {}
    for role in ("executive", "mentor"):
        if isinstance(data.get(role), dict):
            people[role], found = person_at(loaded, (role,))
            faults += found
    executive, mentor = people.get("executive"), people.get("mentor")
    if executive is not None and mentor is not None and executive.id == mentor.id:
        remedy = "Name two people; if they share a name, give each an id of their own."
        faults.append(Fault(BODY, 0, "executive.id", "Mentor and executive have the same id.", remedy))
    if faults or executive is None:
        _refuse(faults)
    order = PrimerBody.model_validate(data)
    return PrimerOrder(executive, mentor, order.topic.strip(), Session(on=order.on))
