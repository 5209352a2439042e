"""What the checks of a model's answer are made of, one module each; ``model_checks.py`` puts them together."""
