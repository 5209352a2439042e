"""Measuring: a whole process with its time and peak memory, and a call repeated in this process.

The caller of ``whole_process`` should be small: until a child has started its own program its peak
memory counts that of its parent (Linux keeps the larger of the two).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost: seconds on the wall, seconds of all cores, peak memory in MB."""

    wall: float
    cpu: float
    peak_mb: float = 0.0


class RunFailed(RuntimeError):
    """A measured program ended with an error: its figures would mean nothing."""


def whole_process(arguments: Sequence[str], env: Mapping[str, str], folder: Path) -> Cost:
    """Run a program to its end in ``folder`` and say what it cost. Raises RunFailed with its last words."""
    started = time.perf_counter()
    # Output goes to a file and not to a pipe: a full pipe would make the program wait for us.
    with (folder / "stderr.txt").open("w+", encoding="utf-8", errors="replace") as errors:
        process = subprocess.Popen(
            list(arguments), env=dict(env), cwd=folder, stdout=subprocess.DEVNULL, stderr=errors
        )
        # wait4 and not getrusage(RUSAGE_CHILDREN): the latter is the maximum over all children so far.
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            raise RunFailed(f"{' '.join(arguments)} ended with {process.returncode}: {errors.read()[-2_000:]}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 2**20)


def repeated(call: Callable[[int], object], runs: int, warm: int = 2) -> list[Cost]:
    """The cost of ``call(n)`` for ``runs`` numbers, after ``warm`` more that do not count."""
    costs = []
    for n in range(-warm, runs):
        wall, cpu = time.perf_counter(), time.process_time()
        call(n)
        if n >= 0:
            costs.append(Cost(time.perf_counter() - wall, time.process_time() - cpu))
    return costs


def middle(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 stay below, or the largest where there are fewer than 20."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
