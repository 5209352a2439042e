"""A view to a sheet: title block, parts, sources, colophon."""

from __future__ import annotations

from typing import Any

from guidegen.domain.views import GuideView, PrimerView
from guidegen.domain.workshop import WorkshopView
from guidegen.rendering import sheet as s
from guidegen.rendering.citing import Numbers
from guidegen.rendering.clean import clean_all, one_line
from guidegen.rendering.parts import Parts, primer_part
from guidegen.rendering.words import PLACES, RIGHT_TO_LEFT, TITLES, Names, day, listed


def _meta(view: GuideView | PrimerView) -> tuple[str, ...]:
    card = view.session
    when = day(card.on) if card.on else "Date to be agreed"
    return (when, f"{card.minutes} minutes", PLACES[card.place])


def _notes(view: GuideView | PrimerView) -> tuple[str, ...]:
    topic = view.topic
    notes = [one_line(note) for note in (topic.content_label, topic.advice_note, topic.support) if note]
    if isinstance(view, GuideView) and view.pair.arrangements:
        notes.append(f"Arranged: {listed([one_line(a) for a in view.pair.arrangements])}.")
    return tuple(notes)


def _written_by_model(value: Any) -> int:
    """How many printed items a language model wrote."""
    if isinstance(value, dict):
        own = int(value.get("origin") == "model")
        return own + sum(_written_by_model(item) for key, item in value.items() if key != "spares")
    return sum(map(_written_by_model, value)) if isinstance(value, list) else 0


def colophon(view: GuideView | PrimerView | WorkshopView) -> str:
    """What a document was made from, in one line."""
    made = view.provenance
    count = _written_by_model(view.model_dump(mode="json"))
    words = [
        f"Made on {day(made.made_on)}",
        f"guide {made.content_id}, library {made.corpus}, rules {made.rules}",
        "composed from the library" if not count else f"{count} of its items written by {made.writer}",
        f"topic reviewed on {day(view.topic.reviewed_on)}",
    ]
    if made.edited:
        words.append(f"changed by hand since: {listed(made.edited)}")
    return one_line("; ".join(words) + ".")


def _face(name: str, pronouns: str = "", *post: str | None) -> s.Face:
    return s.Face(
        name=one_line(name), pronouns=one_line(pronouns), post=", ".join(one_line(p) for p in post if p)
    )


def lay_out(view: GuideView | PrimerView) -> s.Sheet:
    """The sheet of a view. Raises RenderError when an item cites a source the view does not have."""
    view = type(view).model_validate(clean_all(view.model_dump(by_alias=True)))
    language = view.session.language
    if isinstance(view, GuideView):
        builder = Parts(view)
        parts, numbers = builder.all(), builder.numbers
        people = (view.pair.executive, view.pair.mentor)
        faces = tuple(_face(p.name, p.pronouns, p.role, p.department) for p in people)
        own = {
            "mentor": f"For {faces[1].name}",
            "executive": f"For {faces[0].name}",
            "shared": "For both of you",
        }
        kicker = own.get(view.view, "Everything, for the coordinator")
        large = any("large print" in a.casefold() for a in view.pair.arrangements)
    else:
        numbers, large = Numbers(view.sources), False
        title = (
            f"{TITLES['primer']} {Names(view.mentor, view.executive).mentor}"
            if view.mentor
            else TITLES["primer"]
        )
        parts = (primer_part(view.primer, numbers, title),)
        faces = tuple(_face(name) for name in (view.executive, view.mentor) if name)
        kicker = f"For {faces[0].name}"
    title = one_line(view.topic.title)
    return s.Sheet(
        lang=language,
        direction="rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr",
        audience=view.view,
        title=title,
        kicker=kicker,
        meta=_meta(view),
        faces=faces,
        subtitle=one_line(view.session.title),
        question=one_line(view.topic.leadership_question),
        notes=_notes(view),
        warnings=tuple(one_line(w.text) for w in view.warnings),
        parts=parts,
        sources=numbers.cited(),
        sources_title=TITLES["sources"],
        footer=f"{title} · {listed([face.name for face in faces])}",
        colophon=colophon(view),
        made_on=view.provenance.made_on.isoformat(),
        large_print=large,
    )
