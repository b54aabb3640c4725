"""Worker processes: jobs, deaths, lateness; every process here is a real one."""

import asyncio
import gc
import multiprocessing
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from structlog.testing import capture_logs

from lkcap.kit.sql import ROOT
from lkcap.kit.worker import NICE
from lkcap.kit.workers import Busy, Late, WorkerDied, Workers
from tests.kit import work

PATIENCE = 60


@dataclass
class Met:
    """A job under way: it waits for a word."""

    pid: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def tell(self, word: str) -> None:
        self.writer.write(f"{word}\n".encode())

    async def spin(self) -> None:
        """Make it compute without end."""
        self.tell("spin")
        assert await self.reader.readline() == b"spinning\n"


class Meeting:
    """Where the jobs of a test come to; they are served by the loop of the test."""

    def __init__(self) -> None:
        self._came: asyncio.Queue[Met] = asyncio.Queue()
        self.writers: list[asyncio.StreamWriter] = []
        self.port = 0

    async def come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.append(writer)
        self._came.put_nowait(Met(int(await reader.readline()), reader, writer))

    async def next(self) -> Met:
        return await self._came.get()


@pytest.fixture
async def meeting() -> AsyncIterator[Meeting]:
    one = Meeting()
    server = await asyncio.start_server(one.come, "127.0.0.1", 0)
    one.port = server.sockets[0].getsockname()[1]
    yield one
    server.close()
    for writer in one.writers:
        writer.close()


@pytest.fixture(scope="module")
async def workers() -> AsyncIterator[Workers]:
    """Two processes; three jobs at most with the one that waits."""
    one = Workers(2, 3, PATIENCE, warm=work.warm)
    yield one
    await one.close()


async def death(pid: int) -> None:
    """Wait until the process is no more, whoever its parent is."""
    try:
        pidfd = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    loop = asyncio.get_running_loop()
    dead = asyncio.Event()
    loop.add_reader(pidfd, dead.set)
    try:
        await asyncio.wait_for(dead.wait(), PATIENCE)
    finally:
        loop.remove_reader(pidfd)
        os.close(pidfd)


async def test_a_result_comes_back(workers: Workers):
    assert await workers.run(work.add, 2, 3) == 5
    assert await workers.run(os.getpid) != os.getpid()


async def test_a_result_larger_than_a_pipe_comes_back(workers: Workers):
    assert await workers.run(work.zeros, 5_000_000) == bytes(5_000_000)


async def test_an_error_of_the_job_comes_back_as_itself_with_its_place(workers: Workers):
    with pytest.raises(ValueError, match="нет такого месяца") as caught:
        await workers.run(work.refuse, "нет такого месяца")
    assert "work.py" in caught.value.__notes__[0]


async def test_a_timeout_inside_a_job_is_not_its_lateness(workers: Workers):
    with pytest.raises(TimeoutError):
        await workers.run(work.keep_no_time)


async def test_what_cannot_be_sent_is_an_error_of_the_job_alone(workers: Workers):
    pid = {await workers.run(os.getpid) for _ in range(2)}
    with pytest.raises((AttributeError, TypeError), match="pickle"):
        await workers.run(work.give_a_function)
    with pytest.raises((AttributeError, TypeError), match="pickle"):
        await workers.run(lambda: None)
    assert {await workers.run(os.getpid) for _ in range(2)} == pid


async def test_a_worker_is_warm_before_its_first_job_and_gives_way_to_pages(workers: Workers):
    assert await workers.run(work.warmed) == ["fonts"]
    assert await workers.run(os.nice, 0) == min(os.nice(0) + NICE, 19)


async def test_the_loop_serves_others_while_a_job_is_under_way(workers: Workers, meeting: Meeting):
    # the job ends by a word that only a free loop can say
    job = asyncio.create_task(workers.run(work.meet, meeting.port))
    (await meeting.next()).tell("готово")
    assert await job == "готово"


async def test_a_job_whose_worker_is_killed_is_done_by_another(workers: Workers, meeting: Meeting):
    job = asyncio.create_task(workers.run(work.meet, meeting.port))
    first = await meeting.next()
    os.kill(first.pid, signal.SIGKILL)
    second = await meeting.next()
    second.tell("готово")
    assert await job == "готово"
    assert second.pid != first.pid


async def test_a_job_that_kills_two_workers_is_an_error(workers: Workers, meeting: Meeting):
    with capture_logs() as logs:
        job = asyncio.create_task(workers.run(work.meet, meeting.port))
        for _ in range(2):
            (await meeting.next()).tell("exit")
        with pytest.raises(WorkerDied, match=r"work\.meet"):
            await job
    told = [(line["event"], line.get("exitcode", line.get("job"))) for line in logs]
    assert told == [("worker replaced", 3), ("worker died", "tests.kit.work.meet")] * 2
    assert await workers.run(work.add, 2, 3) == 5


async def test_idle_workers_that_were_killed_cost_the_next_job_nothing(workers: Workers):
    idle = {await workers.run(os.getpid) for _ in range(2)}
    for pid in idle:
        os.kill(pid, signal.SIGKILL)
        await death(pid)
    with capture_logs() as logs:
        assert {await workers.run(os.getpid) for _ in range(2)}.isdisjoint(idle)
    assert [line["event"] for line in logs] == ["worker replaced"] * 2


async def test_a_job_too_many_is_refused_at_once(workers: Workers, meeting: Meeting):
    jobs = [asyncio.create_task(workers.run(work.meet, meeting.port)) for _ in range(3)]
    under_way = [await meeting.next() for _ in range(2)]
    with pytest.raises(Busy):
        await workers.run(work.add, 2, 3)
    for met in under_way:
        met.tell("готово")
    (await meeting.next()).tell("готово")
    assert await asyncio.gather(*jobs) == ["готово"] * 3


async def test_a_caller_who_left_while_waiting_leaves_his_place(workers: Workers, meeting: Meeting):
    under_way = [asyncio.create_task(workers.run(work.meet, meeting.port)) for _ in range(2)]
    met = [await meeting.next() for _ in under_way]
    waiting = asyncio.create_task(workers.run(work.zeros, 1))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    another = asyncio.create_task(workers.run(work.add, 2, 3))
    met[0].tell("готово")
    assert await another == 5
    met[1].tell("готово")
    await asyncio.gather(*under_way)
    assert waiting.cancelled()


async def test_a_caller_who_left_takes_his_job_with_him(workers: Workers, meeting: Meeting):
    job = asyncio.create_task(workers.run(work.meet, meeting.port))
    met = await meeting.next()
    await met.spin()
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    await death(met.pid)
    assert await workers.run(work.add, 2, 3) == 5


async def test_late_jobs_are_given_up_whether_under_way_or_waiting(meeting: Meeting):
    before = set(multiprocessing.active_children())
    workers = Workers(1, 2, 1)
    workers.start()
    (worker,) = set(multiprocessing.active_children()) - before
    pid = worker.pid
    jobs = [workers.run(work.meet, meeting.port) for _ in range(2)]
    errors = await asyncio.gather(*jobs, return_exceptions=True)
    assert {type(error) for error in errors} == {Late}
    await death(pid)
    assert len(meeting.writers) <= 1, "the one that waited was never begun"
    await workers.close()


async def test_no_process_is_started_before_it_is_asked_for():
    before = set(multiprocessing.active_children())
    workers = Workers(2, 2, PATIENCE)
    assert set(multiprocessing.active_children()) == before
    workers.start()
    workers.start()
    assert len(set(multiprocessing.active_children()) - before) == 2
    await workers.close()


async def test_closing_ends_every_process_and_every_job(meeting: Meeting):
    before = set(multiprocessing.active_children())
    workers = Workers(2, 4, PATIENCE)
    jobs = [asyncio.create_task(workers.run(work.meet, meeting.port)) for _ in range(4)]
    await (await meeting.next()).spin()
    ours = set(multiprocessing.active_children()) - before
    pids = [process.pid for process in ours]
    await workers.close()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    assert {type(error) for error in await asyncio.gather(*jobs, return_exceptions=True)} == {Busy}
    with pytest.raises(Busy):
        await workers.run(work.add, 2, 3)
    gc.collect()


@pytest.fixture
async def parent(meeting: Meeting) -> AsyncIterator[Process]:
    """Another program with two workers that meet us; a group of processes of its own."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.kit.work", str(meeting.port)),
        cwd=ROOT,
        stdout=PIPE,
        stderr=PIPE,
        process_group=0,
    )
    yield process
    if process.returncode is None:
        process.kill()
    await process.communicate()


async def test_ctrl_c_is_heard_by_the_parent_alone(parent: Process, meeting: Meeting):
    pids = {int(pid) for pid in (await parent.stdout.readline()).split()}
    # the workers are importing their modules now
    os.killpg(parent.pid, signal.SIGINT)
    met = [await meeting.next() for _ in pids]
    os.killpg(parent.pid, signal.SIGINT)
    for one in met:
        one.tell("готово")
    assert {one.pid for one in met} == pids
    assert (await parent.communicate())[1] == b""
    assert parent.returncode == 0


async def test_workers_do_not_outlive_a_parent_that_was_killed(parent: Process, meeting: Meeting):
    pids = [int(pid) for pid in (await parent.stdout.readline()).split()]
    await (await meeting.next()).spin()
    parent.kill()
    assert len(pids) == 2
    for pid in pids:
        await death(pid)
    assert (await parent.communicate())[1] == b""
