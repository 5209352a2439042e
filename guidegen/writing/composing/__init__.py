"""The sections of a composed guide, one module each; ``composed.py`` puts them together."""
