"""Whose password is looked at first when there is a crowd."""

import asyncio

import pytest

from lkcap.auth.turns import Rank, Turns
from lkcap.kit.limits import TooMany


class Crowd:
    """People who take their turns and write down in what order."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.served: list[str] = []
        self.go = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []

    async def come(self, name: str, rank: Rank) -> asyncio.Task[None]:
        task = asyncio.create_task(self._take(name, rank))
        self.tasks.append(task)
        await asyncio.sleep(0)
        return task

    async def _take(self, name: str, rank: Rank) -> None:
        async with self.turns.turn(rank):
            await self.go.wait()
            self.served.append(name)

    async def leave(self) -> list[str]:
        self.go.set()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        return self.served


async def test_known_browsers_go_first_and_suspects_last():
    crowd = Crowd(Turns(1))
    await crowd.come("inside", Rank.SUSPECT)
    for name, rank in (
        ("suspect", Rank.SUSPECT),
        ("stranger 1", Rank.STRANGER),
        ("known", Rank.KNOWN),
        ("stranger 2", Rank.STRANGER),
    ):
        await crowd.come(name, rank)
    assert await crowd.leave() == ["inside", "known", "stranger 1", "stranger 2", "suspect"]


async def test_so_many_at_once_and_no_more():
    turns, inside, most = Turns(2), 0, 0

    async def take() -> None:
        nonlocal inside, most
        async with turns.turn(Rank.STRANGER):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(take() for _ in range(50)))
    assert most == 2


async def test_a_crowd_is_turned_away_but_never_the_known():
    crowd = Crowd(Turns(1, most=2))
    for name in ("inside", "first", "second"):
        await crowd.come(name, Rank.STRANGER)
    with pytest.raises(TooMany):
        async with crowd.turns.turn(Rank.STRANGER):
            pass
    await crowd.come("known", Rank.KNOWN)
    assert await crowd.leave() == ["inside", "known", "first", "second"]


async def test_who_leaves_the_queue_or_fails_gives_his_place_on():
    crowd = Crowd(Turns(1))
    await crowd.come("inside", Rank.STRANGER)
    gone = await crowd.come("gone", Rank.STRANGER)
    await crowd.come("last", Rank.STRANGER)
    gone.cancel()
    assert await crowd.leave() == ["inside", "last"]
    with pytest.raises(RuntimeError):
        async with crowd.turns.turn(Rank.STRANGER):
            raise RuntimeError
    async with crowd.turns.turn(Rank.STRANGER):
        pass


async def test_who_is_called_and_gone_in_the_same_moment_takes_no_place():
    turns = Turns(1)
    crowd = Crowd(turns)
    crowd.go.set()
    async with turns.turn(Rank.STRANGER):
        gone = await crowd.come("gone", Rank.STRANGER)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    async with asyncio.timeout(5), turns.turn(Rank.STRANGER):
        pass
