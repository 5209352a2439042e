"""The app that `guidegen serve` runs: guard, API, page. ``create_app`` makes one for tests, too."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from api import contract, pages, problems, v1
from api.guard import Guard
from api.readiness import Desk, Readiness
from guidegen import wiring
from guidegen.guides import Parts
from guidegen.settings import Settings

STATIC = Path(__file__).resolve().parent / "static"
DESCRIPTION = (
    "Session guides for reverse mentoring. Every error, on every address, is one application/problem+json: "
    "branch on its code; faults lists everything wrong with a request at once."
)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("guidegen")
    except PackageNotFoundError:  # a checkout that was not installed
        return "0"


def create_app(
    parts_factory: Callable[[Settings], Parts] = wiring.parts,
    settings: Settings | None = None,
    today: Callable[[], date] = wiring.today,
) -> FastAPI:
    """The app over the parts that ``parts_factory`` makes. Raises SettingsError when none are given
    and those in force cannot be used."""
    chosen = settings or wiring.settings()
    readiness = Readiness(lambda: parts_factory(chosen))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        readiness.begin()
        yield

    app = FastAPI(
        title="guidegen",
        version=_version(),
        description=DESCRIPTION,
        lifespan=lifespan,
        # Their pages fetch scripts from elsewhere; the document itself is at /openapi.json.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # Profiles are people's own words: nothing of a request goes to any collector, whatever the environment.
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        },
    )
    app.state.desk = Desk(readiness, today)
    app.include_router(v1.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    problems.install(app)
    app.add_middleware(Guard, allowed_hosts=chosen.allowed_hosts)

    def openapi() -> dict[str, Any]:
        return contract.openapi(app)

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to change the document
    return app


app = create_app()
