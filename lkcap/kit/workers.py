"""Processes for long computations: documents are made there, and the event loop never waits."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any, TypeVar, TypeVarTuple

import structlog
from aiohttp import web

from lkcap.kit.errors import DomainError
from lkcap.kit.worker import Outcome, Warm, Worker

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

# Memory may have run out because of a neighbour; a job that kills two workers is to blame itself.
ATTEMPTS = 2

log = structlog.get_logger()


class Busy(DomainError):
    """Too many jobs are waiting already, or the site is stopping."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    headers: Mapping[str, str] = {"Retry-After": "60"}
    is_for_reader = True

    def __init__(self) -> None:
        super().__init__("Сейчас готовится много документов. Попробуйте через минуту.")


class Late(DomainError):
    """The job was not done in time and is given up."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    headers: Mapping[str, str] = {"Retry-After": "60"}
    is_for_reader = True

    def __init__(self) -> None:
        super().__init__("Документ готовится дольше обычного. Попробуйте через минуту.")


class WorkerDied(RuntimeError):
    """The job has killed as many workers as it may; the message names it."""


class Workers:
    """At most `processes` jobs at once, `waiting_max` with those that wait, in order of coming.

    A caller waits `seconds` at most. `warm` is a function of a module; every worker calls it once,
    before its first job.
    """

    def __init__(
        self, processes: int, waiting_max: int, seconds: float, warm: Warm | None = None
    ) -> None:
        self._processes = processes
        self._waiting_max = waiting_max
        self._seconds = seconds
        self._warm = warm
        self._waiting = 0
        self._is_closed = False
        self._all: set[Worker] = set()
        self._free: asyncio.Queue[Worker] = asyncio.Queue()
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="worker")

    def start(self) -> None:
        """Start the processes; without it the first job does and waits for them."""
        if not self._all and not self._is_closed:
            self._all = {Worker(self._warm) for _ in range(self._processes)}
            for worker in self._all:
                self._free.put_nowait(worker)

    async def run(self, job: Callable[[*Ts], T], *args: *Ts) -> T:
        """What the job returns; what it raises is raised here, its traceback in a note.

        The job is a function of a module, its arguments and its value can be pickled. Raises Busy,
        Late, WorkerDied. A caller that is cancelled takes the job with him.
        """
        if self._is_closed or self._waiting >= self._waiting_max:
            raise Busy
        self.start()
        self._waiting += 1
        try:
            async with asyncio.timeout(self._seconds):
                outcome = await self._done(job, args)
        except TimeoutError as error:
            log.warning("job late", job=_name(job))
            raise Late from error
        finally:
            self._waiting -= 1
        if outcome.error is not None:
            raise outcome.error
        value: T = outcome.value
        return value

    async def _done(self, job: Callable[..., Any], args: tuple[Any, ...]) -> Outcome:
        for _ in range(ATTEMPTS):
            worker = await self._take()
            asked = asyncio.get_running_loop().run_in_executor(self._threads, worker.ask, job, args)
            asked.add_done_callback(lambda _, worker=worker: self._give_back(worker))  # type: ignore[misc]
            try:
                await asyncio.wait([asked])
            except asyncio.CancelledError:
                # a job that is done has given its worker back, perhaps to another already
                if not asked.done():
                    worker.kill()
                raise
            outcome = asked.result()
            if outcome is not None:
                return outcome
            if self._is_closed:
                raise Busy
            log.error("worker died", job=_name(job))
        raise WorkerDied(_name(job))

    async def _take(self) -> Worker:
        worker = await self._free.get()
        if self._is_closed:
            self._free.put_nowait(worker)
            raise Busy
        return self._sound(worker)

    def _give_back(self, worker: Worker) -> None:
        self._free.put_nowait(self._sound(worker))

    def _sound(self, worker: Worker) -> Worker:
        """The worker or, if it is dead, another in its place."""
        if worker.is_alive or self._is_closed:
            return worker
        try:
            another = Worker(self._warm)
        except OSError:
            # the place is kept: the next job tries again
            log.exception("no new worker")
            return worker
        self._all.remove(worker)
        self._all.add(another)
        log.info("worker replaced", exitcode=worker.end())
        return another

    async def close(self) -> None:
        """Give up every job and end every process; who waits still is told Busy."""
        if self._is_closed:
            return
        self._is_closed = True
        for worker in self._all:
            worker.kill()
        for worker in [await self._free.get() for _ in self._all]:
            worker.end()
            # those in the queue pass it on, each learns that all is over
            self._free.put_nowait(worker)
        self._threads.shutdown()


WORKERS = web.AppKey("lkcap_workers", Workers)


def _name(job: Callable[..., Any]) -> str:
    return f"{job.__module__}.{job.__qualname__}"
