"""Pairs and profiles: the short way and the long way in, every fault at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidegen.domain.people import Pair
from guidegen.errors import PeopleError
from guidegen.people import (
    check_paths,
    pair_from,
    people_in,
    person_from,
    read_pair,
    read_pair_or_person,
    slug,
)

PAIR = """\
mentor:
  name: Zoë O'Brien
  pronouns: She / Her
  seniority: early
  teaches: [crypto, Generative AI]
  goals: To see how a board decides
  languages: de
  time_zone: Europe/Berlin
executive:
  name: 李明
  email: li@example.org
  learns: {crypto: 1, web3: {level: 2, experience: personal}}
  off_limits: [family, family, ""]
  context:
"""


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _faults(text: str, folder: Path) -> dict[str, str]:
    with pytest.raises(PeopleError) as caught:
        read_pair(_write(folder, "p.yaml", text))
    return {f.field: f"{f.line}: {f.problem} {f.remedy}" for f in caught.value.faults}


def test_the_short_way_becomes_the_long_way(tmp_path: Path) -> None:
    """Lists of topics get levels, single texts become lists, ids come from names."""
    pair = read_pair(_write(tmp_path, "p.yaml", PAIR))
    assert (pair.mentor.id, pair.mentor.pronouns) == ("zoe-obrien", "she/her")
    assert {t: s.level for t, s in pair.mentor.teaches.items()} == {"crypto": 3, "generative-ai": 3}
    assert {t: (s.level, s.experience) for t, s in pair.executive.learns.items()} == {
        "crypto": (1, None), "web3": (2, "personal"),
    }
    assert pair.mentor.goals == ("To see how a board decides",)
    assert pair.executive.off_limits == ("family",)
    assert pair.executive.context is None
    assert pair.id == f"{pair.mentor.id}-{pair.executive.id}"
    assert person_from({"name": "A", "learns": ["crypto"]}, "request").learns["crypto"].level == 0


def test_yaml_json_and_data_say_the_same(tmp_path: Path) -> None:
    """The same pair is the same, whichever door it comes through."""
    data = {"id": "p1", "mentor": {"name": "Ana", "teaches": {"crypto": 4}}, "executive": {"name": "Bo"}}
    text = json.dumps(data)
    assert read_pair(_write(tmp_path, "p.json", text)) == pair_from(data, "request") == read_pair(
        _write(tmp_path, "p.yaml", text)
    )


def test_every_fault_at_once(tmp_path: Path) -> None:
    """Faults of both profiles come in one error, with line and remedy."""
    text = PAIR.replace("seniority: early", "seniority: boss").replace("languages: de", "langauges: de")
    text = text.replace("Europe/Berlin", "Europe/Berln").replace("level: 2", "level: 7").replace("@", " at ")
    faults = _faults(text.replace("  goals:", "  age: 25\n  goals:"), tmp_path)
    assert faults["mentor.seniority"].startswith("4: ")
    assert "early, mid, senior, executive" in faults["mentor.seniority"]
    assert "'languages'" in faults["mentor.langauges"]
    assert "Europe/Berlin" in faults["mentor.time_zone"]
    assert "by design" in faults["mentor.age"]
    assert faults["executive.email"].startswith("12: ")
    assert "4 or less" in faults["executive.learns.web3.level"]


@pytest.mark.parametrize(
    ("old", "new", "field", "says"),
    [
        ("executive:\n", "executve:\n", "executve", "'executive'"),
        ("  name: 李明\n", "", "executive.name", "missing"),
        ("  name: 李明\n", "  name: '  '\n", "executive.name", "missing"),
        ("name: 李明", "name: Zoë O'Brien", "executive.id", "same id"),
        ("  name: 李明\n", "  name: 李明\n  id: ../../x\n", "executive.id", "cannot be an id"),
        ("mentor:\n", "id: a/b\nmentor:\n", "id", "cannot be an id"),
        ("She / Her", "her", "mentor.pronouns", "a/b"),
        ("languages: de", "languages: [German!]", "mentor.languages[0]", "language code"),
        ("[crypto, Generative AI]", "[crypto, Crypto]", "mentor.teaches.Crypto", "twice"),
        ("[crypto, Generative AI]", "[c/r]", "mentor.teaches.c/r", "topic id"),
        ("  goals: To see", "  gender: x\n  goals: To see", "mentor.gender", "by design"),
        ("  goals: To see", "  Date-of-Birth: x\n  goals: To see", "mentor.Date-of-Birth", "by design"),
        ("To see how", "To see " + "x" * 4000 + " how", "mentor.goals", "characters"),
        ("li@example.org", "[a, b]", "executive.email", "text"),
        ("goals: To see how a board decides", "goals: {a: b}", "mentor.goals", "list"),
    ],
)
def test_slips(tmp_path: Path, old: str, new: str, field: str, says: str) -> None:
    """Each slip is told at its field, in plain words."""
    assert old in PAIR
    assert says in _faults(PAIR.replace(old, new, 1), tmp_path)[field]


def test_caps_hold_before_and_after_normalising() -> None:
    """A text that grows over the cap when composed anew is refused; so is a list of 51."""
    growing = "\U0001d160" * 1500  # composes into three characters each
    assert len(growing) < 4000
    with pytest.raises(PeopleError):
        person_from({"name": "A", "context": growing}, "request")
    with pytest.raises(PeopleError):
        person_from({"name": "A", "goals": [str(n) for n in range(51)]}, "request")


def test_names_are_composed() -> None:
    """The same name in two Unicode forms is one name and one id."""
    one, two = (person_from({"name": n}, "request") for n in ("Jose\u0301", "Jos\u00e9"))
    assert (one.name, one.id) == (two.name, two.id) == ("José", "jose")


@pytest.mark.parametrize(
    ("name", "made"),
    [("Łukasz Żółć", "lukasz-zolc"), ("Søren Ægir", "soren-aegir"), ("Groß", "gross"), ("D’Arcy", "darcy")],
)
def test_slugs(name: str, made: str) -> None:
    """European letters become plain ones."""
    assert slug(name) == made


def test_slugs_of_other_scripts_differ() -> None:
    """Names in other scripts get a stable id of their own."""
    assert slug("李明") != slug("李红") == slug("李红")
    assert slug("李 Ming") != "ming"


@pytest.mark.parametrize("text", ["", "[]", "just words", "mentor: x\nexecutive: [1]", "mentor:\nexecutive:\n", "a: [b"])
def test_what_is_no_pair(tmp_path: Path, text: str) -> None:
    """Anything else is an error with a fault, never a crash."""
    assert _faults(text, tmp_path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing file, a folder, Latin-1 and a huge file are told with a remedy."""
    (tmp_path / "latin.yaml").write_bytes("name: Zoë".encode("latin-1"))
    (tmp_path / "big.yaml").write_bytes(b"#" * 1_000_001)
    for name, says in (("no.yaml", "no such file"), (".", "cannot be read"), ("latin.yaml", "UTF-8"), ("big.yaml", "1 MB")):
        with pytest.raises(PeopleError, match=says):
            read_pair(tmp_path / name)


def test_a_pair_or_a_person(tmp_path: Path) -> None:
    """A file with a mentor or an executive is a pair, any other a profile."""
    assert isinstance(read_pair_or_person(_write(tmp_path, "p.yaml", PAIR)), Pair)
    assert read_pair_or_person(_write(tmp_path, "a.yaml", "name: Ana\n")).id == "ana"
    with pytest.raises(PeopleError):
        read_pair_or_person(_write(tmp_path, "half.yaml", "mentor: {name: Ana}\n"))


def test_a_folder_of_everyone(tmp_path: Path) -> None:
    """Profiles of all kinds of file come together; two people with one id are told."""
    _write(tmp_path, "a.yaml", "name: Ana\n")
    _write(tmp_path, "b.json", '[{"name": "Bo"}, {"name": "Cy"}]')
    _write(tmp_path, "c.csv", "name,teaches\nDi,crypto:4\n")
    _write(tmp_path, "notes.txt", "not read")
    assert [p.name for p in people_in(tmp_path)] == ["Ana", "Bo", "Cy", "Di"]
    _write(tmp_path, "e.yaml", "name: Ana\nrole: another\n")
    with pytest.raises(PeopleError, match=r"a\.yaml:1"):
        people_in(tmp_path)
    count, faults = check_paths([tmp_path, tmp_path / "none.yaml"])
    assert (count, len(faults)) == (5, 2)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3), max_leaves=6,
)
_FIELDS = st.sampled_from(["name", "id", "teaches", "learns", "goals", "languages", "pronouns", "email", "age", "x"])


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(_FIELDS, _VALUES, max_size=5))
def test_any_data_is_a_person_or_told(data: dict[str, object]) -> None:
    """Whatever a profile holds, there is a person or a PeopleError with faults."""
    try:
        found = person_from(data, "request").name
    except PeopleError as error:
        found = str(error.faults[0])
    assert found
