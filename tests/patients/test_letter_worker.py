"""The worker as it is run: killed in the middle, and started again."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LETTERS = 12


class Office:
    """A database of its own, asked from outside."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "b12.sqlite3"
        self.environment = os.environ | {"B12_VAR": str(folder), "B12_HTTPS": "0"}
        self.environment |= {"DATABASE_URL": f"sqlite:///{self.file}"}
        self.workers: list[subprocess.Popen[bytes]] = []

    def run(self, *command: str) -> None:
        subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.environment, check=True, timeout=60
        )

    def worker(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.patients.worker_process", "work"]
        self.workers.append(subprocess.Popen(command, cwd=ROOT, env=self.environment))
        return self.workers[-1]

    def ask(self, question: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.file, timeout=20)) as database, database:
            return database.execute(question).fetchall()

    def made(self) -> int:
        return int(str(self.ask("SELECT count(*) FROM patients_letter")[0][0]))


@pytest.fixture(scope="module")
def ordered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a batch of letters in the queue."""
    here = Office(tmp_path_factory.mktemp("ordered"))
    here.run("manage.py", "migrate", "--verbosity", "0")
    here.run("-m", "tests.patients.worker_process", "order", str(LETTERS))
    here.ask("PRAGMA wal_checkpoint(TRUNCATE)")
    return here.file


@pytest.fixture
def office(tmp_path: Path, ordered: Path) -> Iterator[Office]:
    shutil.copy(ordered, tmp_path)
    here = Office(tmp_path)
    yield here
    for worker in here.workers:
        worker.kill()
        worker.wait()


def until(office: Office, count: int) -> None:
    deadline = time.monotonic() + 30
    while office.made() < count:
        assert time.monotonic() < deadline, f"{office.made()} letters"
        time.sleep(0.02)


def test_a_worker_that_is_killed_is_resumed_without_a_missing_or_doubled_letter(
    office: Office,
) -> None:
    killed = office.worker()
    until(office, 3)
    killed.kill()
    killed.wait()
    assert 3 <= office.made() < LETTERS
    # Half a minute later the line that it worked on is free again.
    office.ask("UPDATE patients_batchline SET claimed_at = '2026-01-01 00:00:00'")
    assert office.worker().wait(timeout=60) == 0
    of = office.ask("SELECT control_id FROM patients_letter ORDER BY control_id")
    lines = office.ask("SELECT control_id FROM patients_batchline ORDER BY position")
    assert of == lines
    assert len(of) == LETTERS
    assert office.ask("SELECT finished_at IS NOT NULL FROM patients_letterbatch") == [(1,)]
    issued = office.ask("SELECT count(*) FROM audit_entry WHERE action = 'letter.issued'")
    assert issued == [(LETTERS,)]


def test_two_workers_share_a_batch(office: Office) -> None:
    workers = [office.worker(), office.worker()]
    assert [worker.wait(timeout=60) for worker in workers] == [0, 0]
    assert office.made() == LETTERS
    assert len(office.ask("SELECT DISTINCT control_id FROM patients_letter")) == LETTERS
