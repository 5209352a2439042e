"""Doctor: is everything here that a guide needs? Each finding says what to do where it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from guidegen import wiring
from guidegen.errors import GuidegenError, RenderError


class Finding(NamedTuple):
    """One thing looked at."""

    what: str
    ok: bool
    result: str


def _look(what: str, probe: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, probe())
    except GuidegenError as error:
        return Finding(what, False, str(error))


def _corpus() -> str:
    chosen = wiring.settings()
    books = wiring.library(chosen)
    items = sum(len(topic.items()) for topic in books.topics.values())
    return f"{len(books.topics)} topics, {items} items, {len(books.sources)} sources, in {chosen.corpus}"


def _search() -> str:
    parts = wiring.parts()
    hits = parts.index.search("where do we start", 1)
    return f"the embedding model and the index work ({len(hits)} hit for a test question)"


def _pdf() -> str:
    """The fonts of every script we ship, and the PDF compiler, loaded for real."""
    from guidegen.rendering.fonts import load, needed

    folders, _ = needed("Guide \u0428 \u5c71 \u0645 \u05d0", "en")
    try:
        load(folders)
    except (ImportError, OSError) as error:
        raise RenderError(
            f"PDFs cannot be made: {error}.", remedy="Install guidegen again; fonts and compiler come with it."
        ) from error
    return f"the PDF compiler and {len(folders)} font families are here"


def examine() -> Iterator[Finding]:
    """Findings one by one: settings, corpus, search, documents."""
    yield _look("settings", lambda: f"cache in {wiring.settings().cache}")
    yield _look("corpus", _corpus)
    yield _look("search", _search)
    yield _look("documents", _pdf)
    yield Finding("model", True, "none chosen: guides are composed from the corpus, with no key and no network")
