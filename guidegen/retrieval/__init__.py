"""Search over the corpus: embedding, the index, fusion of words and meaning, and routing to a topic."""
