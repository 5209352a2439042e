"""Plan and evidence to words: the composed writer, its checks, and the finishing of a guide."""
