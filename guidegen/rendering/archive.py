"""Zip files whose bytes depend on nothing but their content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable


def packed(members: Iterable[tuple[str, bytes]], made_on: str) -> bytes:
    """A zip of (name, data) with every member dated ``made_on`` (ISO), 1980 at the earliest."""
    year, month, day = (int(part) for part in made_on.split("-"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            entry = zipfile.ZipInfo(name, (max(year, 1980), month, day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def repacked(data: bytes, made_on: str) -> bytes:
    """The same zip with its members dated ``made_on``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    return packed(members, made_on)
