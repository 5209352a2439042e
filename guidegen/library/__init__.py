"""The corpus: read, validated (every fault at once, with file and line), overlaid, checked."""

from guidegen.library.corpus import CorpusLibrary, Spot
from guidegen.library.reading import read, survey

__all__ = ["CorpusLibrary", "Spot", "read", "survey"]
