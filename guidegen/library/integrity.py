"""What must hold between the items of a corpus before anything can be made from it."""

from __future__ import annotations

from guidegen.errors import Fault
from guidegen.library.corpus import CorpusLibrary


def faults_between(library: CorpusLibrary) -> list[Fault]:
    """Unknown tags, ids outside their topic, references to nothing, circles, unknown slots."""
    return []
