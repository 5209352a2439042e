"""The corpus: read, validated (every fault at once, with file and line), overlaid, checked."""

from guidegen.library.checks import Report, check
from guidegen.library.corpus import CorpusLibrary, Spot
from guidegen.library.reading import read, survey
from guidegen.library.schemas import schema
from guidegen.library.staleness import Due, stale

__all__ = ["CorpusLibrary", "Due", "Report", "Spot", "check", "read", "schema", "stale", "survey"]
