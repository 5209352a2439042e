"""The benchmark's pieces run, at tiny sizes. What they measure is judged by people, never by a test."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench import inside, run
from bench.large import RandomEmbedder, large_library
from bench.measure import Cost, RunFailed, p95, repeated, whole_process
from guidegen.guides import Parts

ROOT = Path(__file__).resolve().parent.parent


def test_a_whole_process_is_measured(tmp_path: Path) -> None:
    """A program that ends well has time and memory; one that fails is an error with its last words."""
    cost = whole_process([sys.executable, "-c", "pass"], {}, tmp_path)
    assert cost.wall > 0
    assert cost.cpu > 0
    assert cost.peak_mb > 1
    with pytest.raises(RunFailed, match="no luck"):
        whole_process([sys.executable, "-c", "raise SystemExit('no luck')"], {}, tmp_path)


def test_warm_runs_do_not_count() -> None:
    """The first calls have negative numbers and no cost of theirs is kept."""
    seen: list[int] = []
    assert len(repeated(seen.append, runs=3, warm=2)) == 3
    assert seen == [-2, -1, 0, 1, 2]


def test_p95_is_a_value_that_was_measured() -> None:
    """Of a hundred values the 96th in order; of a few the largest."""
    assert p95(list(range(100))) == 95
    assert p95([3.0, 1.0, 2.0]) == 3.0


def test_a_large_library_has_what_was_asked_for(parts: Parts) -> None:
    """So many items, ids of their own, every kind in every topic, and the same again each time."""
    one, two = (large_library(parts.library, items=900, topics=2) for _ in range(2))
    items = [item for topic in one.topics.values() for item in topic.items()]
    assert len({item.id for item in items}) == 900
    kinds = [{type(item) for item in topic.items()} for topic in one.topics.values()]
    assert kinds[0] == kinds[1]
    assert len(kinds[0]) == 8
    assert one == two
    vectors = RandomEmbedder().passages(["one", "two", "one"])
    assert vectors.shape == (3, 384)
    assert (vectors[0] == vectors[2]).all()


def test_the_pieces_inside_a_process(parts: Parts) -> None:
    """Guides, embedding and search give every figure that the table asks for."""
    corpus = {"read_ms": 1.0, "read_best_ms": 1.0, "read_cpu_ms": 1.0, "topics": 3, "items": 60}
    figures = {
        "guide": [inside.guide(parts, runs=1)],
        "embed": [inside.embed(parts, runs=1)],
        "search": [inside.search(parts, items=60, queries=2, topics=2)],
        "corpus": [corpus],
        "throughput": [{"guides_per_second": speed} for speed in (10.0, 20.0, 21.0)],
    }
    rows = run.rows_inside(figures)
    assert all(row.median > 0 for row in rows)
    (speed,) = (row for row in rows if row.unit == "/s")
    assert (speed.median, speed.best, speed.met) == (20.0, 21.0, True)


def test_the_table_of_whole_processes(tmp_path: Path) -> None:
    """Ratios are taken round by round, memory is the largest seen, and the table says what was met."""
    costs = {name: [Cost(2.0, 1.0, 300.0), Cost(4.0, 2.0, 800.0)] for name in run.programs(tmp_path, tmp_path)}
    costs["typer"] = [Cost(0.5, 0.1, 20.0), Cost(1.0, 0.1, 20.0)]
    rows = {row.what: row for row in run.rows_of_processes(costs)}
    assert rows["`guidegen --help` / `import typer`"].median == 4.0
    peak = rows["peak memory, `guidegen guide`, Markdown"]
    assert (peak.median, peak.met) == (800.0, False)
    assert "| **no** |" in run.table(list(rows.values()))


def test_the_plain_script_reads_the_corpus() -> None:
    """It finds something to say on every topic, without importing guidegen."""
    from bench import plain_script

    assert "guidegen" not in Path(plain_script.__file__).read_text(encoding="utf-8").split('"""')[2]
    found = list(plain_script.pieces(ROOT / "corpus"))
    topics = {path.parent.name for path in (ROOT / "corpus").glob("*/topic.md")}
    assert {topic for topic, _, _ in found} == topics
    assert all(text for _, _, text in found)


def test_the_machine_is_named() -> None:
    """A figure without its machine says nothing."""
    facts = run.machine()
    assert facts["cores"] >= 1
    assert set(facts["packages"]) == set(run.PACKAGES)
