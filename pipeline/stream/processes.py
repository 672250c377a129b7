"""Answers tasks on one machine, in this process or in several."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator

from pipeline.stream.chunks import Answer, Task
from pipeline.stream.engine import Engine

_AHEAD = 2
_mine: list[Engine] = []
"""The engine of this worker process, set once when it starts."""


def answer_in_processes(
    engine: Engine, tasks: Iterable[Task], jobs: int
) -> Iterator[tuple[int, list[Answer]]]:
    """Yield number and answers of each task, as they finish.

    Parameters
    ----------
    engine
        Sent to each worker process once, when it starts.
    tasks
        Drawn only a little ahead of the workers, so that memory stays flat.
    jobs
        Processes; 1 works in this one, -1 uses every core.
    """
    from joblib import Parallel, delayed, effective_n_jobs

    jobs = effective_n_jobs(jobs)
    if jobs == 1:
        yield from ((task.number, engine.answer(task)) for task in tasks)
        return
    parallel = Parallel(
        n_jobs=jobs,
        backend="loky",
        return_as="generator_unordered",
        batch_size=1,
        pre_dispatch=_AHEAD * jobs,
        initializer=_start,
        initargs=(pickle.dumps(engine),),
    )
    yield from parallel(delayed(_answer)(task) for task in tasks)


def _start(pickled: bytes) -> None:
    _mine[:] = [pickle.loads(pickled)]


def _answer(task: Task) -> tuple[int, list[Answer]]:
    return task.number, _mine[0].answer(task)
