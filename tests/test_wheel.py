"""The built wheel, not only the checkout: all that a guide needs is inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout and unpacked where nothing else of ours is."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    wheel = next(folder.glob("guidegen-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def _python(unpacked: Path, folder: Path, code: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run code that finds the wheel first, in a folder that is not the checkout."""
    env: dict[str, Any] = {**os.environ, "PYTHONPATH": str(unpacked), "GUIDEGEN_CACHE": str(folder / "cache")}
    return subprocess.run(
        [sys.executable, "-c", code, *args], cwd=folder, env=env, capture_output=True, text=True, check=False
    )


def test_the_wheel_carries_corpus_vectors_pages_and_templates(unpacked: Path) -> None:
    """Corpus, its vectors, the typst template and the page's files ship inside."""
    names = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*")}
    assert {
        "guidegen/shipped/corpus/_vectors.npz",
        "guidegen/shipped/corpus/crypto/topic.md",
        "guidegen/shipped/corpus/_phrasing.yaml",
        "guidegen/shipped/prompts/README.md",
        "guidegen/rendering/templates/guide.typ",
        "guidegen/py.typed",
        "api/main.py",
    } <= names
    assert any(name.startswith("api/templates/") for name in names)
    assert any(name.startswith("api/static/") for name in names)
    assert not any(name.startswith(("tests/", "bench/", "docs/")) for name in names)


def test_the_wheel_makes_a_guide(unpacked: Path, tmp_path: Path) -> None:
    """From the wheel alone, one command writes a whole guide, from the shipped corpus."""
    code = "import guidegen, sys; from guidegen.cli import main; print(guidegen.__file__); main()"
    pair = ROOT / "examples/procurement-stablecoin.yaml"
    done = _python(
        unpacked, tmp_path, code, "guide", str(pair), "--topic", "crypto", "--format", "md,json,pdf", "--out", "made"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(unpacked))
    made = sorted(path.name for path in (tmp_path / "made").iterdir())
    assert len(made) == 9
    view = json.loads(next((tmp_path / "made").glob("*-shared.json")).read_text(encoding="utf-8"))
    assert view["artefact"]["id"] == "crypto/d/pay-supplier-in-stablecoin"


def test_the_wheel_serves_the_page(unpacked: Path, tmp_path: Path) -> None:
    """The API in the wheel answers, with its own templates."""
    code = (
        "import api.main, api; print(api.__file__);"
        "from fastapi.testclient import TestClient;"
        "print(TestClient(api.main.app, base_url='http://127.0.0.1').get('/').status_code)"
    )
    done = _python(unpacked, tmp_path, code)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.split()
    assert lines[0].startswith(str(unpacked))
    assert lines[1] == "200"
