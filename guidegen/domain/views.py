"""Three views and the coordinator's, cut from one guide. Rendering accepts only these.

Who sees what is decided here and nowhere else (docs/architecture.md has the table).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

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
    Printed,
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

    schema_version: Literal["1"] = Field("1", description="moves when a field goes or changes its meaning")
    view: Audience = Field(description="whose copy it is")
    pair: PairCard = Field(description="the two people")
    topic: TopicCard = Field(description="the topic as printed")
    session: SessionCard = Field(description="the meeting")
    objectives: tuple[Objective, ...] = Field(description="what each wants, and what the session does for it")
    artefact: PrintedArtefact | None = Field(
        description="the decision, and the page to fill in; null when the topic holds none that fits"
    )
    activity: PrintedActivity | None = Field(
        description="what the two do together; null when none fits the minutes and the place"
    )
    primer: Primer = Field(description="the page to read before; printed in the executive's copy")
    agenda: Agenda = Field(description="the time-boxed plan")
    questions: tuple[PrintedQuestion, ...] = Field(description="the main ones, then those with if_time")
    checklist: tuple[ChecklistItem, ...] = Field(description="outcomes one can see")
    give_back: PrintedGiveBack | None = Field(description="what the executive gives in return")
    rescue: Rescue = Field(description="the version for the day it cannot be longer")
    agreement: Agreement | None = Field(
        description="the working agreement, where the session's format has one"
    )
    briefs: tuple[Brief, ...] = Field((), description="full view only: both briefs")
    brief: Brief | None = Field(None, description="that side's own; absent in shared")
    send_ahead: SendAhead = Field(description="the message to send with the questions")
    commitments: tuple[Commitment, ...] = Field(description="what each does before next time")
    next_session: NextSession = Field(description="when to meet next")
    pulse: tuple[PulseQuestion, ...] = Field(description="the one-minute pulse")
    sources: tuple[SourceCard, ...] = Field(description="every page that evidence points to")
    warnings: tuple[Warning, ...] = Field(description="those that this audience should read")
    fit_notes: tuple[FitNote, ...] = Field((), description="full view only")
    spares: Spares = Field(Spares(), description="for --swap and --pin; not printed")
    provenance: Provenance = Field(description="where the guide came from")

    @model_validator(mode="after")
    def _nothing_of_the_other_side(self) -> GuideView:
        """A file edited by hand must not become a copy that shows what is private to another reader."""
        if self.view != "full" and (self.briefs or self.fit_notes):
            raise ValueError("briefs and fit_notes stand in the full view only; make this copy anew instead")
        if self.brief is not None and self.brief.for_ != self.view:
            raise ValueError(f"this is the {self.view} copy, and its brief is for the {self.brief.for_}")
        return self


class PrimerView(Frozen):
    """The primer alone, for one executive, with or without a mentor already named."""

    schema_version: Literal["1"] = Field("1", description="moves when a field goes or changes its meaning")
    view: Literal["primer"] = Field("primer", description="always primer")
    executive: str = Field(description="the reader's name")
    mentor: str | None = Field(description="the mentor's name; null when none is named yet")
    topic: TopicCard = Field(description="the topic as printed")
    session: SessionCard = Field(description="the meeting")
    primer: Primer = Field(description="the page itself")
    sources: tuple[SourceCard, ...] = Field(description="every page that evidence points to")
    warnings: tuple[Warning, ...] = Field(description="those that the executive should read")
    provenance: Provenance = Field(description="where the primer came from")


def _heard_by(audience: Audience) -> set[str]:
    """Whose warnings a view shows; the shared one shows only what both sides may read."""
    if audience == "full":
        return {"mentor", "executive", "coordinator"}
    return {"mentor", "executive"} if audience == "shared" else {audience}


def _for_coordinator(brief: Brief) -> Brief:
    """A brief as the coordinator reads it: of private notes only that there are some."""

    def line(printed: Printed) -> Printed:
        hidden = printed.id.endswith("/own/notes")
        return printed.model_copy(update={"text": "There are private notes."}) if hidden else printed

    parts = tuple(p.model_copy(update={"lines": tuple(map(line, p.lines))}) for p in brief.parts)
    return brief.model_copy(update={"parts": parts})


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
        briefs=tuple(map(_for_coordinator, (guide.mentor_brief, guide.executive_brief))) if audience == "full" else (),
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
