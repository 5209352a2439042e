"""The next date, the message to send, the commitments."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from guidegen.domain.session import Session
from guidegen.guides import make_guide
from guidegen.people import pair_from
from guidegen.writing.composing.closing import next_date
from tests.conftest import TODAY
from tests.ten_pairs import pair_data


@given(st.dates(date(2024, 1, 1), date(2035, 1, 1)))
def test_the_next_date_is_a_working_day_four_weeks_on(on: date) -> None:
    """Four weeks on, or the Monday after."""
    found = next_date(on)
    assert found is not None
    assert found.weekday() < 5
    assert timedelta(days=28) <= found - on <= timedelta(days=30)


def test_no_date_no_guess() -> None:
    """Without a day for this session there is none for the next."""
    assert next_date(None) is None


def test_the_message_carries_the_questions(parts: Any) -> None:
    """The message to send ahead holds every main question, word for word (R13)."""
    guide = make_guide(parts, pair_from(pair_data("sales"), "p"), "crypto", Session(), today=TODAY)
    for question in guide.questions:
        assert (question.text in guide.send_ahead.text) == (not question.if_time)
