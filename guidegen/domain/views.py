"""Three views and the coordinator's, cut from one guide. Rendering accepts only these.

Who sees what is decided here and nowhere else (docs/architecture.md has the table).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from guidegen.domain.frozen import Frozen
from guidegen.domain.guide import (
    Agenda,
    Agreement,
    Brief,
    ChecklistItem,
    Commitment,
    FitNote,
    Guide,
    NextSession,
    Objective,
    PairCard,
    Primer,
    PrintedActivity,
    PrintedArtefact,
    PrintedGiveBack,
    PrintedQuestion,
    Provenance,
    PulseQuestion,
    Rescue,
    SendAhead,
    SessionCard,
    SourceCard,
    Spares,
    TopicCard,
    Warning,
)

SCHEMA_VERSION: Literal["1"] = "1"
Audience = Literal["shared", "mentor", "executive", "full"]
AUDIENCES: tuple[Audience, ...] = ("shared", "mentor", "executive", "full")


class GuideView(Frozen):
    """One audience's cut of a guide: the JSON contract, and what every renderer takes."""

    schema_version: Literal["1"] = "1"
    view: Audience
    pair: PairCard
    topic: TopicCard
    session: SessionCard
    objectives: tuple[Objective, ...]
    artefact: PrintedArtefact | None
    activity: PrintedActivity | None
    primer: Primer
    agenda: Agenda
    questions: tuple[PrintedQuestion, ...]
    checklist: tuple[ChecklistItem, ...]
    give_back: PrintedGiveBack | None
    rescue: Rescue
    agreement: Agreement | None
    briefs: tuple[Brief, ...] = Field((), description="full view only: both briefs")
    brief: Brief | None = Field(None, description="that side's own; absent in shared")
    send_ahead: SendAhead
    commitments: tuple[Commitment, ...]
    next_session: NextSession
    pulse: tuple[PulseQuestion, ...]
    sources: tuple[SourceCard, ...]
    warnings: tuple[Warning, ...]
    fit_notes: tuple[FitNote, ...] = Field((), description="full view only")
    spares: Spares = Field(Spares(), description="for --swap and --pin; not printed")
    provenance: Provenance


class PrimerView(Frozen):
    """The primer alone, for one executive, with or without a mentor already named."""

    schema_version: Literal["1"] = "1"
    view: Literal["primer"] = "primer"
    executive: str
    mentor: str | None
    topic: TopicCard
    session: SessionCard
    primer: Primer
    sources: tuple[SourceCard, ...]
    warnings: tuple[Warning, ...]
    provenance: Provenance


def _heard_by(audience: Audience) -> set[str]:
    """Whose warnings a view shows; the shared one shows only what both sides may read."""
    if audience == "full":
        return {"mentor", "executive", "coordinator"}
    return {"mentor", "executive"} if audience == "shared" else {audience}


def cut(guide: Guide, audience: Audience) -> GuideView:
    """The view of ``guide`` for ``audience``: what is private to another side is left out."""
    heard = _heard_by(audience)
    warnings = tuple(
        w
        for w in guide.warnings
        if (set(w.to) >= heard if audience == "shared" else set(w.to) & heard)
    )
    brief = {"mentor": guide.mentor_brief, "executive": guide.executive_brief}.get(audience)
    return GuideView(
        view=audience,
        pair=guide.pair,
        topic=guide.topic,
        session=guide.session,
        objectives=guide.objectives,
        artefact=guide.artefact,
        activity=guide.activity,
        primer=guide.primer,
        agenda=guide.agenda,
        questions=guide.questions,
        checklist=guide.checklist,
        give_back=guide.give_back,
        rescue=guide.rescue,
        agreement=guide.agreement,
        briefs=(guide.mentor_brief, guide.executive_brief) if audience == "full" else (),
        brief=brief,
        send_ahead=guide.send_ahead,
        commitments=guide.commitments,
        next_session=guide.next_session,
        pulse=guide.pulse,
        sources=guide.sources,
        warnings=warnings,
        fit_notes=guide.fit_notes if audience == "full" else (),
        spares=guide.spares,
        provenance=guide.provenance,
    )


def cut_primer(guide: Guide, *, with_mentor: bool = True) -> PrimerView:
    """The primer of ``guide`` alone, with the sources it cites."""
    primer = guide.primer
    cited = {
        source
        for item in (*primer.facts, *primer.terms, *primer.misconceptions)
        for source in item.evidence
    }
    return PrimerView(
        executive=guide.pair.executive.name,
        mentor=guide.pair.mentor.name if with_mentor else None,
        topic=guide.topic,
        session=guide.session,
        primer=primer,
        sources=tuple(s for s in guide.sources if s.id in cited),
        warnings=tuple(w for w in guide.warnings if "executive" in w.to),
        provenance=guide.provenance,
    )
