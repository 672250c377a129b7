"""A real scheduler with two worker processes gives what one machine gives."""

from __future__ import annotations

import csv
import os
import signal
import time

import pytest

from pipeline.stream import ClassifyOptions, chunks, classify_file, cluster
from pipeline.stream.engine import Engine

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def workers():
    """A scheduler on this machine with two worker processes."""
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=50,
    ) as running:
        yield running


@pytest.fixture
def table(labelled, tmp_path):
    """Six hundred opinions as csv."""
    path = tmp_path / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text"])
        writer.writerows(enumerate(labelled["text"][:600]))
    return path


@pytest.fixture(autouse=True)
def short_chunks(monkeypatch):
    """Twenty rows a chunk, so that there is something to lose."""
    monkeypatch.setattr(chunks, "CHUNK_ROWS", 20)


def test_cluster_gives_the_same_bytes_though_a_worker_is_killed(
    table, tmp_path, models_folder, workers
) -> None:
    alone, together = tmp_path / "alone.csv", tmp_path / "together.csv"
    classify_file(table, alone)
    victim = next(iter(workers.workers.values())).pid
    killed = []

    def kill_once(share: float, rows: int) -> None:
        if not killed:
            killed.append(victim)
            os.kill(victim, signal.SIGKILL)

    options = ClassifyOptions(cluster=workers.scheduler_address)
    classify_file(table, together, options, progress=kill_once)
    assert killed and together.read_bytes() == alone.read_bytes()


def test_engine_is_sent_once_to_each_worker(table, tmp_path, models_folder, workers, monkeypatch):
    pickled = []
    monkeypatch.setattr(Engine, "__getstate__", lambda self: pickled.append(1) or self.__dict__)
    options = ClassifyOptions(cluster=workers.scheduler_address)
    classify_file(table, tmp_path / "out.csv", options)
    assert len(pickled) == 1


def test_silent_address_is_an_error_within_seconds(table, tmp_path, models_folder, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    begun = time.monotonic()
    with pytest.raises(cluster.ClusterError, match="no Dask scheduler answers"):
        options = ClassifyOptions(cluster="tcp://127.0.0.1:9")
        classify_file(table, tmp_path / "out.csv", options)
    assert time.monotonic() - begun < 10 and not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("name", "message"), [("_version", "Install the same"), ("code_fingerprint", "other code")]
)
def test_workers_of_another_version_are_refused(
    name, message, table, tmp_path, models_folder, workers, monkeypatch
) -> None:
    true = getattr(cluster, name)
    # Functions are sent by name: the workers still run the true one.
    fake = (lambda library: "0.0") if name == "_version" else _Fake(true)
    monkeypatch.setattr(cluster, name, fake)
    with pytest.raises(cluster.ClusterError, match=message):
        options = ClassifyOptions(cluster=workers.scheduler_address)
        classify_file(table, tmp_path / "out.csv", options)


class _Fake:
    """Says something else here and the truth on a worker."""

    def __init__(self, true) -> None:
        self._true = true

    def __call__(self) -> str:
        return "another"

    def __reduce__(self):
        return getattr, (cluster, "code_fingerprint")
