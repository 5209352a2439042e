"""The writer that needs no model: a whole guide from plan, evidence and the corpus' own words."""

from __future__ import annotations

from guidegen.domain.chat import Deadline
from guidegen.domain.guide import Draft, Spares
from guidegen.domain.plan import WritingBrief
from guidegen.writing.composing.agenda import compose_agenda, compose_rescue
from guidegen.writing.composing.briefs import compose_executive_brief, compose_mentor_brief
from guidegen.writing.composing.closing import (
    compose_agreement,
    compose_commitments,
    compose_next,
    compose_pulse,
    compose_send_ahead,
)
from guidegen.writing.composing.desk import Desk
from guidegen.writing.composing.items import (
    compose_activity,
    compose_artefact,
    compose_checklist,
    compose_give_back,
    compose_objectives,
    compose_questions,
)
from guidegen.writing.composing.primer import compose_primer
from guidegen.writing.framing import Framing


class ComposedWriter:
    """``Writer`` without a model. Pure: the same brief always gives the same draft."""

    name = "composed"

    def write(self, brief: WritingBrief, deadline: Deadline | None = None) -> Draft:
        """Every section, in the order in which framing lines are handed out; it takes no time to speak of."""
        del deadline
        desk = Desk(brief, Framing(brief.shelf.phrases, brief.pair, brief.topic, brief.plan))
        questions, spare_questions = compose_questions(desk)
        checklist, spare_checklist = compose_checklist(desk)
        primer = compose_primer(desk, questions)
        return Draft(
            objectives=compose_objectives(desk, checklist),
            artefact=compose_artefact(desk),
            activity=compose_activity(desk),
            primer=primer,
            agenda=compose_agenda(desk, questions),
            questions=questions,
            checklist=checklist,
            give_back=compose_give_back(desk),
            rescue=compose_rescue(desk, questions),
            agreement=compose_agreement(desk),
            mentor_brief=compose_mentor_brief(desk, questions, primer),
            executive_brief=compose_executive_brief(desk, questions),
            send_ahead=compose_send_ahead(desk, questions),
            commitments=compose_commitments(desk),
            next_session=compose_next(desk),
            pulse=compose_pulse(desk),
            spares=Spares(questions=spare_questions, checklist=spare_checklist),
            framing=tuple(desk.framing.used),
        )
