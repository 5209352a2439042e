"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from guidegen.errors import OutputError
from guidegen.files import write_file


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    """The content arrives byte for byte, in folders made on the way, and nothing is left beside it."""
    path = write_file(tmp_path / "a" / "b" / "guide.md", b"content " * 1000)
    assert path.read_bytes() == b"content " * 1000
    assert [p.name for p in path.parent.iterdir()] == ["guide.md"]


@pytest.mark.parametrize(("number", "word"), [(errno.ENOSPC, "full"), (errno.EACCES, "permission")])
def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, word: str
) -> None:
    """When the disk refuses, the old file stands, no scratch file is left, and the error says why."""
    path = write_file(tmp_path / "guide.md", b"old")

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OutputError, match=word):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["guide.md"]
