"""People, firms and places that do not exist: the commonest names crossed at random."""

from dataclasses import dataclass
from random import Random

from lkcap.demo.region import digits

_SURNAMES = (
    "Иванов", "Смирнов", "Кузнецов", "Попов", "Васильев", "Петров", "Соколов", "Михайлов",
    "Новиков", "Фёдоров", "Морозов", "Волков", "Алексеев", "Лебедев", "Семёнов", "Егоров",
    "Павлов", "Козлов", "Степанов", "Николаев", "Орлов", "Андреев", "Макаров", "Никитин",
    "Захаров", "Зайцев", "Соловьёв", "Борисов", "Яковлев", "Григорьев",
)  # fmt: skip
_MEN = (
    "Александр", "Сергей", "Андрей", "Алексей", "Дмитрий", "Михаил", "Владимир", "Николай",
    "Иван", "Евгений", "Павел", "Олег", "Максим", "Виктор", "Юрий", "Роман",
)  # fmt: skip
_WOMEN = (
    "Елена", "Ольга", "Татьяна", "Наталья", "Анна", "Мария", "Ирина", "Светлана",
    "Екатерина", "Юлия", "Галина", "Людмила", "Марина", "Надежда", "Вера", "Дарья",
)  # fmt: skip
_FATHERS = (
    "Александров", "Сергеев", "Андреев", "Алексеев", "Дмитриев", "Михайлов", "Владимиров",
    "Николаев", "Иванов", "Евгеньев", "Павлов", "Олегов", "Максимов", "Викторов", "Юрьев",
)  # fmt: skip
_TOWNS = (
    "г. Северореченск", "г. Кедроозёрск", "г. Таёжноборск", "пгт Светлоборье-Северное",
    "пгт Снежноречье", "г. Мохоозёрск",
)  # fmt: skip
_STREETS = (
    "ул. Кедровая", "ул. Речная", "ул. Брусничная", "пр-кт Северный", "ул. Таёжная",
    "ул. Озёрная", "пер. Тихий", "ул. Рябиновая", "ул. Сосновая", "ул. Полярная",
    "ул. Морошковая", "б-р Солнечный", "ул. Заречная", "ул. Лесная", "проезд Светлый",
    "ул. Снежная", "ул. Черёмуховая", "ул. Береговая", "ул. Ясная", "ул. Луговая",
)  # fmt: skip
_HOUSES_ON_STREET = 9


@dataclass(frozen=True, slots=True)
class Owner:
    """A person, or an organisation with its ИНН; the other fields are empty."""

    last_name: str = ""
    first_name: str = ""
    middle_name: str = ""
    organization: str = ""
    inn: str = ""


def person(rng: Random) -> Owner:
    surname, father = rng.choice(_SURNAMES), rng.choice(_FATHERS)
    if rng.random() < 0.54:
        return Owner(surname + "а", rng.choice(_WOMEN), father + "на")
    return Owner(surname, rng.choice(_MEN), father + "ич")


def organization(ordinal: int) -> Owner:
    return Owner(organization=f"ООО «Ромашка-{ordinal:03d}»", inn=digits.inn(ordinal))


def address(house: int, rng: Random) -> str:
    """A place of its own for each house number; neighbours in number share a street."""
    block, place = divmod(house - 1, _HOUSES_ON_STREET)
    circle, place_of_street = divmod(block, len(_TOWNS) * len(_STREETS))
    street, town = divmod(place_of_street, len(_TOWNS))
    building = 1 + 2 * place + 2 * _HOUSES_ON_STREET * circle
    wing = ", корп. 1" if rng.random() < 0.08 else ""
    return f"{_TOWNS[town]}, {_STREETS[street]}, д. {building}{wing}"
