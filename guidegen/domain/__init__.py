"""Nouns and ports: pydantic and the standard library, frozen, no I/O."""
