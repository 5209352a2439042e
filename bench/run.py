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
from collections.abc import Callable, Sequence
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
    """One line of the table. ``least`` is the best run: on a busy machine it is nearest to the truth."""

    what: str
    median: float
    least: float | None
    unit: str
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
        return Row(what, middle(walls), min(walls), "s", target)

    def ratio(what: str, one: str, other: str, of: Callable[[Cost], float], target: float | None = None) -> Row:
        # Round by round, so that both halves of a ratio met the same load.
        both = [of(a) / of(b) for a, b in zip(costs[one], costs[other], strict=True)]
        return Row(what, middle(both), min(both), "x", target)

    def memory(what: str, name: str, target: float | None = None) -> Row:
        peaks = [cost.peak_mb for cost in costs[name]]
        return Row(what, max(peaks), min(peaks), "MB", target)

    return [
        seconds("`guidegen guide`, Markdown, one view", "guide", 3),
        _cpu("… CPU time of it", costs["guide"]),
        seconds("`guidegen guide`, 6 formats x 3 views", "guide-all", 6),
        _cpu("… CPU time of it", costs["guide-all"]),
        seconds("… with an empty cache, Markdown, one view", "guide-cold"),
        seconds("`guidegen search` across topics", "search"),
        seconds("the plain script", "plain"),
        seconds("… with an empty store", "plain-cold"),
        ratio("`guidegen --help` / `import typer`", "help", "typer", lambda c: c.wall, 4),
        ratio("guide / plain script, time", "guide", "plain", lambda c: c.wall),
        ratio("guide / plain script, both cold, time", "guide-cold", "plain-cold", lambda c: c.wall),
        ratio("guide / plain script, memory", "guide", "plain", lambda c: c.peak_mb),
        memory("peak memory, `guidegen guide`, Markdown", "guide", 700),
        memory("peak memory, 6 formats x 3 views", "guide-all", 700),
        memory("peak memory, the plain script", "plain"),
    ]


def _cpu(what: str, costs: Sequence[Cost]) -> Row:
    seconds = [cost.cpu for cost in costs]
    return Row(what, middle(seconds), min(seconds), "s")


def rows_inside(figures: dict[str, dict[str, Any]]) -> list[Row]:
    """Milliseconds and rates inside a process."""
    guide, speed, search = figures["guide"], figures["throughput"], figures["search"]
    corpus, size = figures["corpus"], f"{figures['search']['items']:,} items"
    return [
        Row("guide + Markdown + JSON, a new pair", guide["new_ms"], guide["new_least_ms"], "ms", 50),
        Row("… CPU time of it", guide["new_cpu_ms"], None, "ms"),
        Row("… the same pair again", guide["again_ms"], guide["again_least_ms"], "ms", 50),
        Row("guides a second, two processes", speed["guides_per_second"], None, "/s", 15, more_is_better=True),
        Row("… CPU time of one", speed["cpu_ms_per_guide"], None, "ms"),
        Row(f"search with a guide's filters, {size}, p95", search["section_p95_ms"], None, "ms", 60),
        Row(f"search across all topics, {size}, p95", search["everywhere_p95_ms"], None, "ms", 60),
        Row("… all eight sections of a guide, p95", search["gather_p95_ms"], None, "ms"),
        Row("… building that index, once", search["build_s"], None, "s"),
        Row("embedding one goal", figures["embed"]["goal_ms"], figures["embed"]["goal_least_ms"], "ms"),
        Row(f"reading the corpus, {corpus['topics']} topics", corpus["read_ms"], corpus["read_least_ms"], "ms"),
    ]


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""

    def number(value: float | None) -> str:
        if value is None:
            return ""
        return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"

    lines = ["| what | median | best | unit | target | met |", "|---|--:|--:|---|--:|---|"]
    for row in rows:
        bound = "" if row.target is None else f"{'≥' if row.more_is_better else '≤'} {row.target:g}"
        met = {None: "", True: "yes", False: "**no**"}[row.met]
        lines.append(f"| {row.what} | {number(row.median)} | {number(row.least)} | {row.unit} | {bound} | {met} |")
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
    rounds, runs, items = (2, 10, 2_000) if chosen.quick else (5, 40, 20_000)
    facts, before = machine(), _load()
    with tempfile.TemporaryDirectory() as folder:
        work, corpus = Path(folder), chosen.corpus.resolve()
        costs = run_rounds(programs(corpus, work), rounds, corpus, work)
        figures = {name: piece(name, runs, corpus, work) for name in ("guide", "throughput", "corpus", "embed")}
        figures["search"] = piece("search", max(20, runs), corpus, work, "--items", str(items))
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
