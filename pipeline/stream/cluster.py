"""Answers tasks on a Dask cluster; the only module that touches dask."""

from __future__ import annotations

import hashlib
import logging
import pickle
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.errors import MissingPartError, ModelError, YkienError
from pipeline.stream.chunks import Answer, Task
from pipeline.stream.engine import Engine

CONNECT_SECONDS = 8
_AHEAD = 3
_LIBRARIES = ("ykien", "scikit-learn", "underthesea", "numpy", "scipy")
_ROOMS = ("stream", "topics", "routing")
_PLUGIN = "ykien-engine"


class ClusterError(YkienError):
    """The cluster does not answer, or its workers cannot do this work."""


def answer_on_cluster(
    engine: Engine, tasks: Iterable[Task], address: str
) -> Iterator[tuple[int, list[Answer]]]:
    """Yield number and answers of each task, as they finish on any worker.

    The texts travel to the workers and the answers back, so no shared disk is
    needed. A worker that dies costs the tasks it was at, which others take.

    Parameters
    ----------
    engine
        Sent to each worker once, to those too that join later.
    tasks
        Drawn a few for each core ahead, so that memory stays flat.
    address
        Of the scheduler, such as tcp://10.0.0.5:8786.

    Raises
    ------
    ClusterError
        No answer from the address, no workers, or workers with other versions.
    MissingPartError
        dask is not installed.
    """
    client = _connect(address)
    try:
        cores = _check_workers(client)
        _send(client, engine)
        yield from _answers(client, iter(tasks), _AHEAD * cores)
    finally:
        _leave(client)


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingPartError(
            "A cluster needs dask. Install it: pip install 'ykien[cluster]'."
        ) from error
    # Dask logs every lost connection at length; ours say it in one line.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(
            f"{address}: no Dask scheduler answers within {CONNECT_SECONDS} s. Check the address "
            "and that `dask scheduler` runs there."
        ) from error


def _check_workers(client: Any) -> int:
    """Return the number of cores; refuse workers that would answer otherwise than we would."""
    threads = client.nthreads()
    if not threads:
        raise ClusterError("The cluster has no workers. Start some: dask worker ADDRESS.")
    for library in _LIBRARIES:
        here = _version(library)
        # A function of the standard library: a worker without ykien can answer too.
        for worker, there in client.run(version, library, on_error="return").items():
            if there != here:
                found = there if isinstance(there, str) else "not installed"
                raise ClusterError(
                    f"Worker {worker} has {library} {found}, here it is {here}. "
                    f"Install the same on every worker: pip install {library}=={here}."
                )
    here = code_fingerprint()
    for worker, there in client.run(code_fingerprint, on_error="return").items():
        if there != here:
            raise ClusterError(
                f"Worker {worker} runs other code of ykien {_version('ykien')} than this machine. "
                "Install the same build on every worker and start it again."
            )
    return sum(threads.values())


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def code_fingerprint() -> str:
    """Return the sha256 of the code that answers depend on."""
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for room in _ROOMS:
        for file in sorted((root / room).glob("*.py")):
            digest.update(f"{room}/{file.name}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _send(client: Any, engine: Engine) -> None:
    """Give each worker the engine: once, as a plugin, which new workers get when they join."""
    from distributed import WorkerPlugin

    class EnginePlugin(WorkerPlugin):
        name = _PLUGIN

        def __init__(self, pickled: bytes, mark: str) -> None:
            self.pickled = pickled
            self.mark = mark

        def setup(self, worker: Any) -> None:
            self.engine = pickle.loads(self.pickled)
            del self.pickled

    pickled = pickle.dumps(engine)
    try:
        client.register_plugin(EnginePlugin(pickled, hashlib.sha256(pickled).hexdigest()))
    except Exception as error:
        raise ModelError(
            f"The workers cannot load the model ({error}). Install the same versions on all."
        ) from error


def _answers(client: Any, tasks: Iterator[Task], ahead: int) -> Iterator[tuple[int, list[Answer]]]:
    from distributed import KilledWorker, as_completed

    def submit(task: Task) -> Any:
        return client.submit(_answer, task, pure=False, retries=3)

    begun = [submit(task) for task in islice(tasks, ahead)]
    futures = as_completed(begun, loop=client.loop)
    del begun
    for future in futures:
        try:
            number, answers = future.result()
        except KilledWorker as error:
            raise ClusterError(
                f"One part killed several workers in turn ({error}). Give them more memory, then "
                "start the same command again: finished parts are kept."
            ) from error
        future.release()
        for task in islice(tasks, 1):
            futures.add(submit(task))
        yield number, answers


def _answer(task: Task) -> tuple[int, list[Answer]]:
    from distributed import get_worker

    return task.number, get_worker().plugins[_PLUGIN].engine.answer(task)


def _leave(client: Any) -> None:
    try:
        client.unregister_worker_plugin(_PLUGIN)
    except Exception:
        logging.getLogger(__name__).debug("the plugin could not be removed", exc_info=True)
    client.close(timeout=5)
