"""Accounts with a story: the same in every region, for the guide, the tests and the first look."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lkcap.demo.region.digits import account_number


@dataclass(frozen=True, slots=True)
class Story:
    """A login, its account, what is special about it, and its other accounts."""

    account: str
    email: str
    about: str
    others: tuple[str, ...] = ()


def _story(ordinal: int, login: str, about: str, others: Sequence[int] = ()) -> Story:
    numbers = tuple(account_number(other) for other in others)
    return Story(account_number(ordinal), f"{login}@example.com", about, numbers)


OFFICES = range(16, 56)
# A small region has but so many offices of the organisation.
_OFFICES_FEW = range(16, 21)
_SMALL_REGION = 200

STORIES = (
    _story(1, "clean", "Платит вовремя, долга нет; в доме много работ."),
    _story(2, "one-month", "Должен за один месяц: забыл о нём и заплатил за следующие."),
    _story(3, "day31", "Просрочил, но пеня ещё не началась: её начисляют с 31-го дня."),
    _story(4, "advance", "Заплатил вперёд: переплата."),
    _story(5, "moratorium", "Долг 2020 года оплачен в 2021-м: дни моратория не считались."),
    _story(6, "low-rate", "Долги 2022–2023 годов оплачены, когда ставка была ниже 9,5 %."),
    _story(7, "court", "Не платил пять лет: суд, взыскание странными суммами, списание."),
    _story(8, "act", "Зачёт ранее выполненных работ: полтора года взнос закрывают акты."),
    _story(9, "new-owner", "Квартира куплена в прошлом году: прежнего собственника не видно."),
    _story(10, "family", "Один вход, три счёта: квартира, доля 1/3 и машино-место.", (11, 12)),
    _story(13, "closed", "Счёт закрыт, а долг по нему оплачен после закрытия."),
    _story(14, "meeting", "Две услуги: собрание решило платить больше минимального взноса."),
    _story(15, "special", "Спецсчёт у другого владельца: начислений нет, видны только работы."),
    _story(
        16, "office", "Организация: сорок нежилых помещений, в малом регионе пять.", OFFICES[1:]
    ),
)

# Ordinary accounts are numbered after these, so that no story's number ever changes.
FIRST_ORDINARY = 101
STORIES_MIN = _OFFICES_FEW.stop - 1


def offices(accounts: int) -> range:
    """The organisation's accounts in a region of so many."""
    return OFFICES if accounts >= _SMALL_REGION else _OFFICES_FEW


def stories_of(accounts: int) -> list[Story]:
    """The stories as a region of so many accounts tells them."""
    others = tuple(account_number(n) for n in offices(accounts)[1:])
    return [*STORIES[:-1], replace(STORIES[-1], others=others)]


def ordinals(accounts: int) -> Sequence[int]:
    """The numbers of the story accounts in a region of so many."""
    return [*range(1, OFFICES.start), *offices(accounts)]
