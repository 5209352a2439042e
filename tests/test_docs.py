"""Whatever can be listed is documented: settings, error codes, commands."""

from __future__ import annotations

import re
from pathlib import Path

from guidegen import errors
from guidegen.settings import Settings, variable

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = (ROOT / "docs/settings.md").read_text()


def test_every_setting_is_documented_and_no_other() -> None:
    """The table of settings has each field with its variable, and nothing that is gone."""
    for field in Settings.model_fields:
        assert f"| `{field}` | `{variable(field)}` |" in SETTINGS
    listed = set(re.findall(r"`(GUIDEGEN_[A-Z_]+)`", SETTINGS)) - {"GUIDEGEN_CONFIG"}
    assert listed == {variable(field) for field in Settings.model_fields}


def _codes(cls: type[errors.GuidegenError]) -> set[str]:
    return {cls.code}.union(*(_codes(child) for child in cls.__subclasses__()))


def test_every_error_code_is_documented_and_no_other() -> None:
    """The table of errors has each code once, and nothing that is gone."""
    listed = re.findall(r"(?m)^\| `([a-z-]+)` \| [^`|]+\|$", SETTINGS)
    assert sorted(listed) == sorted(_codes(errors.GuidegenError))


def test_every_command_is_in_the_readme() -> None:
    """The README shows every command of the command line."""
    from guidegen.cli import app

    readme = (ROOT / "README.md").read_text()
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"guidegen {command.callback.__name__}" in readme
    for group in app.registered_groups:
        assert f"guidegen {group.name} " in readme
