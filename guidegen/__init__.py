"""guidegen: session guides for reverse mentoring, every fact cited.

The public API is what stands in ``__all__``; each name is loaded when it is first used, so that
``import guidegen`` stays quick::

    from guidegen import Session, cut, make_guide, parts, read_pair, render, today

    guide = make_guide(parts(), read_pair(path), "crypto", Session(minutes=60), today=today())
    page = render(cut(guide, "mentor"), "html")
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "Action": "guidegen.domain.session",
    "Guide": "guidegen.domain.guide",
    "GuideView": "guidegen.domain.views",
    "GuidegenError": "guidegen.errors",
    "History": "guidegen.domain.session",
    "Pair": "guidegen.domain.people",
    "Parts": "guidegen.guides",
    "Person": "guidegen.domain.people",
    "PrimerView": "guidegen.domain.views",
    "Session": "guidegen.domain.session",
    "Settings": "guidegen.settings",
    "WorkshopView": "guidegen.domain.workshop",
    "cut": "guidegen.domain.views",
    "cut_primer": "guidegen.domain.views",
    "make_guide": "guidegen.guides",
    "make_primer": "guidegen.guides",
    "make_workshop": "guidegen.workshops",
    "pair_from": "guidegen.people",
    "parts": "guidegen.wiring",
    "read_pair": "guidegen.people",
    "read_view": "guidegen.rendering",
    "render": "guidegen.rendering",
    "today": "guidegen.wiring",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'guidegen' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
