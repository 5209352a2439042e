"""Planted faults: each small breakage of the code makes a test fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
FAULTS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "faults.yaml").read_text(encoding="utf-8"))
COPIED = ("guidegen", "api", "corpus", "prompts", "tests", "examples", "docs", "pyproject.toml", "README.md", "requirements.lock")


def test_there_are_enough_faults_and_each_stands_somewhere() -> None:
    """At least 25 faults; the text that each changes stands in its file exactly once."""
    assert len(FAULTS) >= 25
    assert len({fault["id"] for fault in FAULTS}) == len(FAULTS)
    for fault in FAULTS:
        assert (ROOT / fault["file"]).read_text(encoding="utf-8").count(fault["old"]) == 1, fault["id"]
        assert fault["old"] != fault["new"], fault["id"]


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One index for all the runs of this process."""
    return tmp_path_factory.mktemp("index")


@pytest.mark.parametrize("fault", FAULTS, ids=[fault["id"] for fault in FAULTS])
def test_a_planted_fault_fails_a_test(fault: dict[str, Any], tmp_path: Path, shared_cache: Path) -> None:
    """With this one breakage, the tests that should notice it fail, and not for want of importing."""
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "faults"))
        else:
            shutil.copy2(source, copy / name)
    broken = copy / fault["file"]
    broken.write_text(broken.read_text(encoding="utf-8").replace(fault["old"], fault["new"]), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *fault["tests"]],
        cwd=copy,
        env={
            **os.environ,
            "PYTHONPATH": str(copy),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TEST_INDEX_CACHE": str(shared_cache),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stdout[-2000:] + run.stderr[-500:]
    assert "error" not in run.stdout.splitlines()[-1].lower(), run.stdout[-2000:]
