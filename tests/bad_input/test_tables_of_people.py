"""Profiles from spreadsheets: every row with a fault is listed, and nothing is half-loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidegen.errors import PeopleError
from guidegen.people import check_paths, people_in
from tests.bad_input.conftest import Cli


def _told(folder: Path, content: str | bytes) -> list[str]:
    path = folder / "t.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(PeopleError, match="nothing was loaded") as caught:
        people_in(path)
    assert all(fault.remedy for fault in caught.value.faults)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        ("", ["t.csv:1: header: The file is empty."]),
        ("\n \n", ["t.csv:1: header: The file is empty."]),
        ("name,role\n", ["t.csv:1: There is no row under the header."]),
        ("Ana,Analyst\nBo,CFO\n", ["t.csv:1: header: The first row is not a header with a column name."]),
        ("Our people,,\nname,role\nAna,x\n", ["t.csv:1: header: The first row is not a header"]),
        ("name,goals,Goals\nAna,a,b\n", ['t.csv:1: header: The column "goals" stands twice.']),
        ("name,shoe size,gaols\nAna,43,y\n", ["t.csv:1: shoe_size: This column is not known.", "t.csv:1: gaols: This column is not known. Did you mean 'goals'?"]),
        ("name,age,gender\nAna,25,f\nBo,30,m\n", ["t.csv:1: age: This is not used, by design.", "t.csv:1: gender: This is not used"]),
        ("name,,role\nAna,lost,x\n", ["t.csv:2: Column 2 has no name in the header."]),
        ("name,role\nAna,x,y,z\n", ["t.csv:2: The row has 4 cells, the header 2."]),
        ('name,goals\nAna,ok\nBo,"to learn\nCy,y\n', ["t.csv:3: The table cannot be read from here on: a quotation mark opens here"]),
        ('name,goals\nBo,"a"b\n', ["t.csv:2: The table cannot be read from here on: text follows a closing quotation mark."]),
        ("name,goals\nAna," + "x" * 200_000 + "\n", ["t.csv:2: The table cannot be read from here on: one cell holds more"]),
        ("name,goals\nAna,x\nZoë,y\n".encode("latin-1"), ["t.csv:3: The file is not UTF-8; it may have been saved as an older"]),
        ("name,goals\nAna,x\n".encode("utf-16"), ["t.csv:1: The file is not UTF-8; it may have been saved as UTF-16."]),
        ("name\n" + "Ana\n" * 300_000, ["t.csv: The file is larger than 1 MB."]),
    ],
)
def test_tables_that_are_off(tmp_path: Path, content: str | bytes, begins: list[str]) -> None:
    """Each way a spreadsheet goes wrong is told once, with its row, in words its owner knows."""
    told = _told(tmp_path, content)
    assert len(told) == len(begins), told
    for fault, start in zip(told, begins, strict=True):
        assert fault.startswith(start), told


def test_every_row_with_a_fault_is_listed(tmp_path: Path) -> None:
    """Faults of five rows come together, by line and column, and no person is loaded."""
    rows = "name,teaches,seniority,email\nAna,crypto:9,early,a@x.org\n,web3,mid,\nBo,,boss,not-mail\nCy,crypto:2,mid,\nAna,,,\n"
    assert [told.partition(". ")[0] for told in _told(tmp_path, rows)] == [
        't.csv:2: teaches.crypto.level: "9" is too large',
        "t.csv:3: name: This field is missing or empty",
        "t.csv:4: email: This is not an e-mail address",
        't.csv:4: seniority: "boss" is not one of the allowed values',
        't.csv:6: id: Two people have the id "ana"',
    ]


@pytest.mark.parametrize("content", ["\ufeffname;goals\nAna;see, how | decide\n", "\n\nname;goals\nAna;see, how | decide\n"])
def test_semicolons_a_mark_in_front_and_empty_lines_are_fine(tmp_path: Path, content: str) -> None:
    """What spreadsheets write of their own accord is read and not complained about."""
    (tmp_path / "t.csv").write_text(content, encoding="utf-8")
    (ana,) = people_in(tmp_path / "t.csv")
    assert ana.goals == ("see, how", "decide")


def test_five_thousand_rows_with_one_fault(tmp_path: Path) -> None:
    """A long table is read whole, and its one slip is found by line."""
    rows = [f"Person {n},goal {n},{'boss' if n == 4_321 else 'mid'}" for n in range(5_000)]
    (tmp_path / "t.csv").write_text("name,goals,seniority\n" + "\n".join(rows) + "\n", encoding="utf-8")
    count, faults = check_paths([tmp_path / "t.csv"])
    assert (count, [(f.line, f.field) for f in faults]) == (4_999, [(4_323, "seniority")])


def test_the_command_counts_and_lists(cli: Cli, here: Path) -> None:
    """The check of a table prints a line for each fault, a sum, and ends with 1."""
    (here / "t.csv").write_text("name,seniority\nAna,boss\nBo,mid\n", encoding="utf-8")
    answer = cli("people", "check", "t.csv")
    assert answer.code == 1
    assert answer.out.splitlines()[0].startswith('t.csv:2: seniority: "boss" is not one of the allowed values.')
    assert answer.out.splitlines()[1:] == ["1 person without a fault, 1 fault"]
