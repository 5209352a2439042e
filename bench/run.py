"""The benchmark: ``python -m bench.run [--quick]`` prints a table and writes bench/results.json.

Nothing here passes or fails: a machine that others use too gives other figures each time. Whole
processes are run in rounds, each program once a round, so that whoever else is at work disturbs all
of them alike and ratios hold.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.measure import Cost, middle, whole_process

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PAIR = ROOT / "examples" / "procurement-stablecoin.yaml"
PACKAGES = ("guidegen", "chromadb", "numpy", "onnxruntime", "pydantic", "typer", "typst")
GUIDEGEN = (sys.executable, "-c", "from guidegen.cli import main; main()")
Rounds = dict[str, list[Cost]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``best`` is the best run and ``cpu`` the median CPU time, in the row's unit:
    on a busy machine both are nearer to the truth than the median."""

    what: str
    unit: str
    median: float
    best: float | None = None
    cpu: float | None = None
    target: float | None = None
    more_is_better: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the median is within the target; None where there is none."""
        if self.target is None:
            return None
        return self.median >= self.target if self.more_is_better else self.median <= self.target


def programs(corpus: Path, work: Path) -> dict[str, tuple[str, ...]]:
    """The whole processes to compare, by name; {n} stands for the round."""
    out = ("--out", str(work / "out"))
    made = (*GUIDEGEN, "guide", str(PAIR), "--topic", "crypto", "--on", "2027-01-14", *out)
    plain = (sys.executable, str(HERE / "plain_script.py"), str(PAIR), "crypto", str(corpus))
    return {
        "typer": (sys.executable, "-c", "import typer"),
        "help": (*GUIDEGEN, "--help"),
        "guide": (*made, "--view", "shared", "--format", "md"),
        "guide-all": (*made, "--view", "shared,mentor,executive", "--format", "md,html,pdf,json,docx,ics"),
        "guide-cold": (*made, "--view", "shared", "--format", "md"),
        "search": (*GUIDEGEN, "search", "who signs for a payment"),
        "plain": (*plain, str(work / "store"), str(work / "plain.md")),
        "plain-cold": (*plain, str(work / "store-{n}"), str(work / "plain.md")),
    }


def run_rounds(commands: dict[str, tuple[str, ...]], rounds: int, corpus: Path, work: Path) -> Rounds:
    """Each program once a round, in the same order; a first round that does not count warms the caches."""
    costs: Rounds = {name: [] for name in commands}
    for n in range(-1, rounds):
        for name, command in commands.items():
            if n < 0 and name.endswith("-cold"):
                continue
            cache = work / (f"cache-{n}" if name.endswith("-cold") else "cache")
            env = {**os.environ, "GUIDEGEN_CORPUS": str(corpus), "GUIDEGEN_CACHE": str(cache)}
            env["PYTHONPATH"] = str(ROOT)
            cost = whole_process([part.replace("{n}", str(n)) for part in command], env, work)
            if n >= 0:
                costs[name].append(cost)
            _tell(f"round {n + 1} of {rounds}: {name} {cost.wall:.2f} s")
    return costs


def piece(name: str, runs: int, corpus: Path, work: Path, *options: str) -> dict[str, Any]:
    """The figures of one piece of ``bench.inside``, measured in a process of its own."""
    _tell(f"inside a process: {name}")
    env = {**os.environ, "GUIDEGEN_CORPUS": str(corpus), "GUIDEGEN_CACHE": str(work / "cache")}
    done = subprocess.run(
        [sys.executable, "-m", "bench.inside", name, "--runs", str(runs), *options],
        env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def rows_of_processes(costs: Rounds) -> list[Row]:
    """Seconds, megabytes and ratios of whole processes."""

    def seconds(what: str, name: str, target: float | None = None) -> Row:
        walls = [cost.wall for cost in costs[name]]
        return Row(what, "s", middle(walls), min(walls), middle([cost.cpu for cost in costs[name]]), target)

    def ratio(what: str, one: str, other: str, target: float | None = None) -> Row:
        # Round by round, so that both halves of a ratio met the same load.
        pairs = list(zip(costs[one], costs[other], strict=True))
        walls = [a.wall / b.wall for a, b in pairs]
        return Row(what, "x", middle(walls), min(walls), middle([a.cpu / b.cpu for a, b in pairs]), target)

    def memory(what: str, name: str, target: float | None = None) -> Row:
        peaks = [cost.peak_mb for cost in costs[name]]
        return Row(what, "MB", max(peaks), min(peaks), target=target)

    return [
        seconds("`guidegen guide`, Markdown, one view", "guide", 3),
        seconds("`guidegen guide`, 6 formats, 3 views", "guide-all", 6),
        seconds("`guidegen guide`, Markdown, one view, empty cache", "guide-cold"),
        seconds("`guidegen search` across topics", "search"),
        seconds("the plain script", "plain"),
        seconds("the plain script, empty store", "plain-cold"),
        ratio("`guidegen --help` / `import typer`", "help", "typer", 4),
        ratio("guide / plain script", "guide", "plain"),
        ratio("guide / plain script, both cold", "guide-cold", "plain-cold"),
        memory("peak memory, `guidegen guide`, Markdown", "guide", 700),
        memory("peak memory, 6 formats, 3 views", "guide-all", 700),
        memory("peak memory, the plain script", "plain"),
    ]


def rows_inside(figures: dict[str, list[dict[str, Any]]]) -> list[Row]:
    """Milliseconds and rates inside a process; ``figures`` holds each piece as often as it was run."""

    def row(what: str, piece: str, name: str, target: float | None = None, unit: str = "ms") -> Row:
        found = figures[piece]
        median, best, cpu = (
            [one[f"{name}{kind}_{unit}"] for one in found] for kind in ("", "_best", "_cpu")
        )
        return Row(what, unit, middle(median), min(best), middle(cpu), target)

    speeds = [one["guides_per_second"] for one in figures["throughput"]]
    search, corpus = figures["search"][-1], figures["corpus"][-1]
    size = f"{search['items']:,} items"
    return [
        row("guide + Markdown + JSON, a new pair", "guide", "new", 50),
        row("guide + Markdown + JSON, the same pair again", "guide", "again", 50),
        row("yardstick: a fixed loop in Python, between the guides", "guide", "yardstick"),
        Row("guides a second, two processes", "/s", middle(speeds), max(speeds), None, 15, more_is_better=True),
        row(f"search with a guide's filters, {size}, p95", "search", "section", 60),
        row(f"search across all topics, {size}, p95", "search", "everywhere", 60),
        row(f"all that a guide asks, {size}, p95", "search", "gather"),
        Row("building that index, once", "s", search["build_s"]),
        row("embedding one goal", "embed", "goal"),
        row(f"reading the corpus, {corpus['topics']} topics, {corpus['items']} items", "corpus", "read"),
    ]


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""

    def number(value: float | None) -> str:
        if value is None:
            return ""
        return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"

    lines = ["| what | unit | median | best | CPU | target | met |", "|---|---|--:|--:|--:|--:|---|"]
    for row in rows:
        bound = "" if row.target is None else f"{'≥' if row.more_is_better else '≤'} {row.target:g}"
        met = {None: "", True: "yes", False: "**no**"}[row.met]
        cells = (row.what, row.unit, number(row.median), number(row.best), number(row.cpu), bound, met)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        named = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line]
        cpu = named[0] if named else cpu
    return {
        "measured_on": date.today().isoformat(),
        "system": platform.system(),
        "cpu": cpu,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
    }


def _load() -> list[float]:
    return [round(value, 2) for value in os.getloadavg()] if hasattr(os, "getloadavg") else []


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")


def main(arguments: list[str] | None = None) -> None:
    """Measure everything, print the table, write results.json."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="two rounds and a tenth of the items")
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus", help="another corpus folder")
    parser.add_argument("--results", type=Path, default=HERE / "results.json")
    chosen = parser.parse_args(arguments)
    rounds, runs, items = (2, 10, 2_000) if chosen.quick else (5, 30, 20_000)
    facts, before = machine(), _load()
    with tempfile.TemporaryDirectory() as folder:
        work, corpus = Path(folder), chosen.corpus.resolve()
        costs = run_rounds(programs(corpus, work), rounds, corpus, work)
        figures: dict[str, list[dict[str, Any]]] = {name: [] for name in ("guide", "throughput", "corpus", "embed")}
        for _ in range(rounds):
            for name, found in figures.items():
                found.append(piece(name, runs, corpus, work))
        figures["search"] = [piece("search", max(20, runs), corpus, work, "--items", str(items))]
    rows = [*rows_inside(figures), *rows_of_processes(costs)]
    facts["load_before_and_after"] = [before, _load()]
    sys.stdout.write(table(rows) + "\n")
    content = {
        "machine": facts,
        "quick": chosen.quick,
        "rows": [{**asdict(row), "met": row.met} for row in rows],
        "processes": {name: [asdict(cost) for cost in found] for name, found in costs.items()},
        "inside": figures,
    }
    chosen.results.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
