"""Writes examples/procurement-stablecoin.{shared,mentor,executive}.json: the contract, as real files.

``python -m tools.examples`` writes them. The day they are made on is fixed, so that they change only
when guides do. tests/test_examples.py holds their keys to today's code, and leaves the texts alone.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

from guidegen.domain.guide import Guide
from guidegen.domain.session import Session
from guidegen.domain.views import Audience, GuideView, cut
from guidegen.guides import Parts

ROOT = Path(__file__).resolve().parent.parent
PAIR = ROOT / "examples/procurement-stablecoin.yaml"
MADE_ON = date(2026, 11, 21)
SESSION = Session(on=date(2027, 1, 14), minutes=60)
TOPIC = "crypto"


def example_guide(parts: Parts) -> Guide:
    """The guide of the first example: the same that `make guide` makes."""
    from guidegen.guides import make_guide
    from guidegen.people import read_pair

    return make_guide(parts, read_pair(PAIR), TOPIC, SESSION, today=MADE_ON)


def example_views(parts: Parts) -> dict[Path, GuideView]:
    """Where each example file stands, and the view it holds; the coordinator's copy is not among them."""
    guide = example_guide(parts)
    printed: list[Audience] = [audience for audience in get_args(Audience) if audience != "full"]
    return {PAIR.with_suffix(f".{audience}.json"): cut(guide, audience) for audience in printed}


def main() -> None:
    """Write the files."""
    from guidegen.rendering import render
    from guidegen.wiring import parts

    for path, view in example_views(parts()).items():
        path.write_bytes(render(view, "json"))


if __name__ == "__main__":
    main()
