"""The page in a real browser: it works, it fits a phone, and its policy stops nothing of ours."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

from tests.conftest import need

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"


@pytest.fixture(scope="module")
def address(app: FastAPI) -> Iterator[str]:
    """The app on a free port of this machine."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    need(os.access(CHROMIUM, os.X_OK), "chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A phone's page of 360 pixels that collects whatever the console complains about."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, accept_downloads=True)
    found = context.new_page()
    found.complaints = []
    found.on("console", lambda m: found.complaints.append(m.text) if m.type in ("error", "warning") else None)
    found.on("pageerror", lambda e: found.complaints.append(str(e)))
    yield found
    context.close()


def _fits(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def _fill(page: Any) -> None:
    page.fill("#mentor_name", "Aiko Tan")
    page.fill("#mentor_goals", "Learn how a supplier contract is really negotiated")
    page.fill("#executive_name", "Helena Brandt")
    page.fill("#executive_role", "head of procurement")
    page.fill("#executive_goals", "Decide whether to pay a supplier in a stablecoin")
    page.select_option("#topic", "crypto")
    page.fill("#minutes", "45")


def test_fill_press_and_the_guide_is_there(page: Any, address: str) -> None:
    """On a phone: fill in, press, read, switch the copy, keep the PDF; no complaint, no sideways scroll."""
    page.goto(address)
    assert _fits(page)
    _fill(page)
    assert page.inner_text("#topic-summary")
    page.click("#make")
    page.wait_for_selector("article.guide")
    assert _fits(page)
    assert "45 minutes" in page.inner_text("article.guide .meta")
    page.click("button[value=mentor]")
    page.wait_for_selector("button[value=mentor][aria-current]")
    assert "Aiko" in page.inner_text("article.guide .kicker")
    with page.expect_download() as waiting:
        page.click("button[value=pdf]")
    assert waiting.value.suggested_filename == "aiko-tan-helena-brandt-crypto-mentor.pdf"
    assert page.is_visible("article.guide")
    assert page.complaints == []


def test_nothing_typed_is_lost(page: Any, address: str) -> None:
    """A reload keeps what was typed, the example does not write over it, and empty means empty."""
    page.goto(address)
    _fill(page)
    page.reload()
    assert page.input_value("#mentor_name") == "Aiko Tan"
    page.goto(f"{address}/?example=1")
    page.fill("#mentor_name", "Somebody Else")
    page.goto(address)
    assert page.input_value("#mentor_name") == "Aiko Tan"
    page.click("text=Empty the form")
    page.wait_for_url(f"{address}/")
    assert page.input_value("#mentor_name") == ""
    assert page.complaints == []


def test_faults_take_the_focus(page: Any, address: str) -> None:
    """After a press with nothing filled in, the list of faults has the focus and leads to the fields."""
    page.goto(f"{address}/?empty=1")
    page.click("#make")
    page.wait_for_selector("#faults")
    assert page.evaluate("document.activeElement.id") == "faults"
    page.click("#faults a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "mentor_name"
    assert _fits(page)


def test_what_one_presses_is_large_enough(page: Any, address: str) -> None:
    """On a phone every control of the page is at least 44 pixels high."""
    page.goto(f"{address}/?example=1")
    small = """() => [...document.querySelectorAll('button, select, textarea, .button, .choice label, summary,'
      + ' input:not([type=radio]):not([type=hidden])')].filter(e => e.offsetParent && !e.classList.contains('default')
      && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))"""
    assert page.evaluate(small) == []
    page.click("#make")
    page.wait_for_selector("article.guide")
    assert page.evaluate("() => [...document.querySelectorAll('.tools button, .tools select, .tools a')].filter(e =>"
                         " e.offsetParent && e.getBoundingClientRect().height < 44).length") == 0  # fmt: skip
