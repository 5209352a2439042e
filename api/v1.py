"""The API: guides, primers, topics, search. Plain functions, so each request has a thread of its own."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Query, Response
from pydantic import Field

from api.bodies import json_body, read_guide, read_primer
from api.documents import document, negotiated
from api.readiness import Desk, desk
from guidegen import guides
from guidegen.domain.frozen import Frozen
from guidegen.domain.topic import Topic
from guidegen.domain.views import cut
from guidegen.errors import Fault, InputError, TopicUnknown

router = APIRouter()
TheDesk = Annotated[Desk, Depends(desk)]
Body = Annotated[bytes, Depends(json_body)]
Accept = Annotated[str | None, Header(include_in_schema=False)]
Paper = Annotated[Literal["a4", "letter"], Query(description="paper of a PDF")]


class TopicLine(Frozen):
    """One topic in the list."""

    id: str
    title: str
    summary: str
    leadership_question: str
    sensitivity: int = Field(description="0 everyday, 3 needs preparation and a label")
    reviewed_on: date


class TopicList(Frozen):
    """Every topic, in id order."""

    topics: tuple[TopicLine, ...]


class SearchHit(Frozen):
    """One item that was found."""

    id: str
    topic: str
    score: float = Field(description="fused similarity, 0 to 1, comparable within one answer")
    text: str


class SearchHits(Frozen):
    """The items nearest to a question, best first."""

    hits: tuple[SearchHit, ...]


class Health(Frozen):
    """The process is up."""

    status: Literal["ok"] = "ok"


class Ready(Frozen):
    """The corpus is read and the index answers."""

    status: Literal["ready"] = "ready"
    topics: int
    corpus: str = Field(description="fingerprint of the corpus")


@router.post("/v1/guides", summary="Make a guide", tags=["guides"], response_class=Response)
def make_guide(body: Body, at: TheDesk, accept: Accept = None, paper: Paper = "a4") -> Response:
    """The guide for one pair and one session, in the format that Accept asks for; JSON if it does not say."""
    name = negotiated(accept)
    order = read_guide(body)
    made = guides.make_guide(at.parts(), order.pair, order.topic, order.session, today=at.today())
    return document(cut(made, order.view), name, paper)


@router.post("/v1/primers", summary="Make a primer", tags=["guides"], response_class=Response)
def make_primer(body: Body, at: TheDesk, accept: Accept = None, paper: Paper = "a4") -> Response:
    """The executive's one page before the meeting, with or without a mentor already named."""
    name = negotiated(accept)
    order = read_primer(body)
    view = guides.make_primer(
        at.parts(), order.executive, order.topic, order.session, today=at.today(), mentor=order.mentor
    )
    return document(view, name, paper)


@router.get("/v1/topics", summary="List the topics", tags=["library"])
def list_topics(at: TheDesk) -> TopicList:
    """Every topic with its summary and the business question it serves."""
    lines = (
        TopicLine(
            id=topic.id,
            title=topic.title,
            summary=topic.summary,
            leadership_question=topic.leadership_question,
            sensitivity=topic.sensitivity,
            reviewed_on=topic.reviewed_on,
        )
        for topic in at.parts().library.topics.values()
    )
    return TopicList(topics=tuple(lines))


@router.get("/v1/topics/{id}", summary="Read one topic", tags=["library"])
def read_topic(id: str, at: TheDesk) -> Topic:
    """One topic with all its items, as the corpus has it."""
    return _topic(at, id)


def _topic(at: Desk, asked: str) -> Topic:
    """The topic with exactly this id. Raises TopicUnknown with ids that look like it."""
    from guidegen.retrieval.routing import nearest

    library = at.parts().library
    if asked in library.topics:
        return library.topics[asked]
    raise TopicUnknown(f"There is no topic '{asked[:80]}'.", nearest=nearest(library, asked[:80]))


@router.get("/v1/search", summary="Search the library", tags=["library"])
def search(
    at: TheDesk,
    q: Annotated[str, Query(min_length=1, max_length=1_000, description="what you are looking for")],
    topic: Annotated[str | None, Query(max_length=80, description="only in this topic")] = None,
    k: Annotated[int, Query(ge=1, le=100, description="how many")] = 8,
) -> SearchHits:
    """The items nearest to a question, in one topic or in all; every hit names its item."""
    from guidegen.retrieval.chunks import item_text

    if not q.strip():
        faults = [Fault("query", 0, "q", "The question is empty.", "Write what you are looking for.")]
        raise InputError("Some parameters cannot be used.", faults=faults)
    if topic is not None:
        topic = _topic(at, topic).id
    found = at.parts().index.search(q, k, topic)
    return SearchHits(
        hits=tuple(
            SearchHit(id=hit.item.id, topic=hit.topic, score=round(hit.score, 4), text=item_text(hit.item)[0])
            for hit in found
        )
    )


@router.get("/healthz", summary="Is the process up?", tags=["server"])
def healthz() -> Health:
    """Answers as soon as the process takes requests."""
    return Health()


@router.get("/readyz", summary="Can guides be made?", tags=["server"])
def readyz(at: TheDesk) -> Ready:
    """Answers once the corpus is read and the index is ready; 503 until then. Never waits."""
    library = at.readiness.now().library
    return Ready(topics=len(library.topics), corpus=library.fingerprint)
