"""Disks that say no: the old file is whole, nothing is left lying about, and the message helps."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from guidegen.errors import OutputError
from guidegen.files import write_file
from tests.bad_input.conftest import PAIR, ROOT, Cli


def _refusing(number: int) -> Callable[..., Any]:
    def refuse(*_: object, **__: object) -> Any:
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize("call", ["os.replace", "os.fsync", "os.chmod", "tempfile.mkstemp"])
@pytest.mark.parametrize(
    ("number", "says"), [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "there is no permission"), (errno.EROFS, "read-only")]
)
def test_a_refusing_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, says: str
) -> None:
    """Whichever step the disk refuses, the old file is unharmed and no other file is there."""
    path = tmp_path / "guide.md"
    write_file(path, b"old")
    room, _, name = call.partition(".")
    monkeypatch.setattr({"os": os, "tempfile": tempfile}[room], name, _refusing(number))
    with pytest.raises(OutputError, match=says) as caught:
        write_file(path, b"new")
    monkeypatch.undo()
    assert "--out" in caught.value.remedy
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"guide.md": b"old"}


def test_a_disk_that_fills_while_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same when the very bytes do not fit."""
    path = write_file(tmp_path / "guide.md", b"old")

    class Full:
        def __init__(self, handle: int, _mode: str) -> None:
            os.close(handle)

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None: ...

        write = staticmethod(_refusing(errno.ENOSPC))

    monkeypatch.setattr(os, "fdopen", Full)
    with pytest.raises(OutputError, match="the disk is full"):
        write_file(path, b"new")
    monkeypatch.undo()
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"old"]


def test_a_file_where_the_folder_should_be(cli: Cli, here: Path) -> None:
    """A file in the way of the folder, or of a part of it, is named and kept; the exit code is 1."""
    (here / "mine").write_text("keep")
    for out in ("mine", "mine/deeper"):
        answer = cli("guide", PAIR, "--topic", "crypto", "--on", "2027-01-14", "--out", out)
        assert answer.code == 1
        assert answer.err.startswith("error [output]: mine/")
        assert "could not be written: a" in answer.err
        assert "Choose another folder with --out" in answer.err
    assert [p.name for p in here.iterdir()] == ["mine"]
    assert (here / "mine").read_text() == "keep"


def test_no_permission_in_the_command(cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder one may not write to ends a guide with a clear line and no file."""
    monkeypatch.setattr(tempfile, "mkstemp", _refusing(errno.EACCES))
    answer = cli("guide", PAIR, "--topic", "crypto", "--on", "2027-01-14")
    assert (answer.code, answer.files, answer.out) == (1, (), "")
    assert "there is no permission to write there" in answer.err


def test_ctrl_c_leaves_no_part_of_a_file(tmp_path: Path, cache: Path) -> None:
    """A real interrupt while the second file is written: the first is whole, the second is not there, no traceback."""
    code = (
        "import os, signal, sys\n"
        "from guidegen import cli\n"
        "real, calls = os.fsync, []\n"
        "def fsync(handle):\n"
        "    calls.append(1)\n"
        "    if len(calls) == 2: os.kill(os.getpid(), signal.SIGINT)\n"
        "    real(handle)\n"
        "os.fsync = fsync\n"
        f"sys.argv = ['guidegen', 'guide', {str(PAIR)!r}, '--topic', 'crypto', '--on', '2027-01-14', '--out', 'out']\n"
        "cli.main()\n"
    )
    env = {**os.environ, "GUIDEGEN_CACHE": str(cache), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "Stopped. No file was left half-written.\n"), done
    (written,) = (tmp_path / "out").iterdir()
    assert written.name.endswith("-shared.md")
    assert written.read_text(encoding="utf-8").endswith("\n")
