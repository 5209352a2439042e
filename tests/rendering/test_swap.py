"""Swapping and pinning change one item and what depends on it, and nothing else."""

from __future__ import annotations

import pytest

from guidegen.domain.views import GuideView
from guidegen.errors import InputError
from guidegen.rendering import read_view, render
from guidegen.rendering.swap import pin, swap


def _main(view: GuideView) -> list[str]:
    return [q.id for q in view.questions if not q.if_time]


def test_the_spare_most_like_it_takes_its_place(mentor: GuideView) -> None:
    """Same asker and stage first; the replaced question becomes the last spare; the agenda follows."""
    new = swap(mentor, "crypto/q/last-time")
    assert new.questions[0].id == "crypto/q/heard"
    assert new.spares.questions[-1].id == "crypto/q/last-time"
    assert new.agenda.blocks[3].questions == ("crypto/q/heard", "crypto/q/who-signs")
    assert new.provenance.edited == ("swapped crypto/q/last-time for crypto/q/heard",)
    assert new.questions[1:] == mentor.questions[1:]
    assert mentor.provenance.edited == ()


def test_what_quoted_the_question_follows(mentor: GuideView) -> None:
    """The rescue version, the message and the questions to bring name the new one."""
    old = mentor.questions[1]
    message = mentor.send_ahead.model_copy(update={"text": f"1. {old.text}"})
    bring = (
        mentor.primer.bring[0].model_copy(update={"id": old.id, "text": old.text}),
        *mentor.primer.bring[1:],
    )
    primer = mentor.primer.model_copy(update={"bring": bring})
    new = swap(mentor.model_copy(update={"send_ahead": message, "primer": primer}), old.id)
    taken = new.questions[1]
    assert taken.asked_by == "executive"
    assert new.send_ahead.text == f"1. {taken.text}"
    assert new.primer.bring[0].text == taken.text
    assert new.rescue.blocks[1].questions == (taken.id,)


def test_swapping_twice_round_keeps_every_question(mentor: GuideView) -> None:
    """No question is ever lost or doubled, and the result can be written and read."""
    view = mentor
    for _ in range(7):
        view = swap(view, view.questions[0].id)
    before = {q.id for q in (*mentor.questions, *mentor.spares.questions)}
    after = [q.id for q in (*view.questions, *view.spares.questions)]
    assert sorted(after) == sorted(before)
    assert read_view(render(view, "json")) == view


def test_an_if_time_question_stays_one(mentor: GuideView) -> None:
    """What replaces a question for if there is time is for if there is time."""
    new = swap(mentor, "crypto/q/accounts")
    assert _main(new) == _main(mentor)
    assert new.questions[7].if_time


def test_a_checklist_item_is_swapped_for_one_of_the_same_person(mentor: GuideView) -> None:
    """The mentor's item gives way to the mentor's spare."""
    new = swap(mentor, "crypto/o/asks-first")
    assert new.checklist[5].id == "crypto/o/draws-flow"
    assert new.spares.checklist[-1].id == "crypto/o/asks-first"


def test_a_pin_brings_an_if_time_question_in(mentor: GuideView) -> None:
    """It takes the place of the one most like it, which moves to if there is time: the hour stays an hour."""
    new = pin(mentor, "crypto/q/refund")
    assert len(_main(new)) == len(_main(mentor))
    assert "crypto/q/refund" in _main(new)
    assert "crypto/q/who-signs" not in _main(new)
    assert next(q.id for q in new.questions if q.if_time) == "crypto/q/who-signs"
    assert "crypto/q/refund" in new.agenda.blocks[3].questions
    assert new.spares.pinned == ("crypto/q/refund",)


def test_a_pinned_item_never_leaves(mentor: GuideView) -> None:
    """It is not swapped, and no later pin takes its place; pinning it again changes nothing."""
    view = pin(mentor, "crypto/q/worst-day")
    with pytest.raises(InputError, match="pinned"):
        swap(view, "crypto/q/worst-day")
    again = pin(view, "crypto/q/proposal")
    assert {"crypto/q/worst-day", "crypto/q/proposal"} <= set(_main(again))
    assert pin(again, "crypto/q/proposal") == again


def test_a_spare_checklist_item_can_be_pinned(mentor: GuideView) -> None:
    """It is added, leaves the spares and stays."""
    new = pin(mentor, "crypto/o/lists-checks")
    assert new.checklist[-1].id == "crypto/o/lists-checks"
    assert "crypto/o/lists-checks" not in {c.id for c in new.spares.checklist}


@pytest.mark.parametrize("change", [swap, pin])
def test_an_unknown_id_names_the_nearest(mentor: GuideView, change: object) -> None:
    """A slip of the pen is met with the ids that were probably meant."""
    with pytest.raises(InputError, match="crypto/q/last-time"):
        change(mentor, "crypto/q/lst-time")  # type: ignore[operator]


def test_no_spare_left_is_said(mentor: GuideView) -> None:
    """Without spares there is nothing to swap for."""
    bare = mentor.model_copy(
        update={"spares": mentor.spares.model_copy(update={"questions": (), "checklist": ()})}
    )
    for item in ("crypto/q/last-time", "crypto/o/books"):
        with pytest.raises(InputError, match="left"):
            swap(bare, item)
