"""Makes the images of the docs from real files and the real page: docs/images/*.png.

``python -m tools.images`` needs pdftoppm (poppler) and chromium. Nothing here is drawn by hand, so
an image is as true as the day it was made.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guidegen.domain.views import Audience, GuideView, cut
from guidegen.guides import Parts, make_guide
from tools.examples import MADE_ON, PAIR, ROOT, SESSION, TOPIC

IMAGES = ROOT / "docs/images"
MAX_BYTES = 250_000
DPI = 110
PRINTED: dict[str, Audience] = {
    "executive-first-page.png": "executive",
    "mentor-agenda.png": "mentor",
    "shared-page-to-fill-in.png": "shared",
}
"""Image to whose copy it shows a page of."""


def _tool(*names: str) -> str:
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        raise SystemExit(f"{names[0]} is needed to make the images")
    return found


def _begins(name: str, view: GuideView) -> str:
    """Words that stand on the page wanted, and on no later one; empty for the first page."""
    if name == "mentor-agenda.png":
        return view.agenda.blocks[0].purpose
    if name == "shared-page-to-fill-in.png" and view.artefact:
        return max((piece for line in view.artefact.lines for piece in line.text.split("___")), key=len)
    return ""


def _page_with(pdf: Path, words: str) -> int:
    """The 1-based number of the last page on which some words stand; line breaks do not count."""
    from pypdf import PdfReader

    wanted = "".join(words.split())
    pages = enumerate(PdfReader(pdf).pages, start=1)
    found = [number for number, page in pages if wanted in "".join(page.extract_text().split())]
    if not found:
        raise SystemExit(f"no page of {pdf.name} says: {words}")
    return found[-1] if words else 1


def _small_png(ppm: bytes) -> bytes:
    """A PNG with a palette, a third of the size, of a page that has few colours anyway."""
    import numpy as np

    _, size, _, pixels = ppm.split(b"\n", 3)
    width, height = map(int, size.split())
    image = np.frombuffer(pixels, dtype=np.uint8).reshape(height * width, 3)
    for bits in (6, 5, 4, 3):
        coarse = image >> (8 - bits)
        colours, places = np.unique(coarse, axis=0, return_inverse=True)
        if len(colours) <= 256:
            break
    counts = np.bincount(places.ravel())
    sums = [np.bincount(places.ravel(), weights=image[:, channel]) for channel in range(3)]
    palette = (np.stack(sums, axis=1) / counts[:, None]).round().astype(np.uint8)
    lines = np.zeros((height, width + 1), dtype=np.uint8)  # each line begins with its filter: none
    lines[:, 1:] = places.reshape(height, width)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", palette.tobytes()), (b"IDAT", zlib.compress(lines.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def printed_pages(parts: Parts, folder: Path) -> None:
    """Pages of the example guide's PDFs, in the print that most pairs get (the example asks for large print)."""
    from guidegen.people import read_pair
    from guidegen.rendering import render

    pair = read_pair(PAIR)
    plain = pair.model_copy(update={"executive": pair.executive.model_copy(update={"access_needs": ()})})
    guide = make_guide(parts, plain, TOPIC, SESSION, today=MADE_ON)
    for name, audience in PRINTED.items():
        view = cut(guide, audience)
        pdf = folder / f"{audience}.pdf"
        pdf.write_bytes(render(view, "pdf"))
        page = str(_page_with(pdf, _begins(name, view)))
        command = [_tool("pdftoppm"), "-r", str(DPI), "-f", page, "-l", page, str(pdf)]
        # The reader talks about details of the file on standard error; what counts is the exit code.
        done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own file, no shell
        (IMAGES / name).write_bytes(_small_png(done.stdout))


@contextmanager
def _served(parts: Parts) -> Iterator[str]:
    """The page on a free port of this machine."""
    import uvicorn

    from api.main import create_app

    app = create_app(parts_factory=lambda _: parts, today=lambda: MADE_ON)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def web_pages(parts: Parts) -> None:
    """The form on a wide screen, and a guide on a phone."""
    from playwright.sync_api import sync_playwright

    with _served(parts) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_tool("chromium", "chromium-browser"), args=["--no-sandbox"])
        wide = browser.new_page(viewport={"width": 1200, "height": 1000})
        wide.goto(f"{address}/?example=1")
        wide.screenshot(path=IMAGES / "page-form.png")
        phone = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=1.5)
        phone.goto(f"{address}/?example=1")
        phone.click("#order button:not(.quiet):not(.default)")
        phone.wait_for_selector("#tools")
        phone.screenshot(path=IMAGES / "page-phone.png")
        browser.close()


def main() -> None:
    """Make every image, and say which is too large to ship."""
    from guidegen.wiring import parts

    made = parts()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        printed_pages(made, Path(folder))
    web_pages(made)
    large = [path.name for path in IMAGES.glob("*.png") if path.stat().st_size > MAX_BYTES]
    if large:
        sys.exit(f"over {MAX_BYTES:,} bytes: {', '.join(large)}")


if __name__ == "__main__":
    main()
