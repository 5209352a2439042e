"""What is measured inside a process: guides, guides per second, search over a large corpus.

Each runs in a process of its own (``python -m bench.inside PIECE``), which prints its figures as JSON.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.measure import Cost, middle, p95, repeated

if TYPE_CHECKING:
    from guidegen.domain.people import Pair
    from guidegen.domain.topic import Topic
    from guidegen.guides import Parts

ROOT = Path(__file__).resolve().parent.parent
PAIR = ROOT / "examples" / "procurement-stablecoin.yaml"
TOPIC = "crypto"
TODAY = date(2026, 11, 21)
Figures = dict[str, Any]


def _pair() -> Pair:
    from guidegen.people import read_pair

    return read_pair(PAIR)


def _parts(threads: int) -> Parts:
    from guidegen import wiring

    return wiring.parts(wiring.settings().model_copy(update={"threads": threads}))


def _with_new_goals(pair: Pair, mark: str) -> Pair:
    """The same two with goals that were never seen, so that nothing about them is remembered."""

    def renewed(goals: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{goal.rstrip('.')}, in case {mark}" for goal in goals)

    two = {"mentor": pair.mentor, "executive": pair.executive}
    return pair.model_copy(
        update={role: person.model_copy(update={"goals": renewed(person.goals)}) for role, person in two.items()}
    )


def _guide_for(parts: Parts, pair: Pair, _: int = 0) -> None:
    """A guide, and its shared view as Markdown and as JSON."""
    from guidegen import guides
    from guidegen.domain.session import Session
    from guidegen.domain.views import cut
    from guidegen.rendering import render

    session = Session(kind="first", number=1, minutes=60, on=date(2027, 1, 14))
    view = cut(guides.make_guide(parts, pair, TOPIC, session, today=TODAY), "shared")
    render(view, "md")
    render(view, "json")


def _figures(name: str, costs: list[Cost], of: Callable[[Sequence[float]], float] = middle) -> Figures:
    return {
        f"{name}_ms": of([cost.wall * 1_000 for cost in costs]),
        f"{name}_best_ms": min(cost.wall * 1_000 for cost in costs),
        f"{name}_cpu_ms": of([cost.cpu * 1_000 for cost in costs]),
    }


def yardstick(_: int = 0) -> int:
    """A fixed piece of work in plain Python: how fast this machine is just now, whatever else it does."""
    return sum(len(str(n)) for n in range(100_000))


def guide(parts: Parts, runs: int) -> Figures:
    """A warm guide with Markdown and JSON: for a pair that is new, and for the same pair again."""
    pair = _pair()
    new: list[Cost] = []
    again: list[Cost] = []
    yard: list[Cost] = []
    for n in range(-2, runs):  # in turn, so that all three meet the same load
        two = _with_new_goals(pair, str(n))
        costs = [
            *repeated(partial(_guide_for, parts, two), 1, warm=0),
            *repeated(partial(_guide_for, parts, pair), 1, warm=0),
            *repeated(yardstick, 1, warm=0),
        ]
        if n >= 0:
            for found, cost in zip((new, again, yard), costs, strict=True):
                found.append(cost)
    return {**_figures("new", new), **_figures("again", again), **_figures("yardstick", yard)}


def corpus(runs: int) -> Figures:
    """Reading and checking the whole corpus, which every new process does once."""
    from guidegen import wiring

    chosen = wiring.settings()
    books = wiring.library(chosen)
    items = sum(len(topic.items()) for topic in books.topics.values())
    costs = repeated(lambda _: wiring.library(chosen), runs, warm=1)
    return {**_figures("read", costs), "topics": len(books.topics), "items": items}


def _work(number: int, count: int, barrier: Any, results: Any) -> None:
    """One of the processes that make guides side by side."""
    parts, pair = _parts(threads=1), _pair()
    for n in range(2):
        _guide_for(parts, _with_new_goals(pair, f"warm {number} {n}"))
    barrier.wait()
    started, cpu = time.monotonic(), time.process_time()
    for n in range(count):
        _guide_for(parts, _with_new_goals(pair, f"{number} {n}"))
    results.put((started, time.monotonic(), time.process_time() - cpu))


def throughput(guides: int, processes: int = 2) -> Figures:
    """New pairs' guides per second by ``processes`` processes, and the CPU time one guide takes."""
    fresh = multiprocessing.get_context("spawn")
    barrier, results = fresh.Barrier(processes), fresh.Queue()
    workers = [fresh.Process(target=_work, args=(n, guides, barrier, results)) for n in range(processes)]
    for worker in workers:
        worker.start()
    spans = [results.get(timeout=600) for _ in workers]
    for worker in workers:
        worker.join()
    seconds = max(end for _, end, _ in spans) - min(start for start, _, _ in spans)
    return {
        "guides_per_second": processes * guides / seconds,
        "cpu_ms_per_guide": 1_000 * sum(cpu for _, _, cpu in spans) / (processes * guides),
    }


def search(parts: Parts, items: int, queries: int, topics: int = 30) -> Figures:
    """Search over ``items`` items, with a guide's filters and without, and what a guide asks in all.

    ``section``: every item of the topic compared with new goals, filtered (sensitivity, off-limits,
    used before, place, level) and ranked, for one section. ``gather``: the same for all sections of a
    guide, and choosing. ``everywhere``: the best ten of all topics. Vectors are random, so the
    embedding model's time is not in it; ``embed`` measures that.
    """
    from bench.large import RandomEmbedder, large_library
    from guidegen.domain.plan import Plan
    from guidegen.domain.session import History, Session
    from guidegen.planning import plan_session
    from guidegen.retrieval.gather import Gatherer, gather
    from guidegen.retrieval.index import ChromaIndex

    library, pair = large_library(parts.library, items, topics), _pair()
    names = list(library.topics)

    def planned(n: int) -> tuple[Plan, Pair, Topic]:
        topic = library.topics[names[n % len(names)]]
        used = tuple(item.id for item in topic.items()[:5])
        session = Session(kind="standard", number=2, minutes=60, history=History(used=used))
        two = _with_new_goals(pair, str(n))
        limits = ("redundancies", "my divorce")
        return plan_session(two, session, topic, library.shelf, off_limits=limits), two, topic

    with tempfile.TemporaryDirectory() as cache:
        index = ChromaIndex(library, RandomEmbedder(), Path(cache))

        def section(n: int) -> None:
            plan, two, topic = plans[n]
            request = next(r for r in plan.requests if r.kind == "question")
            Gatherer(plan, two, topic, index, TODAY).pool(request)

        def everywhere(n: int) -> None:
            index.search(f"who signs for a payment, in case {n}", 10)

        # Each topic is read once by what does not count, as a service does in its first minutes.
        plans = {n: planned(n) for n in range(-len(names), queries)}
        sections = repeated(section, queries, warm=len(names))
        wholes = repeated(lambda n: gather(*plans[n], index, TODAY), queries, warm=len(names))
        started = time.perf_counter()
        index.search("the first search builds the index")
        building = time.perf_counter() - started
        found = repeated(everywhere, queries)
        index.close()
    return {
        "items": items,
        "topics": topics,
        "build_s": building,
        **_figures("section", sections, p95),
        **_figures("gather", wholes, p95),
        **_figures("everywhere", found, p95),
    }


def embed(parts: Parts, runs: int) -> Figures:
    """One goal through the embedding model."""
    costs = repeated(lambda n: parts.index.cosines([f"Decide what we pay, in case {n}"], ["x"]), runs)
    return _figures("goal", costs)


def main(arguments: list[str] | None = None) -> None:
    """Measure one piece and print its figures as JSON."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("piece", choices=("guide", "corpus", "throughput", "search", "embed"))
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--items", type=int, default=20_000)
    chosen = parser.parse_args(arguments)
    pieces = {
        "guide": lambda: guide(_parts(threads=2), chosen.runs),
        "corpus": lambda: corpus(chosen.runs),
        "throughput": lambda: throughput(chosen.runs),
        "search": lambda: search(_parts(threads=1), chosen.items, chosen.runs),
        "embed": lambda: embed(_parts(threads=1), chosen.runs),
    }
    sys.stdout.write(json.dumps(pieces[chosen.piece]()) + "\n")


if __name__ == "__main__":
    main()
