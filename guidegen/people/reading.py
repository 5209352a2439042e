"""Reads profiles and pairs: a YAML or JSON file, a folder of them, or data from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from guidegen.domain.people import Pair, Person
from guidegen.errors import Fault, PeopleError
from guidegen.people.profile import ID, ID_REMEDY, id_in, normal, person_at
from guidegen.strict_yaml import Loaded, dotted, from_data, load, nearest
from guidegen.strict_yaml import Path as Where

MAX_BYTES = 1_000_000
_ROLES = ("mentor", "executive")
_PAIR_FIELDS = ("id", *_ROLES)


def read_pair(path: Path) -> Pair:
    """The pair in a YAML or JSON file. Raises PeopleError with every fault of it."""
    return _pair(_load(path))


def pair_from(data: Mapping[str, Any], name: str) -> Pair:
    """The pair in ``data``; ``name`` stands for the file in faults. Raises PeopleError."""
    return _pair(from_data(data, name))


def read_person(path: Path) -> Person:
    """The profile in a YAML or JSON file. Raises PeopleError with every fault of it."""
    return _one(_load(path))


def person_from(data: Mapping[str, Any], name: str) -> Person:
    """The profile in ``data``; ``name`` stands for the file in faults. Raises PeopleError."""
    return _one(from_data(data, name))


def read_pair_or_person(path: Path) -> Pair | Person:
    """The pair in a file if it holds one (a mentor or an executive), else the profile."""
    loaded = _load(path)
    return _pair(loaded) if _is_pair(loaded.data) else _one(loaded)


def people_in(path: Path) -> tuple[Person, ...]:
    """Everyone in ``path``: a CSV file, a YAML or JSON file (a profile, a list of them, or a pair), or
    a folder of such files, in file order. Raises PeopleError with every fault of every file."""
    people, faults = _everyone(_all_in(path))
    if faults:
        raise _error(faults, path.name)
    return tuple(people)


def check_paths(paths: Iterable[Path]) -> tuple[int, list[Fault]]:
    """How many people could be read from all of ``paths``, and every fault; raises nothing."""
    people, faults = _everyone(loaded for path in paths for loaded in _all_in(path))
    return len(people), faults


def _everyone(files: Iterable[Loaded]) -> tuple[list[Person], list[Fault]]:
    people: list[Person] = []
    faults: list[Fault] = []
    first: dict[str, tuple[Loaded, Where, Person | None]] = {}
    for loaded in files:
        faults += loaded.faults
        if loaded.broken:
            continue
        if _is_pair(loaded.data):
            faults += _pair_faults(loaded, loaded.data)
        for at in _places(loaded.data):
            person, found = person_at(loaded, at)
            faults += [_in_table(fault) for fault in found]
            if person is not None:
                people.append(person)
            if (name := id_in(_value(loaded.data, at))) is None:
                continue
            other, place, known = first.setdefault(name, (loaded, at, person))
            # The same profile may well stand in several pair files; two different ones may not.
            same_file = other is loaded and place != at
            if same_file or (person is not None and known is not None and known != person):
                faults.append(_in_table(Fault(
                    loaded.file, loaded.line(at), dotted((*at, "id")), f'Two people have the id "{name}".',
                    f"Give each an id of their own, or leave one out; the first is in "
                    f"{f'{other.file}:{other.line(place)}' if other.line(place) else other.file}.",
                )))
    return people, faults


def _value(data: Any, at: Where) -> Any:
    return data[at[0]] if at else data


def _in_table(fault: Fault) -> Fault:
    """A row of a table is told by its line; a column has no number before its name."""
    column = re.sub(r"^\[\d+\]\.?", "", fault.field) if fault.file.lower().endswith(".csv") else fault.field
    return replace(fault, field=column)


def _is_pair(data: Any) -> bool:
    return isinstance(data, dict) and any(role in data for role in _ROLES)


def _places(data: Any) -> list[Where]:
    """Where the profiles stand in a file's data."""
    if isinstance(data, list):
        return [(n,) for n in range(len(data))]
    return [(role,) for role in _ROLES if data.get(role) is not None] if _is_pair(data) else [()]


def _all_in(path: Path) -> Iterator[Loaded]:
    if not path.is_dir():
        yield _load(path)
        return
    # Other kinds of file may lie beside them.
    files = [f for f in sorted(path.iterdir()) if f.suffix.lower() in (".yaml", ".yml", ".json", ".csv") and f.is_file()]
    if not files:
        yield _unread(path, "No profile lies in this folder.", "Give a folder with YAML, JSON or CSV files.")
    yield from map(_load, files)


def _load(path: Path) -> Loaded:
    """The file's data; a file that cannot be read is a fault like any other."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return _unread(path, f"The file is larger than {MAX_BYTES // 1_000_000} MB.",
                           "Shorten it, or split it into several files.")
        content = path.read_bytes()
    except FileNotFoundError:
        return _unread(path, "There is no such file.", "Check the name and the folder.")
    except IsADirectoryError:
        return _unread(path, "The file cannot be read: it is a folder.", "Give one file in it.")
    except OSError as error:
        return _unread(path, f"The file cannot be read: {error.strerror}.", "Check that it is a file you may read.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        cause = "UTF-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "an older encoding, such as Latin-1"
        return _unread(path, f"The file is not UTF-8; it may have been saved as {cause}.",
                       "Save it again as UTF-8 (in Excel: CSV UTF-8).", line)
    if path.suffix.lower() == ".csv":
        from guidegen.people.tables import load_csv

        return load_csv(text, path.name)
    return load(text, path.name)


def _unread(path: Path, problem: str, remedy: str, line: int = 0) -> Loaded:
    return Loaded(path.name, None, {}, (Fault(path.name, line, "", problem, remedy),), broken=True)


def _error(faults: list[Fault], name: str) -> PeopleError:
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return PeopleError(f"{name} has {count}; nothing was loaded.", faults=faults)


def _one(loaded: Loaded) -> Person:
    person, found = (None, []) if loaded.broken else person_at(loaded)
    faults = [*loaded.faults, *found]
    if person is None or faults:
        raise _error(faults, loaded.file)
    return person


def _pair(loaded: Loaded) -> Pair:
    faults = list(loaded.faults)
    people: dict[str, Person] = {}
    given: Any = None
    if isinstance(loaded.data, dict):
        given = loaded.data.get("id")
        faults += _pair_faults(loaded, loaded.data)
        for role in _ROLES:
            if loaded.data.get(role) is not None:
                person, found = person_at(loaded, (role,))
                faults += found
                if person is not None:
                    people[role] = person
    elif not loaded.broken:
        problem = "The file is empty." if loaded.data is None else (
            "This is a list, not a pair." if isinstance(loaded.data, list) else "This is not a pair.")
        faults.append(Fault(loaded.file, loaded.line(), "", problem,
                            "Write mentor: and executive:, and under each at least a name."))
    if len(people) == 2 and people["mentor"].id == people["executive"].id:
        faults.append(Fault(
            loaded.file, loaded.line(("executive",)), "executive.id",
            "Mentor and executive have the same id.",
            "Pair two people; if they share a name, give each an id of their own.",
        ))
    if faults or len(people) < 2:
        raise _error(faults, loaded.file)
    mentor, executive = people["mentor"], people["executive"]
    made = normal(given) if isinstance(given, str) and given.strip() else f"{mentor.id}-{executive.id}"
    return Pair(id=made, mentor=mentor, executive=executive)


def _pair_faults(loaded: Loaded, data: dict[str, Any]) -> Iterator[Fault]:
    for name in data:
        if name not in _PAIR_FIELDS:
            yield Fault(loaded.file, loaded.line((name,)), name, "This field is not known.",
                        nearest(name, _PAIR_FIELDS))
    told = {fault.line for fault in loaded.faults if fault.line}
    for role in _ROLES:
        # Refused on that line, it is not missing as well.
        if data.get(role) is None and not (role in data and loaded.line((role,)) in told):
            yield Fault(loaded.file, loaded.line((role,)), role, "This profile is missing or empty.",
                        f"Write {role}: and under it at least a name.")
    given = data.get("id")
    if given is not None and (not isinstance(given, str) or not ID.match(normal(given))):
        yield Fault(loaded.file, loaded.line(("id",)), "id", "This cannot be an id.", ID_REMEDY)
