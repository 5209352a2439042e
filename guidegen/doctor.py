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


GUIDE_TOKENS = "about 13,000 tokens in and up to 3,500 out for a 60-minute guide, before anything is asked again"
PROBE_SECONDS = 60.0


def _model() -> Iterator[Finding]:
    """One tiny call per mode: what the endpoint honours, and what a guide costs."""
    from guidegen.llm.probe import probe, strictest

    chosen = wiring.settings()
    if chosen.model is None:
        yield Finding("model", True, "none chosen: guides are composed from the corpus, with no key and no network")
        return
    try:
        found = probe(wiring.chat(chosen), lambda: wiring.deadline(PROBE_SECONDS))
    except GuidegenError as error:
        yield Finding("model", False, str(error))
        return
    best = strictest(found)
    for one in found:
        yield Finding(f"model, {one.mode}", best is not None or one.state != "failed", f"{one.state}: {one.says}")
    if best is None:
        yield Finding("model", False, f"{chosen.model} gives no JSON; guides stay composed. Choose another model.")
    else:
        yield Finding("model", True, f"{chosen.model}: set model_mode to {best}. {GUIDE_TOKENS}")


def examine() -> Iterator[Finding]:
    """Findings one by one: settings, corpus, search, documents, model."""
    yield _look("settings", lambda: f"cache in {wiring.settings().cache}")
    yield _look("corpus", _corpus)
    yield _look("search", _search)
    yield _look("documents", _pdf)
    try:
        yield from _model()
    except GuidegenError as error:
        yield Finding("model", False, str(error))
