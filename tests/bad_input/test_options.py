"""Options that cannot be used: what is wrong, what to do, all at once, and no file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from guidegen.domain.session import Session
from tests.bad_input.conftest import PAIR, Cli, refused


def test_an_unknown_topic_offers_the_nearest(cli: Cli) -> None:
    """A misspelt topic is named with the one that was meant; nothing is guessed."""
    refused(cli("guide", PAIR, "--topic", "crypo"), "[topic-unknown]", "'crypo'", "Nearest: crypto", "guidegen topics")


def test_an_empty_or_endless_topic_is_told_before_anything_is_read(cli: Cli) -> None:
    """An empty question, and one of 100,000 characters, are no questions."""
    refused(cli("guide", PAIR, "--topic", "  "), "--topic: It is empty.")
    refused(cli("guide", PAIR, "--topic", "x" * 100_000), "--topic: It has 100,000 characters.")
    refused(cli("topics", "--for", ""), "--for: It is empty.")
    refused(cli("search", "\x00"), "It is empty.")


@pytest.mark.parametrize(
    ("minutes", "says"),
    [
        ("0", "too small"), ("-5", "too small"), ("14", "too small"), ("100000", "too large"),
        ("an hour", "not a whole number"), ("60.5", "not a whole number"), ("", "not a whole number"),
        ("9" * 5_000, "not a whole number"),
    ],
)
def test_minutes_that_make_no_session(cli: Cli, minutes: str, says: str) -> None:
    """Every length that cannot be is told with the lengths that can."""
    refused(cli("guide", PAIR, "--topic", "crypto", "--minutes", minutes), "[session]", "--minutes:", says, "15 to 180")


@pytest.mark.parametrize("minutes", [0, -5, 14, 181, 100_000, "an hour", 60.5, "", None])
def test_a_session_of_impossible_length_cannot_be_made(minutes: object) -> None:
    """The noun itself refuses what the command line refuses."""
    with pytest.raises(ValidationError, match="minutes"):
        Session.model_validate({"minutes": minutes})


@pytest.mark.parametrize("day", ["tomorrow", "2027-02-30", "14/01/2027", "", "9999-12-31", "0001-01-01"])
def test_days_that_are_none(cli: Cli, day: str) -> None:
    """A day that is not in the calendar, or a thousand years away, is told with the form to use."""
    form = "2000 to 2100" if day.startswith(("0", "9")) else "2027-01-14"
    refused(cli("guide", PAIR, "--topic", "crypto", "--on", day), "[session]", "--on:", form)


def test_every_fault_of_one_command_line_at_once(cli: Cli, here: Path) -> None:
    """Nine options and a file with two faults: eleven lines, one answer."""
    (here / "p.yaml").write_text("mentor: {name: Ana, age: 25}\nexecutive: {name: Bo, gaols: [x]}\n", encoding="utf-8")
    answer = cli(
        "guide", "p.yaml", "--topic", "", "--minutes", "abc", "--on", "tomorrow", "--place", "moon", "--number", "0",
        "--session", "frist", "--view", "all", "--format", "doc", "--paper", "a5",
    )
    refused(answer, "Did you mean first?", "Did you mean docx?", "p.yaml:1: mentor.age:", "p.yaml:2: executive.gaols:")
    for option in ("topic", "minutes", "on", "place", "number", "session", "view", "format", "paper"):
        assert f"\n  --{option}: " in answer.err
    assert len([line for line in answer.err.splitlines() if line.startswith("  ")]) == 11


def test_the_primer_and_render_tell_their_options_together(cli: Cli) -> None:
    """The other commands that write files gather their faults the same way."""
    refused(cli("primer", "no.yaml", "--topic", "crypto", "--on", "x", "--paper", ""), "--on:", "--paper:", "no.yaml:")
    refused(cli("render", "no.json", "--format", "doc", "--paper", "a5"), "--format:", "--paper:", "no.json:")
    refused(cli("corpus", "stale", "--on", "soon"), "--on:")
    refused(cli("workshop", "--topic", " ", "--people", "3", "--minutes", "x"), "--topic:", "--people:", "--minutes:")


def test_questions_from_a_file_that_cannot_be_read(cli: Cli, here: Path) -> None:
    """A missing file and one that is not UTF-8 are told in plain words."""
    refused(cli("topics", "--file", "no.txt"), "no.txt cannot be read: No such file")
    (here / "latin.txt").write_bytes("Zoë".encode("latin-1"))
    refused(cli("topics", "--file", "latin.txt"), "not UTF-8")


@pytest.mark.parametrize(
    ("limit", "asked"), [("bitcoin", "crypto"), ("cryptocurrencies", "crypto"), ("crypto", "should we pay in stablecoins?")]
)
def test_a_topic_that_is_off_limits_is_refused_without_saying_whose(cli: Cli, here: Path, limit: str, asked: str) -> None:
    """The topic itself kept out, under any of its names, ends in an error that names nobody."""
    (here / "p.yaml").write_text(f"mentor: {{name: Ana}}\nexecutive: {{name: Bo, off_limits: [{limit}]}}\n", encoding="utf-8")
    for command in ("guide", "primer"):
        answer = cli(command, "p.yaml", "--topic", asked)
        refused(answer, "[topic-off-limits]", "Choose another topic")
        assert not any(word in answer.err for word in ("Ana", "Bo", "mentor", "executive", limit + "'"))


def test_a_terminal_without_dashes_still_gets_its_answer(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Output that a terminal's encoding cannot show is shown another way, not as a crash."""
    import io
    import sys

    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    assert cli("guide", PAIR, "--topic", "crypto", "--on", "2027-01-14").code == 0
    narrow.flush()
    assert b"\\u2014" in narrow.buffer.getvalue()  # type: ignore[attr-defined]
    assert date(2027, 1, 14).isoformat().encode() in narrow.buffer.getvalue()  # type: ignore[attr-defined]
