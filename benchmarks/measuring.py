"""Measures calls and commands: seconds, and the most memory that was held."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence


def seconds(call: Callable[[], object]) -> float:
    """Return how long one call takes."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def interleaved(repeats: int, **calls: Callable[[], object]) -> dict[str, float]:
    """Return the median seconds of each call; they take turns, so that noise hits all alike."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(repeats):
        for name, call in calls.items():
            taken[name].append(seconds(call))
    return {name: statistics.median(times) for name, times in taken.items()}


def command(arguments: Sequence[str]) -> tuple[float, float]:
    """Return seconds and peak memory (MB) of a Python process with these arguments.

    Raises
    ------
    RuntimeError
        The process failed.
    """
    begun = time.perf_counter()
    child = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"exit code {child.returncode}: {arguments}")
    return time.perf_counter() - begun, usage.ru_maxrss / 1024


def machine() -> dict[str, object]:
    """Return what the figures depend on: cores, processor, Python and library versions."""
    from importlib.metadata import version

    return {
        "cores": os.cpu_count(),
        "cpu": _cpu(),
        "system": platform.system(),
        "python": platform.python_version(),
        **{name: version(name) for name in ("underthesea", "scikit-learn", "pandas", "joblib")},
    }


def _cpu() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":")[1].strip() for line in lines if "model name" in line)
    except (OSError, StopIteration):
        return platform.processor() or "unknown"
