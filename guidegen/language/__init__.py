"""Language: the lexicon of bias, lint, grammar of framing lines, ages, limits, arrangements. Pure."""
