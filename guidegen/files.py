"""Writing finished work to disk: whole or not at all, and never over what is there half-way."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from guidegen.errors import OutputError

_REASONS = {
    errno.EACCES: "there is no permission to write there",
    errno.EPERM: "there is no permission to write there",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.EISDIR: "a folder of that name is in the way",
    errno.EEXIST: "a file stands where the folder should be",
    errno.ENOENT: "there is no such place",
    errno.ENAMETOOLONG: "the name is too long for this disk; give the pair a shorter id",
}


def write_file(path: Path, content: bytes) -> Path:
    """Write ``content`` to ``path``, by way of a temporary file beside it.

    Raises OutputError; what stood at ``path`` before is then still there, unharmed.
    """
    scratch: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(prefix=f".{path.name[:40]}-", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes files for the owner alone; a guide gets the rights any new file would get.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(scratch, 0o666 & ~mask)
        os.replace(scratch, path)
        scratch = None
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
        raise OutputError(
            f"{path} could not be written: {reason}.",
            remedy="Choose another folder with --out, or make room, and run the same command again.",
        ) from error
    finally:  # also when the reader presses Ctrl-C
        if scratch is not None:
            with suppress(OSError):
                os.unlink(scratch)
    return path
