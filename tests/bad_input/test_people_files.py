"""Pair files and profiles with faults: file, line, field and remedy, all at once, nothing loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidegen.domain.people import Pair, Person
from guidegen.errors import PeopleError
from guidegen.people import check_paths, pair_from, people_in, read_pair
from tests.bad_input.conftest import Cli, refused

GOOD = "mentor: {name: Ana}\nexecutive: {name: Bo}\n"
BIG = "x" * 2_000_000


def _faults(folder: Path, content: str | bytes, name: str = "p.yaml") -> list[str]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(PeopleError, match="nothing was loaded") as caught:
        read_pair(path)
    assert all(fault.problem and fault.remedy and fault.file == name for fault in caught.value.faults)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("mentor: {id: a, name: Ana}\nexecutive: {id: a, name: Bo}\n", ["p.yaml:2: executive.id: Mentor and executive have"]),
        ("mentor: {name: Ana}\nexecutive: {name: ' ana '}\n", ["p.yaml:2: executive.id: Mentor and executive have"]),
        (GOOD + "mentor: {name: Cy}\n", ["p.yaml:3: The field 'mentor' stands twice."]),
        ("mentor: &a {name: Ana}\nexecutive: *a\n", ["p.yaml:1: &a names", "p.yaml:2: *a refers"]),
        ("mentor: !!python/object/apply:os.system ['true']\nexecutive: {name: Bo}\n",
         ["p.yaml:1: The tag !!python/object/apply:os.system is not allowed", "p.yaml:1: mentor: This must be a set"]),
        ("[" * 20_000, ["p.yaml:1: The text is nested more than 40 levels"]),
        ("mentor: " + "{a: " * 20_000, ["p.yaml:1: The text is nested more than 40 levels"]),
        ("mentor:\n\tname: Ana\n", ["p.yaml:2: A tab or a special sign"]),
        ("", ["p.yaml: The file is empty."]),
        ("# only a remark\n", ["p.yaml: The file is empty."]),
        ("- name: Ana\n- name: Bo\n", ["p.yaml:1: This is a list, not a pair."]),
        ("hello", ["p.yaml:1: This is not a pair."]),
        ("mentor: [Ana]\nexecutive: Bo\n", ["p.yaml:1: mentor: This must be a set", "p.yaml:2: executive: This must be a set"]),
        ("mentor: {role: x}\nexecutive: {role: y}\n", ["p.yaml:1: mentor.name: This field is missing", "p.yaml:2: executive.name:"]),
        ("mentor: {name: \"\\0\"}\nexecutive: {name: Bo}\n", ["p.yaml:1: mentor.name: This field is missing"]),
        (GOOD + "NO: 1\n", ["p.yaml:3: NO: This field is not known."]),
        ("mentor:\n  name: Ana\n  goals:\n" + "    - one more\n" * 200 + "executive: {name: Bo}\n",
         ["p.yaml:3: mentor.goals: There are 200 entries. Keep to 50."]),
        (f"mentor: {{name: Ana, context: {'x' * 100_000}}}\nexecutive: {{name: {'n' * 300}}}\n",
         ["p.yaml:1: mentor.context: The text has 100,000", "p.yaml:2: executive.name: The text has 300 characters. Keep it to 200."]),
        (f"mentor: {{name: Ana, context: {BIG}}}\nexecutive: {{name: Bo}}\n", ["p.yaml: The file is larger than 1 MB."]),
        ("mentor: {name: Zoë}\n".encode("latin-1"), ["p.yaml:1: The file is not UTF-8; it may have been saved as an older"]),
        (GOOD.encode("utf-16"), ["p.yaml:1: The file is not UTF-8; it may have been saved as UTF-16."]),
    ],
)
def test_yaml_to_mend(tmp_path: Path, text: str | bytes, begins: list[str]) -> None:
    """Each slip and trick of a YAML file is told where it stands, and only as often as it was made."""
    told = _faults(tmp_path, text)
    assert len(told) == len(begins), told
    for fault, start in zip(told, begins, strict=True):
        assert fault.startswith(start), told


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ('{"mentor": {"name": "A",\n "name": "B"}, "executive": {"name": "C"}}', ["p.json:2: mentor: The field 'name' stands twice."]),
        ('{"mentor": {"name": "A"},\n "executive": {"name": "C"},\n}', ["p.json:3: A comma stands before a closing bracket."]),
        ('{"mentor": {"name": NaN},\n "executive": {"name": "C"}}', ["p.json:1: NaN is not a value."]),
        ('{"mentor": {"name": "A"},\n "executive": {"name": "C", "learns":\n {"crypto": 9}}}',
         ['p.json:3: executive.learns.crypto.level: "9" is too large.']),
        ('{"mentor":' * 20_000, ["p.json:1: The text is nested more than 40 levels"]),
        ('{"mentor": {"name": "A" "id": "x"}}', ["p.json:1: A comma is missing."]),
        ('{"mentor": {"name": "A', ["p.json:1: A text is never closed."]),
        ("", ["p.json:1: The file is empty."]),
        ("null", ["p.json:1: The file is empty."]),
        ("[1]", ["p.json:1: This is a list, not a pair."]),
        ('{"mentor": {"name": "A", "id": "a", "id\\u0001": "b"}, "executive": {"name": "Cy"}}', ["p.json:1: mentor: The field 'id' stands"]),
    ],
)
def test_json_to_mend(tmp_path: Path, text: str, begins: list[str]) -> None:
    """JSON is held to the same rules, with lines, and without the words of a parser."""
    told = _faults(tmp_path, text, "p.json")
    assert len(told) == len(begins), told
    for fault, start in zip(told, begins, strict=True):
        assert fault.startswith(start), told


def test_norway_is_not_false(tmp_path: Path) -> None:
    """NO, off and 007 stay the text that was written."""
    (tmp_path / "p.yaml").write_text("mentor: {name: NO, languages: [no], goals: yes}\nexecutive: {name: 007, role: off}\n")
    pair = read_pair(tmp_path / "p.yaml")
    assert (pair.mentor.name, pair.mentor.languages, pair.mentor.goals) == ("NO", ("no",), ("yes",))
    assert (pair.executive.name, pair.executive.role) == ("007", "off")


def test_goals_of_nothing_are_no_goals(cli: Cli, here: Path) -> None:
    """Empty goals and goals of spaces make a guide that quotes nothing."""
    (here / "p.yaml").write_text("mentor: {name: Ana, goals: []}\nexecutive: {name: Bo, goals: ['  ', '']}\n")
    assert read_pair(here / "p.yaml").executive.goals == ()
    answer = cli("guide", "p.yaml", "--topic", "crypto", "--on", "2027-01-14")
    assert (answer.code, len(answer.files)) == (0, 3)
    text = "".join((here / "out" / name).read_text(encoding="utf-8") for name in answer.files)
    assert "“”" not in text
    assert "“ ”" not in text


def test_the_command_line_shows_the_same_faults(cli: Cli, here: Path) -> None:
    """A person paired with themselves, a folder and a missing file, as the command tells them."""
    (here / "p.yaml").write_text("mentor: {name: Ana}\nexecutive: {name: Ana}\n")
    refused(cli("guide", "p.yaml", "--topic", "crypto"), "[people]", "p.yaml:2: executive.id:", "Pair two people")
    refused(cli("guide", here, "--topic", "crypto"), "it is a folder")
    refused(cli("guide", "no.yaml", "--topic", "crypto"), "no.yaml: There is no such file.")
    (here / "people.csv").write_text("name\nAna\n")
    refused(cli("guide", "people.csv", "--topic", "crypto"), "This is a list, not a pair.")


def test_three_hundred_profiles_of_which_twenty_are_bad(cli: Cli, here: Path) -> None:
    """A check of a whole folder lists exactly the twenty, one line each, and counts the others."""
    folder = here / "people"
    folder.mkdir()
    slips = ["name: ''", "name: X{n}\nage: 30", "name: X{n}\nseniority: boss", "name: X{n}\nname: Y{n}", "name: Person 1"]
    bad = set(range(7, 300, 15))
    for n in range(300):
        text = slips[n % len(slips)].format(n=n) if n in bad else f"name: Person {n}"
        (folder / f"{n:03}.yaml").write_text(text + "\n")
    answer = cli("people", "check", folder)
    lines = answer.out.splitlines()
    assert answer.code == 1
    assert {line.partition(".yaml")[0] for line in lines[:-1]} == {f"{n:03}" for n in bad}
    assert len(lines) == len(bad) + 1 == 21
    assert lines[-1].endswith("20 faults")
    with pytest.raises(PeopleError):
        people_in(folder)


def test_one_person_on_both_sides_or_twice_in_a_list(tmp_path: Path) -> None:
    """The same profile twice in one file is a fault, also for a check; in two pair files it is not."""
    (tmp_path / "a.yaml").write_text("mentor: {name: Ana}\nexecutive: {name: Ana}\n")
    (tmp_path / "b.json").write_text('[{"name": "Bo"},\n {"name": "Bo"}]')
    count, faults = check_paths([tmp_path / "a.yaml", tmp_path / "b.json"])
    assert [str(f).partition(" Give")[0] for f in faults] == [
        'a.yaml:2: executive.id: Two people have the id "ana".', 'b.json:2: [1].id: Two people have the id "bo".',
    ]
    assert count == 4
    (tmp_path / "c.yaml").write_text(GOOD)
    (tmp_path / "d.yaml").write_text(GOOD.replace("Bo", "Cy"))
    assert check_paths([tmp_path / "c.yaml", tmp_path / "d.yaml"]) == (4, [])


def test_a_folder_without_profiles_is_told(cli: Cli, here: Path) -> None:
    """Nothing to check is not the same as nothing wrong."""
    answer = cli("people", "check", here)
    assert answer.code == 1
    assert "No profile lies in this folder." in answer.out


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all the files that Hypothesis thinks of."""
    return tmp_path_factory.mktemp("any")


_WORDS = st.sampled_from(["mentor", "executive", "id", "name", "goals", "teaches", "learns", "languages", "Ana", "crypto", "a/b"])
_TEXT = st.text(max_size=60) | st.text(alphabet="mentorxcuiva:{}[],-\n &*!\"'#|>%@\t?~", max_size=120)


def _is_pair_or_told(make: Callable[[], Pair]) -> None:
    told: PeopleError | None = None
    try:
        assert isinstance(make(), Pair)
    except PeopleError as error:
        told = error
    if told:
        assert told.faults
        assert str(told).encode("utf-8")


@settings(max_examples=150, deadline=None)
@given(
    text=_TEXT | st.lists(_WORDS | st.sampled_from(list(":,{}[]-\n ")), max_size=40).map("".join),
    kind=st.sampled_from(["yaml", "json"]),
)
def test_any_text_as_a_pair_file_is_a_pair_or_told(folder: Path, text: str, kind: str) -> None:
    """No text makes reading end in anything but a pair or an error with faults."""
    path = folder / f"any.{kind}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    _is_pair_or_told(lambda: read_pair(path))


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=80), kind=st.sampled_from(["yaml", "json", "csv"]))
def test_any_bytes_as_a_file_of_people_are_people_or_told(folder: Path, content: bytes, kind: str) -> None:
    """Bytes of no encoding at all are told as well, in a table too."""
    path = folder / f"bytes.{kind}"
    path.write_bytes(content)
    _is_pair_or_told(lambda: read_pair(path))
    _, faults = check_paths([path])
    assert all(fault.problem for fault in faults)


_VALUE: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | _WORDS | st.dates() | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS | st.text(max_size=6) | st.integers(), inner, max_size=4),
    max_leaves=12,
)
_PROFILE = st.dictionaries(st.sampled_from(list(Person.model_fields)), _VALUE, max_size=6) | _VALUE


@settings(max_examples=200, deadline=None)
@given(st.fixed_dictionaries({"mentor": _PROFILE, "executive": _PROFILE}, optional={"id": _VALUE}) | st.dictionaries(_WORDS, _VALUE))
def test_any_data_is_a_pair_or_told(data: dict[str, Any]) -> None:
    """Data from elsewhere ends in a pair or in a PeopleError, never in anything else."""
    _is_pair_or_told(lambda: pair_from(data, "request"))
