"""Finishing: a draft becomes a Guide with cards, sources, warnings and provenance. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from guidegen.domain.fingerprint import fingerprint
from guidegen.domain.frozen import Role
from guidegen.domain.guide import (
    Draft,
    Guide,
    PairCard,
    PersonCard,
    Provenance,
    SessionCard,
    SourceCard,
    TopicCard,
    Warning,
    WrittenDraft,
)
from guidegen.domain.plan import WritingBrief
from guidegen.domain.topic import Source, Topic
from guidegen.language.ages import without_ages
from guidegen.language.arrangements import arrangements

TITLES = {
    "first": "First session",
    "standard": "Session {number}",
    "review": "Mid-point review",
    "final": "Final review",
    "rescue": "The 15-minute version",
}
CONTENT_LABEL = (
    "This session touches subjects that can be painful. Either of you may pass on any question, "
    "pause, or stop, without giving a reason."
)


def _person(brief: WritingBrief, role: Role) -> PersonCard:
    person = brief.pair.person(role)
    reading = brief.plan.mentor if role == "mentor" else brief.plan.executive
    return PersonCard(
        id=person.id,
        name=person.name,
        pronouns=person.pronouns,
        role=person.role,
        department=person.department,
        goals=tuple(without_ages(goal.text) for goal in reading.goals),
    )


def _pair(brief: WritingBrief) -> PairCard:
    needs = (*brief.pair.mentor.access_needs, *brief.pair.executive.access_needs)
    return PairCard(
        id=brief.pair.id,
        mentor=_person(brief, "mentor"),
        executive=_person(brief, "executive"),
        arrangements=tuple(dict.fromkeys(arrangements(needs, brief.shelf.arrangements))),
    )


def topic_card(topic: Topic, label: str = CONTENT_LABEL) -> TopicCard:
    """The topic as printed; ``label`` stands on it when it touches hard subjects (R28)."""
    return TopicCard(
        id=topic.id,
        title=topic.title,
        summary=topic.summary,
        leadership_question=topic.leadership_question,
        content_label=label if topic.sensitivity >= 2 else None,
        support=topic.support,
        advice_note=topic.advice_note,
        reviewed_on=topic.reviewed_on,
    )


def _session(brief: WritingBrief) -> SessionCard:
    session = brief.plan.session
    return SessionCard(
        kind=session.kind,
        number=session.number,
        on=session.on,
        place=session.place,
        minutes=session.minutes,
        language=session.language,
        title=brief.plan.format.title if session.format else TITLES[session.kind].format(number=session.number),
    )


def _cited(draft: Draft) -> Iterable[str]:
    """Ids of sources in the order a reader meets them."""
    primer = draft.primer
    groups = (
        primer.facts,
        primer.terms,
        primer.misconceptions,
        draft.questions,
        (draft.artefact,) if draft.artefact else (),
        (draft.activity,) if draft.activity else (),
        draft.checklist,
        draft.spares.questions,
        draft.spares.checklist,
    )
    for group in groups:
        for item in group:
            yield from item.evidence


def source_cards(cited: Iterable[str], topic: Topic, sources: Mapping[str, Source]) -> tuple[SourceCard, ...]:
    """The sources behind ``cited`` ids, each once, with the newest date one of the topic's statements holds for."""
    newest: dict[str, date] = {}
    for passage in topic.passages:
        for citation in passage.citations:
            if passage.as_of and passage.as_of > newest.get(citation.source, date.min):
                newest[citation.source] = passage.as_of
    return tuple(
        SourceCard(
            id=source.id,
            title=source.title,
            publisher=source.publisher,
            url=source.url,
            as_of=newest.get(source.id),
            read=source.accessed,
        )
        for source in (sources[i] for i in dict.fromkeys(cited) if i in sources)
    )


def _warnings(draft: Draft, brief: WritingBrief, dropped: int) -> tuple[Warning, ...]:
    found = list(brief.evidence.warnings)
    for objective in draft.objectives:
        if objective.status == "thin":
            found.append(
                Warning(
                    code="thin-goal",
                    text=f"The corpus has little for the goal “{objective.goal}”; the guide says so rather than pad.",
                    to=("mentor", "executive", "coordinator"),
                )
            )
    contested = sum(fact.contested for fact in draft.primer.facts)
    if contested:
        found.append(
            Warning(
                code="contested",
                text="What is marked contested is argued about in good faith; both sides are in the topic's briefing.",
                to=("mentor", "executive", "coordinator"),
            )
        )
    if brief.plan.session.language.split("-")[0].lower() != "en":
        found.append(
            Warning(
                code="language",
                text=(
                    "What no model wrote is in English: the corpus is."
                    if isinstance(draft, WrittenDraft)
                    else "A composed guide is written in English: the corpus is. Another language needs a model."
                ),
                to=("mentor", "executive", "coordinator"),
            )
        )
    if dropped:
        found.append(
            Warning(
                code="goal-kept-out",
                text="At least one goal touches a subject this pair keeps out, so it was not used.",
                to=("coordinator",),
            )
        )
    return tuple(found)


def finish(
    draft: Draft,
    brief: WritingBrief,
    sources: Mapping[str, Source],
    *,
    request_id: str,
    corpus: str,
    rules: str,
    writer: str,
    made_on: date,
) -> Guide:
    """The guide of ``draft``, with everything a reader needs to trust and trace it."""
    goals = sum(len(p.goals) for p in (brief.pair.mentor, brief.pair.executive))
    used = len(brief.plan.mentor.goals) + len(brief.plan.executive.goals)
    sections = {name: getattr(draft, name) for name in Draft.model_fields}
    content_id = fingerprint(brief.plan, brief.evidence, Draft(**sections), writer)
    return Guide(
        **sections,
        pair=_pair(brief),
        topic=topic_card(brief.topic),
        session=_session(brief),
        sources=source_cards(_cited(draft), brief.topic, sources),
        warnings=_warnings(draft, brief, goals - used),
        fit_notes=brief.plan.fit_notes,
        provenance=Provenance(
            request_id=request_id,
            content_id=content_id,
            corpus=corpus,
            rules=rules,
            writer=writer,
            made_on=made_on,
            work=draft.work if isinstance(draft, WrittenDraft) else None,
        ),
    )
