"""Profiles from spreadsheets saved as CSV."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidegen.errors import PeopleError
from guidegen.people import people_in

TABLE = "name,role,teaches,learns,goals\nAna,Analyst,crypto:4 | web3,,\"See, how | Decide\"\nBo,CFO,,crypto,Pay\n"


def _people(folder: Path, content: bytes) -> list[str]:
    path = folder / "people.csv"
    path.write_bytes(content)
    found = []
    for person in people_in(path):
        levels = {topic: skill.level for topic, skill in (person.teaches | person.learns).items()}
        found.append(f"{person.name}: {levels} {person.goals}")
    return found


def test_one_row_one_person(tmp_path: Path) -> None:
    """Cells with several things are parted by |, levels stand after a colon, defaults hold without."""
    assert _people(tmp_path, TABLE.encode()) == [
        "Ana: {'crypto': 4, 'web3': 3} ('See, how', 'Decide')", "Bo: {'crypto': 0} ('Pay',)",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_spreadsheets_write(tmp_path: Path, encoding: str, separator: str, end: str) -> None:
    """Both kinds of UTF-8, three separators and both line ends give the same people."""
    text = f"Name{separator}Role{separator}Private notes{end}Zoë{separator}{separator}x{end}{separator}{separator}{end}"
    assert _people(tmp_path, text.encode(encoding)) == ["Zoë: {} ()"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("Zoë,Analyst\n".encode("latin-1"), "UTF-8"),
        (b"Ana,Analyst\n", "header"),
        (b"", "header"),
        (b"name,nmae\nAna,x\n", "nmae"),
        (b"name,name\nAna,x\n", "stands twice"),
        (b"name,role\nAna,x,y\n", "3 cells"),
        (b'name,role\nAna,"x\n', "cannot be read"),
        (b"name,age\nAna,25\n", "by design"),
        (b"name,teaches\nAna,crypto:9\n", "people.csv:2"),
        (b"name,role\n,x\n", "missing"),
    ],
)
def test_tables_to_mend(tmp_path: Path, content: bytes, says: str) -> None:
    """Each slip of a table is told with its row."""
    with pytest.raises(PeopleError, match=says):
        _people(tmp_path, content)
