"""Settings that cannot be used: which, where it was set, and what to write instead, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidegen.doctor import examine
from guidegen.errors import SettingsError
from guidegen.settings import load
from tests.bad_input.conftest import Cli, refused


def _told(folder: Path, environ: dict[str, str], toml: str | bytes = "") -> str:
    (folder / "guidegen.toml").write_bytes(toml if isinstance(toml, bytes) else toml.encode())
    with pytest.raises(SettingsError) as caught:
        load(environ, folder)
    assert caught.value.remedy
    return str(caught.value)


def test_every_bad_value_at_once_with_its_place(tmp_path: Path) -> None:
    """Faults of variables and of the file come together: variables by name, the file by line."""
    (tmp_path / "file").write_text("")
    told = _told(
        tmp_path,
        {"GUIDEGEN_PORT": "abc", "GUIDEGEN_THREADS": "0", "GUIDEGEN_OVERLAY": "/nowhere", "GUIDEGEN_CACHE": str(tmp_path / "file" / "x"),
         "GUIDEGEN_PROT": "8000"},
        "prot = 1\n\nallowed_hosts = 'x'\ncorpus = 'nowhere'\nhost = ''\n[section]\n",
    )
    for part in (
        'GUIDEGEN_PORT: "abc" is not a whole number.', 'GUIDEGEN_THREADS: "0" is too small. Use 1 or more.',
        "GUIDEGEN_OVERLAY: There is no folder /nowhere.", "GUIDEGEN_CACHE: ", "is or lies in a file.",
        "GUIDEGEN_PROT: There is no such setting. Did you mean GUIDEGEN_PORT?",
        "guidegen.toml:1: prot: This field is not known. Did you mean 'port'?", "guidegen.toml:3: allowed_hosts: This must be a list.",
        "guidegen.toml:4: corpus: There is no folder nowhere.", "guidegen.toml:5: host: ", "guidegen.toml:6: section: This field is not known.",
    ):
        assert part in told, told


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("port = ", "is not valid TOML: Invalid value"), ("port = 1\nport = 2\n", "is not valid TOML"), (b"\xff", "is not UTF-8"),
        ("port 8000", "line 1"), ("threads = true\n", 'threads: "true" is not a whole number'), ("port = 99999\n", "65535 or less"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, toml: str | bytes, says: str) -> None:
    """A malformed guidegen.toml is named with what is wrong in it."""
    assert says in _told(tmp_path, {}, toml)


def test_a_named_file_that_is_not_there(tmp_path: Path) -> None:
    """GUIDEGEN_CONFIG that leads nowhere, or to a folder, is an error and not silence."""
    for target in (tmp_path / "no.toml", tmp_path):
        assert "cannot be read" in _told(tmp_path, {"GUIDEGEN_CONFIG": str(target)})


def test_an_empty_variable_is_unset(tmp_path: Path) -> None:
    """An empty cache or overlay does not become the working folder."""
    found = load({"GUIDEGEN_CACHE": "", "GUIDEGEN_OVERLAY": " ", "GUIDEGEN_PORT": ""}, tmp_path)
    assert (found.overlay, found.port) == (None, 8000)
    assert found.cache != Path()


def test_commands_say_so_and_do_nothing(cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line ends with 1 and the list; doctor shows it as a finding."""
    monkeypatch.setenv("GUIDEGEN_PORT", "abc")
    (here / "guidegen.toml").write_text("thread = 2\n")
    refused(cli("topics"), "[settings]", "GUIDEGEN_PORT:", "guidegen.toml:1: thread:", "docs/settings.md", code=1)
    finding = next(examine())
    assert (finding.what, finding.ok) == ("settings", False)
    assert "GUIDEGEN_PORT:" in finding.result


@pytest.mark.parametrize("port", ["abc", "0", "99999"])
def test_serve_refuses_an_impossible_port(cli: Cli, port: str) -> None:
    """A port that is none is told before anything is served."""
    answer = cli("serve", "--port", port)
    assert answer.code == 2
    assert "--port" in answer.err
