"""One process that does long computations, and our end of its pipe.

A worker has a pipe of its own and no lock in common with others, so that any of them may be killed
at any moment, in the middle of an answer too, and nobody else notices.
"""

import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection, resource_tracker
from typing import Any

Warm = Callable[[], object]

# Never fork: the parent has threads and database connections.
SPAWN = multiprocessing.get_context("spawn")
# Pages go first: a document may take longer, a page may not.
NICE = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the job has returned or, where there is one, the error that it raised."""

    value: Any = None
    error: Exception | None = None


class Worker:
    """A process and our end of its pipe. `ask` is called in a thread, the rest in the loop's."""

    def __init__(self, warm: Warm | None) -> None:
        self._pipe, theirs = SPAWN.Pipe()
        self._process = SPAWN.Process(target=_serve, args=(theirs, warm), daemon=True)
        # ours of their end must be closed, or their death would not be seen in the pipe
        with theirs, _without_ctrl_c():
            self._process.start()
        self._is_lost = False

    @property
    def is_alive(self) -> bool:
        return not self._is_lost and self._process.is_alive()

    def ask(self, job: Callable[..., Any], args: tuple[Any, ...]) -> Outcome | None:
        """Blocks until the job is done; None if the worker died."""
        message = pickle.dumps((job, args))
        try:
            self._pipe.send_bytes(message)
            answer = self._pipe.recv_bytes()
        except (EOFError, OSError):
            self._await_death()
            return None
        outcome: Outcome = pickle.loads(answer)  # noqa: S301 - from our own process
        return outcome

    def kill(self) -> None:
        """At once and whatever it does: a worker holds nothing that could be left half done."""
        self._is_lost = True
        self._process.kill()

    def _await_death(self) -> None:
        """Here and not in the loop: one of low priority takes its time to die, too."""
        self.kill()
        assert self._process.pid is not None
        # it is only looked at: multiprocessing buries its children in one thread
        with suppress(ChildProcessError):
            os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT)

    def end(self) -> int | None:
        """Kill and bury; what it ended with, negative for a signal."""
        self.kill()
        self._process.join()
        exitcode = self._process.exitcode
        self._process.close()
        self._pipe.close()
        return exitcode


@contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """A process started inside never hears SIGINT, not even while it imports its modules.

    A terminal sends Ctrl-C to all of them, but it is for the parent to end its workers.
    """
    # the first process would start the tracker, and that unblocks the signal
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: connection.Connection, warm: Warm | None) -> None:
    """The life of a worker, in its own process."""
    os.nice(NICE)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    if warm is not None:
        warm()
    # the parent has closed its end when it is dead: the thread ends us then
    with suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(_answer(pipe.recv_bytes()))


def _die_with_parent() -> None:
    """A parent killed with -9 cannot end its workers, and a long job would outlive it."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(0)


def _answer(message: bytes) -> bytes:
    try:
        job, args = pickle.loads(message)  # noqa: S301 - from our own parent
        return pickle.dumps(Outcome(job(*args)))
    except Exception as error:
        error.add_note("In the worker:\n" + traceback.format_exc())
        return pickle.dumps(Outcome(error=error))
