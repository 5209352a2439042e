"""Guides for many pairs from two tables: python examples/many/make.py people.csv pairs.csv out

pairs.csv names each pair by the ids of two people (the name in small letters, unless the table gives
an id) and a topic. A file that is there already is left alone, so the same command carries on where
it was stopped. Change SESSION, VIEWS and FORMATS to suit.
"""

from __future__ import annotations

import csv
import sys
from datetime import date
from pathlib import Path

from guidegen import Pair, Session, cut, make_guide, parts, render, today
from guidegen.files import write_file
from guidegen.people import people_in

SESSION = Session(kind="first", minutes=60, on=date(2027, 1, 14))
VIEWS = ("shared", "mentor", "executive")
FORMATS = ("md",)


def main(people_file: str, pairs_file: str, out: str) -> None:
    """Make what is not there yet."""
    people = {person.id: person for person in people_in(Path(people_file))}
    with Path(pairs_file).open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    for row in rows:
        mentor, executive = people[row["mentor"]], people[row["executive"]]
        pair = Pair(id=f"{mentor.id}-{executive.id}", mentor=mentor, executive=executive)
        stem = f"{pair.id}-{row['topic']}"
        wanted = [(view, name, Path(out) / f"{stem}-{view}.{name}") for view in VIEWS for name in FORMATS]
        missing = [(view, name, path) for view, name, path in wanted if not path.exists()]
        if missing:
            guide = make_guide(parts(), pair, row["topic"], SESSION, today=today())
            for view, name, path in missing:
                write_file(path, render(cut(guide, view), name))


if __name__ == "__main__":
    main(*sys.argv[1:])
