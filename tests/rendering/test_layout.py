"""What stands where for whom, and how citations are numbered."""

from __future__ import annotations

import pytest

from guidegen.domain.guide import Guide
from guidegen.domain.views import AUDIENCES, GuideView, PrimerView, cut
from guidegen.errors import RenderError
from guidegen.rendering.clean import clean
from guidegen.rendering.layout import lay_out


def test_the_mentor_reads_the_brief_first_and_the_facts_last(mentor: GuideView) -> None:
    """The mentor's document begins with the brief and ends with the facts to stand on."""
    kinds = [part.kind for part in lay_out(mentor).parts]
    assert kinds[0] == "brief"
    assert kinds[-1] == "facts"
    assert "primer" not in kinds


def test_the_executive_reads_the_primer_first(guide: Guide) -> None:
    """The executive's document begins with the primer, then the brief."""
    assert [part.kind for part in lay_out(cut(guide, "executive")).parts][:2] == ["primer", "brief"]


def test_the_shared_copy_has_no_brief_and_no_notes(guide: Guide) -> None:
    """What lies on the table holds nothing that one side reads alone."""
    kinds = {part.kind for part in lay_out(cut(guide, "shared")).parts}
    assert not kinds & {"brief", "primer", "fit_notes", "rescue", "give_back"}


def test_the_coordinator_sees_both_briefs_and_the_notes(guide: Guide) -> None:
    """The full copy has two briefs and the notes on the pair."""
    kinds = [part.kind for part in lay_out(cut(guide, "full")).parts]
    assert kinds.count("brief") == 2
    assert "fit_notes" in kinds


@pytest.mark.parametrize("audience", AUDIENCES)
def test_sources_are_numbered_as_they_appear(guide: Guide, audience: str) -> None:
    """Numbers run from 1 in order of first appearance, and only cited sources are listed."""
    sheet = lay_out(cut(guide, audience))  # type: ignore[arg-type]
    found: list[int] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                if key == "cites":
                    found.extend(item)
                else:
                    walk(item)
        elif isinstance(value, list | tuple):
            for item in value:
                walk(item)

    walk(sheet.model_dump()["parts"])
    numbers = [source.number for source in sheet.sources]
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(found) == set(numbers)
    assert "Example Press" not in {source.publisher for source in sheet.sources}


def test_a_citation_is_never_lost(mentor: GuideView) -> None:
    """An id without a source stops the document instead of vanishing from it."""
    with pytest.raises(RenderError, match="example-treasurers-survey"):
        lay_out(mentor.model_copy(update={"sources": ()}))


def test_people_are_called_by_name(mentor: GuideView) -> None:
    """Names stand where roles would: who leads, who asks, whose goal it is."""
    sheet = lay_out(mentor)
    agenda = next(part for part in sheet.parts if part.kind == "agenda")
    questions = next(part for part in sheet.parts if part.kind == "questions")
    assert {slot.lead for slot in agenda.slots} == {"Led by Aiko", "Led by Helena", "Led by both"}
    assert {ask.asks for ask in questions.main} == {"Aiko asks", "Helena asks", "Either of you asks"}


def test_one_reads_ones_own_words_as_you_wrote(mentor: GuideView) -> None:
    """The mentor's own goal is quoted as "You wrote", the other's with the name."""
    aims = next(part for part in lay_out(mentor).parts if part.kind == "objectives")
    assert [aim.quoted for aim in aims.items] == ["Helena wrote", "Helena wrote", "You wrote"]
    assert [bool(aim.note) for aim in aims.items] == [False, True, False]


def test_stale_and_contested_facts_are_marked(primer: PrimerView) -> None:
    """A fact carries its date, and says so when it is contested or due for a new look."""
    part = lay_out(primer).parts[0]
    assert part.kind == "primer"
    marks = [[mark.text for mark in fact.marks] for fact in part.facts]
    assert marks[0] == ["as of 14 August 2026"]
    assert "contested" in marks[2]
    assert "due for a new look" in marks[3]


def test_times_count_from_the_beginning(mentor: GuideView) -> None:
    """Blocks are at 0:00, 0:04 and so on, never at an hour of the day."""
    agenda = next(part for part in lay_out(mentor).parts if part.kind == "agenda")
    assert [slot.clock for slot in agenda.slots][:3] == ["0:00", "0:04", "0:11"]
    assert sum(slot.minutes for slot in agenda.slots) == 60


def test_only_web_addresses_are_sources(mentor: GuideView) -> None:
    """A source whose address is not https is refused before anything is printed."""
    sources = tuple(s.model_copy(update={"url": "javascript:alert(1)"}) for s in mentor.sources)
    with pytest.raises(ValueError, match="https"):
        lay_out(mentor.model_copy(update={"sources": sources}))


def test_a_model_s_share_is_told(mentor: GuideView) -> None:
    """The colophon says how many items a model wrote, and what was changed by hand."""
    question = mentor.questions[0].model_copy(update={"origin": "model"})
    made = mentor.provenance.model_copy(update={"writer": "model x", "edited": ("pinned a",)})
    view = mentor.model_copy(update={"questions": (question, *mentor.questions[1:]), "provenance": made})
    assert "1 of its items written by model x" in lay_out(view).colophon
    assert "changed by hand since: pinned a" in lay_out(view).colophon


def test_what_cannot_be_printed_is_cleaned() -> None:
    """Control characters, hidden direction marks and unpaired surrogates do not reach a document."""
    assert clean("a\x00b\x07c\u202ed\ud800\r\ne\u2028f") == "abcd\ufffd\ne\nf"


def test_each_copy_has_what_its_reader_needs(guide: Guide) -> None:
    """The page to fill in, the agreement and the pulse lie on the table; reasons and spoken lines are the mentor's."""
    kinds = {view: [p.kind for p in lay_out(cut(guide, view)).parts] for view in AUDIENCES}
    assert "agreement" in kinds["shared"]
    assert "agreement" not in kinds["mentor"] + kinds["executive"]
    assert "send_ahead" in kinds["mentor"]
    for view, blanks in (("shared", True), ("mentor", False), ("executive", False), ("full", True)):
        sheet = lay_out(cut(guide, view))
        artefact = next(part for part in sheet.parts if part.kind == "artefact")
        assert bool(artefact.blanks) == blanks
        agenda = next(part for part in sheet.parts if part.kind == "agenda")
        assert any(slot.say for slot in agenda.slots) == (view in ("mentor", "full"))
        questions = next(part for part in sheet.parts if part.kind == "questions")
        assert any(ask.follow_ups for ask in questions.main) == (view in ("mentor", "full"))
