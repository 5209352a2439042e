"""What is kept between runs: the answers of language models. The only SQL in the house."""

from guidegen.storage.answers import MAX_BYTES, SqlAnswerStore

__all__ = ["MAX_BYTES", "SqlAnswerStore"]
