"""Whatever can be listed is documented; what can be written from the code is; what is shown works."""

from __future__ import annotations

import json
import re
import shlex
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guidegen import errors
from guidegen.domain.formats import BlockKind
from guidegen.domain.people import Person
from guidegen.domain.session import Place, SessionKind
from guidegen.domain.views import Audience
from guidegen.guides import Parts
from guidegen.language.grammar import SLOTS, WORKSHOP_SLOTS
from guidegen.settings import Settings, variable
from tools.models import reached_from, rows
from tools.pages import PAGES, command_line, commands, corpus_files, is_argument

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
COORDINATORS = (ROOT / "docs/for-coordinators.md").read_text(encoding="utf-8")
DEVELOPERS = (ROOT / "docs/for-developers.md").read_text(encoding="utf-8")
CORPUS = (ROOT / "corpus/README.md").read_text(encoding="utf-8")
PROSE = [ROOT / "README.md", ROOT / "corpus/README.md", *sorted(ROOT.glob("docs/*.md"))]


def _table(text: str, heading: str) -> list[str]:
    """The first cells of the table whose header row begins with ``heading``, without backticks."""
    after = text.split(f"\n| {heading} |", 1)[1].split("\n", 1)[1]
    lines = after[: after.index("\n\n")].splitlines()
    return [line.split("|")[1].strip().strip("`") for line in lines if not line.startswith("|---")]


def _blocks(*kinds: str) -> Iterator[tuple[Path, str]]:
    """Every fenced block of the docs whose info string is one of ``kinds``."""
    for page in PROSE:
        for kind, body in re.findall(r"(?ms)^```([^\n]*)\n(.*?)^```$", page.read_text(encoding="utf-8")):
            if kind in kinds:
                yield page, body


# --- listed -----------------------------------------------------------------------------------------


def test_every_setting_is_documented_and_no_other() -> None:
    """The table of settings has each field with its variable, and nothing that is gone."""
    for field in Settings.model_fields:
        assert f"| `{field}` | `{variable(field)}` |" in SETTINGS
    listed = set(re.findall(r"`(GUIDEGEN_[A-Z_]+)`", SETTINGS)) - {"GUIDEGEN_CONFIG"}
    assert listed == {variable(field) for field in Settings.model_fields}


def _codes(cls: type[errors.GuidegenError]) -> set[str]:
    own = {cls.code} if cls.__module__ == "guidegen.errors" else set()
    return own.union(*(_codes(child) for child in cls.__subclasses__()))


def test_every_error_code_is_documented_and_no_other() -> None:
    """The table of errors has each code once, and nothing that is gone."""
    assert sorted(_table(SETTINGS, "code")) == sorted(_codes(errors.GuidegenError))


def test_every_problem_of_the_api_is_documented_with_its_status() -> None:
    """The table of problems has each code, its HTTP status and its title."""
    from api.problems import KINDS

    for code, kind in KINDS.items():
        assert f"| `{code}` | {kind.status} | {kind.title} |" in DEVELOPERS
    assert _table(DEVELOPERS, "code") == list(KINDS)


def test_every_address_of_the_api_is_documented() -> None:
    """The table of addresses is what OpenAPI lists."""
    from api.main import create_app

    paths = create_app(settings=Settings()).openapi()["paths"]
    offered = {f"{method.upper()} {path}" for path, found in paths.items() for method in found}
    assert set(_table(DEVELOPERS, "address")) == offered


def test_every_public_name_is_documented() -> None:
    """The table of the library is __all__."""
    import guidegen

    assert _table(DEVELOPERS, "name") == guidegen.__all__


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("field", tuple(Person.model_fields)),
        ("`--session`", typing.get_args(SessionKind)),
        ("`--place`", typing.get_args(Place)),
        ("`--view`", typing.get_args(Audience)),
    ],
)
def test_every_choice_is_in_the_coordinators_page(heading: str, known: tuple[str, ...]) -> None:
    """Fields of a profile, session kinds, places and views stand in their tables, and no other."""
    assert sorted(_table(COORDINATORS, heading)) == sorted(known)


def test_every_file_format_is_in_the_coordinators_page() -> None:
    """The table of formats is what rendering can make."""
    from guidegen.rendering import FORMATS

    assert sorted(_table(COORDINATORS, "`--format`")) == sorted(FORMATS)


def test_every_session_format_is_in_the_coordinators_page() -> None:
    """The table of --as is what the corpus holds for pairs."""
    from guidegen.library import survey

    formats = survey(ROOT / "corpus")[0].shelf.formats
    assert sorted(_table(COORDINATORS, "`--as`")) == sorted(form.id for form in formats)


def test_every_note_and_warning_is_explained() -> None:
    """Each code that planning, retrieval or writing gives stands in the coordinators' tables."""

    def given(*rooms: str) -> set[str]:
        code = "\n".join(p.read_text(encoding="utf-8") for r in rooms for p in ROOT.glob(f"guidegen/{r}"))
        return set(re.findall(r'\bcode="([a-z-]+)"', code))

    assert set(_table(COORDINATORS, "note")) == given("planning/fit.py")
    assert set(_table(COORDINATORS, "warning")) == given("retrieval/gather.py", "writing/finish.py")


@pytest.mark.parametrize("view", ["mentor", "executive"])
def test_every_part_of_a_copy_is_in_its_readers_page(view: str) -> None:
    """Whoever opens their copy finds each of its headings explained."""
    from guidegen.rendering.parts import ORDER
    from guidegen.rendering.words import TITLES

    page = (ROOT / f"docs/for-{view}s.md").read_text(encoding="utf-8")
    titles = [TITLES[part].format(minutes=15) for part in (*ORDER[view], "sources") if part in TITLES]
    other = {"Before you meet": "The primer"}
    plain = " ".join(page.split()).lower()
    assert [t for t in titles if other.get(t, t).lower().removeprefix("the ") not in plain] == []


def test_every_make_target_is_documented() -> None:
    """The table of targets is what the Makefile declares."""
    declared = (ROOT / "Makefile").read_text(encoding="utf-8").split(".PHONY:")[1].splitlines()[0].split()
    working = (ROOT / "docs/working.md").read_text(encoding="utf-8")
    assert sorted(_table(working, "target")) == sorted(f"make {name}" for name in declared)


def test_every_command_is_shown_in_use() -> None:
    """Beside docs/cli.md, a page for people shows every command, or its group."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PROSE if page.name != "cli.md")
    assert [name for name, _ in commands(command_line()) if " ".join(name.split()[:2]) not in pages] == []


def test_the_corpus_standard_names_every_tag_slot_section_and_kind_of_block() -> None:
    """corpus/README.md lists the closed lists of the corpus as it is, and no other sections."""
    from guidegen.library import survey

    shelf = survey(ROOT / "corpus")[0].shelf
    tags = [tag.id for part in (shelf.tags.functions, shelf.tags.intents, shelf.tags.lenses) for tag in part]
    slots = [f"{{{slot}}}" for slot in (*SLOTS, *WORKSHOP_SLOTS)]
    assert [name for name in (*tags, *slots, *typing.get_args(BlockKind)) if f"`{name}`" not in CORPUS] == []
    table = CORPUS.split("\n| section |")[1].split("\n\n")[0]
    listed = set(re.findall(r"`([a-z.-]+)`", table)) - {"question.why."}
    used = {p.section for p in shelf.phrases}
    assert listed == {s for s in used if not s.startswith("question.why.")} | {"question.why.any"}
    assert {s.removeprefix("question.why.") for s in used - listed} <= {tag.id for tag in shelf.tags.intents}


# --- written from the code ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(PAGES))
def test_written_pages_are_up_to_date(name: str) -> None:
    """`make docs` would change nothing: commands and options, fields of the JSON, keys of the corpus."""
    assert (ROOT / name).read_text(encoding="utf-8") == PAGES[name](), "run make docs"


def test_every_field_of_a_view_and_every_key_of_the_corpus_is_described() -> None:
    """No field of the contract and no key of the corpus is left without a word."""
    from guidegen.domain.views import GuideView, PrimerView
    from guidegen.domain.workshop import WorkshopView

    roots = [GuideView, PrimerView, WorkshopView, Person, *(model for _, _, model, _ in corpus_files())]
    bare = [f"{m.__name__}.{row.name}" for m in reached_from(*roots) for row in rows(m) if not row.about]
    assert bare == []


def test_every_schema_of_the_corpus_has_its_keys_on_the_page() -> None:
    """Each property that an editor completes stands in docs/corpus-keys.md."""
    from guidegen.library.schemas import schemas

    page = (ROOT / "docs/corpus-keys.md").read_text(encoding="utf-8")
    found = set(re.findall(r'"properties": \{"([^"]+)"', json.dumps(schemas())))
    for schema in schemas().values():
        for part in (schema, *schema.get("$defs", {}).values()):
            found |= set(part.get("properties", {}))
    assert [key for key in sorted(found) if f"| `{key}` |" not in page] == []


# --- shown, and works -----------------------------------------------------------------------------------


def _command_lines() -> Iterator[tuple[str, list[str]]]:
    plain = [(page, body) for page, body in _blocks("") if page.name == "README.md"]
    for page, body in (*_blocks("sh", "sh run"), *plain):
        for line in body.replace("\\\n", " ").splitlines():
            for part in re.split(r";\s*(?:do\s+)?", line):
                if part.strip().startswith("guidegen ") :
                    yield f"{page.name}: {part.strip()}", shlex.split(part, comments=True)[1:]


def test_every_command_shown_exists() -> None:
    """Each command line in the docs names a command and options that are there."""
    shown = list(_command_lines())
    assert len(shown) > 12
    for where, words in shown:
        command = command_line()
        while hasattr(command, "commands"):
            assert words[0] in command.commands, where
            command = command.commands[words.pop(0)]
        known = {option for p in command.params if not is_argument(p) for option in (*p.opts, *p.secondary_opts)}
        assert {w for w in words if re.match(r"--?[a-z]", w)} <= known | {"--help"}, where


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: Parts) -> Path:
    """A folder in which the docs' relative paths lead to the examples, with the corpus read already."""
    from guidegen import wiring

    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(wiring, "parts", lambda _=None: parts)
    return tmp_path


def test_commands_marked_to_run_do_run(checkout: Path) -> None:
    """Each line of a block marked ``sh run`` ends well and says something."""
    from typer.testing import CliRunner

    from guidegen.cli import app

    lines = [shlex.split(line)[1:] for _, body in _blocks("sh run") for line in body.splitlines()]
    assert len(lines) >= 6
    for words in lines:
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, (words, done.output, done.exception)
        assert done.stdout.strip()
    assert list((checkout / "out").glob("*.pdf"))


def test_python_shown_runs(checkout: Path) -> None:
    """The library's example in the docs runs as it stands."""
    shown = list(_blocks("python"))
    assert shown
    for _, body in shown:
        names: dict[str, Any] = {}
        exec(compile(body, "docs", "exec"), names)
        assert names["page"].startswith(b"<!")


def test_many_pairs_are_made_from_two_tables_and_carried_on(checkout: Path) -> None:
    """examples/many makes every pair's guides, and leaves alone what is there."""
    import runpy

    script = runpy.run_path(str(ROOT / "examples/many/make.py"))
    tables = [str(ROOT / "examples/many" / name) for name in ("people.csv", "pairs.csv")]
    script["main"](*tables, "out")
    made = sorted((checkout / "out").iterdir())
    assert len(made) == 6
    made[0].write_text("mine")
    made[1].unlink()
    script["main"](*tables, "out")
    assert made[0].read_text() == "mine"
    assert made[1].exists()


def _curl(line: str) -> tuple[str, dict[str, str], str | None]:
    """Address, headers and body of a curl command."""
    words = iter(shlex.split(line)[1:])
    address, headers, body = "", {}, None
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word in ("-d", "--data"):
            body = next(words)
        elif word == "-o":
            next(words)
        elif not word.startswith("-"):
            address = word
    return address, headers, body


def test_curl_examples_work(parts: Parts) -> None:
    """Each curl command of the docs gets what it asks for."""
    from fastapi.testclient import TestClient

    from api.main import create_app

    shown = "\n".join(body.replace("\\\n", " ") for _, body in _blocks("sh curl"))
    calls = [_curl("curl " + part) for part in re.split(r"(?m)^curl ", shown)[1:]]
    assert len(calls) >= 6
    app = create_app(parts_factory=lambda _: parts, settings=Settings())
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        for address, headers, body in calls:
            if address.endswith("/readyz"):
                client.get("/v1/topics")  # waits until the corpus is read
            answer = client.request("POST" if body else "GET", address, headers=headers, content=body)
            assert answer.status_code == 200, (address, answer.text)
            wanted = headers.get("Accept", "application/json")
            assert answer.headers["content-type"].startswith(wanted)


def test_the_worked_example_of_the_corpus_standard_is_without_fault(tmp_path: Path) -> None:
    """The files shown in corpus/README.md, laid over the corpus, have no fault and no advice but on amounts."""
    from guidegen.library import check

    shown = re.findall(r"(?s)\*\*`([\w./-]+)`\*\*\n```\w+\n(.*?)```\n", CORPUS)
    assert len(shown) == 7
    for name, body in shown:
        path = tmp_path / "ours" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
    report = check(ROOT / "corpus", tmp_path / "ours", complete=False)
    own = [str(f) for f in (*report.faults, *report.advice) if "ours/" in f.file]
    assert [text for text in own if not re.search(r": \d+ of \d+\.", text)] == []
    assert any("Passages: 1 of 10" in text for text in own)


# --- images ---------------------------------------------------------------------------------------------


def test_images_are_there_and_small() -> None:
    """Every image of the docs is made by tools/images.py, is shown somewhere and is under 250 kB."""
    from tools.images import IMAGES, MAX_BYTES

    found = {path.name: path for path in IMAGES.iterdir()}
    shown = {name for page in PROSE for name in re.findall(r"images/([\w-]+\.png)", page.read_text(encoding="utf-8"))}
    assert set(found) == shown
    for path in found.values():
        assert path.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
        assert path.stat().st_size <= MAX_BYTES
