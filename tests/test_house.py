"""The house rules that no linter knows: size, names, and what must not be named."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted([*ROOT.glob("guidegen/**/*.py"), *ROOT.glob("api/**/*.py")])
MAX_LINES = 400
FORBIDDEN_NAMES = {"utils", "helpers", "manager", "base", "common"}
DOORS = {"guidegen/cli.py", "api/main.py", "api/problems.py"}


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / line for line in listed.stdout.splitlines()]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_modules_stay_small() -> None:
    """No module is longer than 400 lines."""
    long = {_name(p): n for p in [*CODE, *ROOT.glob("tests/**/*.py")] if (n := len(p.read_text().splitlines())) > MAX_LINES}
    assert long == {}


def test_no_vague_module_names() -> None:
    """No module or folder is called utils, helpers, manager, base or common."""
    vague = [_name(p) for p in CODE if FORBIDDEN_NAMES & {*p.relative_to(ROOT).parts, p.stem}]
    assert vague == []


def test_broad_excepts_stand_at_the_doors_only() -> None:
    """``except Exception`` stands only in the outermost doors."""
    found = [
        f"{_name(path)}:{node.lineno}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
        and _name(path) not in DOORS
    ]
    assert found == []


def test_environment_and_clock_are_read_in_one_place() -> None:
    """Only settings reads the environment, and only wiring reads the clock."""
    found = []
    for path in CODE:
        name, text = _name(path), path.read_text()
        if name != "guidegen/settings.py" and re.search(r"os\.environ|os\.getenv", text):
            found.append(f"{name}: environment")
        if name != "guidegen/wiring.py" and re.search(r"date\.today\(|datetime\.now\(|time\.time\(|random\.", text):
            found.append(f"{name}: clock or chance")
    assert found == []


def test_every_public_function_has_a_docstring_and_every_test_a_sentence() -> None:
    """Each test says in one sentence what behaviour it holds."""
    silent = [
        f"{_name(path)}:{node.name}"
        for path in ROOT.glob("tests/**/test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_the_lock_carries_hashes_and_no_addresses() -> None:
    """The lock file pins every package by hash and names no host."""
    text = (ROOT / "requirements.lock").read_text()
    assert "://" not in text
    assert "index-url" not in text
    pins = re.findall(r"(?m)^[a-z0-9][\w.\-\[\]]*==", text)
    assert len(pins) > 50
    assert text.count("--hash=sha256:") >= len(pins)


def test_every_dependency_is_locked() -> None:
    """Each dependency that pyproject names stands in the lock."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    locked = set(re.findall(r"(?m)^([a-z0-9][\w.\-]*)(?:\[.*\])?==", (ROOT / "requirements.lock").read_text()))
    missing = [re.split(r"[<>=\[ ;]", w)[0].lower() for w in wanted]
    assert [name for name in missing if name not in locked] == []


def test_ruff_ignores_carry_a_reason() -> None:
    """Every lint rule that is switched off has a reason beside it, in pyproject and in code."""
    pyproject = (ROOT / "pyproject.toml").read_text()
    block = pyproject.split("[tool.ruff.lint]")[1].split("[tool.pytest")[0]
    lines = [line for line in block.splitlines() if re.match(r'\s+"[A-Z]+\d+",', line) or (" = [" in line and "**" in line)]
    assert lines
    assert [line for line in lines if "#" not in line] == []
    bare = [
        f"{_name(path)}:{n}"
        for path in CODE
        for n, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"# noqa(?!: [A-Z]+\d+ - )", line)
    ]
    assert bare == []


def test_rules_cited_in_code_exist() -> None:
    """Every R-number that code or corpus cites stands in docs/practice.md."""
    known = set(re.findall(r"\bR(\d{1,2})\b", (ROOT / "docs/practice.md").read_text()))
    assert {str(n) for n in range(1, 34)} <= known
    cited = {
        (number, _name(path))
        for path in [*CODE, *ROOT.glob("corpus/_formats/*.yaml")]
        for number in re.findall(r"\bR(\d{1,2})\b", path.read_text())
    }
    assert {where for number, where in cited if number not in known} == set()


def test_relative_links_in_the_docs_lead_somewhere() -> None:
    """Every relative link and image in a Markdown page points to a file of the project."""
    broken = []
    for page in [p for p in _tracked() if p.suffix == ".md" and p.exists() and "tests/" not in _name(p)]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)\s]+)\)", page.read_text(encoding="utf-8")):
            if not (page.parent / target.split("#")[0]).exists():
                broken.append(f"{_name(page)} -> {target}")
    assert broken == []
