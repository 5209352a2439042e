"""Profiles from a spreadsheet saved as CSV: one row a person, one column a field of Person.

In a cell that holds several things, they are parted by ``|``; a topic may carry its level after a
colon: ``crypto:3 | web3:2``. Commas, semicolons and tabs between columns are told apart by the header.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from guidegen.domain.people import Person
from guidegen.errors import Fault
from guidegen.people.profile import BY_DESIGN, NOT_USED
from guidegen.strict_yaml import Loaded, clean, nearest

_MANY = ("languages", "goals", "off_limits", "access_needs", "preferences")
_SKILLS = ("teaches", "learns")
_PLAIN = (
    ("unexpected end of data", "a quotation mark opens here and is never closed."),
    ("expected after", "text follows a closing quotation mark."),
    ("larger than field limit", "one cell holds more than a table can; a quotation mark may be missing."),
)


def load_csv(text: str, file: str) -> Loaded:
    """The rows as a list of profiles with their lines; faults as for any other file. Never raises."""
    text = clean(text)
    faults: list[Fault] = []
    header_line = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=header_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    people: list[dict[str, Any]] = []
    lines: dict[tuple[str | int, ...], int] = {(): 1}
    header: list[str] = []
    last = 0
    try:
        for row in reader:
            line, last = last + 1, reader.line_num
            if not any(cell.strip() for cell in row):
                continue
            if not header:
                header = [re.sub(r"[\s-]+", "_", cell.strip().lower()) for cell in row]
                faults += _header_faults(header, file, line)
                if "name" not in header:
                    break  # no telling what the rows mean
                continue
            faults += _row_faults(row, header, file, line)
            lines[(len(people),)] = line
            people.append(_person(dict(zip(header, row, strict=False))))
    except csv.Error as error:
        problem = next((words for cue, words in _PLAIN if cue in str(error)), f"{error}.")
        fault = Fault(file, last + 1, "", f"The table cannot be read from here on: {problem}",
                      "Close every quotation mark; write one inside a cell twice.")
        return Loaded(file, None, {}, (*faults, fault), broken=True)
    if not header:
        faults.append(Fault(file, 1, "header", "The file is empty.", "Begin with a header row."))
    elif not people and not faults:
        faults.append(Fault(file, last, "", "There is no row under the header.", "Write one row for each person."))
    broken = not people or any(fault.field == "header" for fault in faults)
    return Loaded(file, None if broken else people, lines, tuple(faults), broken=broken)


def _header_faults(header: list[str], file: str, line: int) -> list[Fault]:
    known = [name for name in Person.model_fields if name]
    if "name" not in header:
        return [Fault(file, line, "header", "The first row is not a header with a column name.",
                      f"Begin with a row of field names: {', '.join(known)}.")]
    faults = [Fault(file, line, "header", f'The column "{name}" stands twice.', "Keep one of the two.")
              for name in sorted({n for n in header if n and header.count(n) > 1})]
    for name in dict.fromkeys(header):
        if name in BY_DESIGN:  # told once, not once a row
            faults.append(Fault(file, line, name, *NOT_USED))
        elif name and name not in known:
            faults.append(Fault(file, line, name, "This column is not known.", nearest(name, known)))
    return faults


def _row_faults(row: list[str], header: list[str], file: str, line: int) -> Iterator[Fault]:
    """What a row holds that would be lost."""
    if len(row) > len(header):
        yield Fault(file, line, "", f"The row has {len(row)} cells, the header {len(header)}.",
                    "Put cells that hold the separator in double quotes.")
    for number, (name, cell) in enumerate(zip(header, row, strict=False), start=1):
        if not name and cell.strip():
            yield Fault(file, line, "", f"Column {number} has no name in the header.",
                        "Name it, or empty the column.")


def _person(row: dict[str, str]) -> dict[str, Any]:
    person: dict[str, Any] = {}
    for name, cell in row.items():
        value = cell.strip()
        if not value or name not in Person.model_fields:
            continue
        if name in _MANY:
            person[name] = [part.strip() for part in value.split("|")]
        elif name in _SKILLS:
            person[name] = _skills(value)
        else:
            person[name] = value
    return person


def _skills(cell: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in cell.split("|"):
        topic, _, level = part.partition(":")
        if topic.strip():
            found[topic.strip()] = {"level": level.strip()} if level.strip() else {}
    return found
