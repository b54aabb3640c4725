"""What the demo's fund has told its readers: an article for all, a pinned one, one for a town."""

from datetime import datetime, timedelta

from lkcap.config import Config
from lkcap.kit.batch import batch
from lkcap.kit.sql import query
from lkcap.news.queries import ADD
from lkcap.staff.queries import FIND_EMPLOYEE
from lkcap.staff.role import Role

ANY_ARTICLE = query("news/list_all")

# (days ago, title, body, is pinned, town)
ARTICLES = (
    (
        40,
        "Как мы выбираем дома для ремонта",
        "Очередь ремонтов не покупают и не просят: её считают по состоянию дома.\n\n"
        "- Год, когда кровлю или трубы меняли в последний раз\n"
        "- Доля собранных взносов\n"
        "- Аварии за последние пять лет\n\n"
        "План вашего дома стоит на странице «Список работ».",
        False,
        "",
    ),
    (
        12,
        "Квитанции можно получать на почту",
        "Включите их в **настройках** кабинета. Письмо придёт пятого числа, в нём будет та же "
        "квитанция с QR-кодом, что и на бумаге.\n\nОтписаться можно одним нажатием в самом письме.",
        False,
        "",
    ),
    (
        3,
        "Срок оплаты теперь 15-е число",
        "С квитанции за март 2026 года взнос нужно внести **до 15-го числа** следующего месяца, "
        "а не до 10-го: так решил закон.\n\nЕсли 15-е выпало на выходной, срок переходит на "
        "ближайший рабочий день.",
        True,
        "",
    ),
    (
        1,
        "Приём в Северореченске переезжает",
        "С 1 декабря фонд принимает на Береговой, 1, первый этаж. Часы те же.",
        False,
        "г. Северореченск",
    ),
)


def publish(config: Config) -> None:
    """Once: what the editor has made of them since stays."""
    now = config.clock.now()
    with batch(config.database_url.get_secret_value()) as transaction:
        if transaction.rows(ANY_ARTICLE, most=1, skipped=0):
            return
        ((staff_id, *_),) = transaction.rows(FIND_EMPLOYEE, login=Role.EDITOR.value)
        for days, title, body, is_pinned, town in ARTICLES:
            transaction.rows(
                ADD,
                title=title,
                body=body,
                published_at=_morning(now, days),
                is_pinned=is_pinned,
                town=town,
                house_id=None,
                now=now,
                staff_id=staff_id,
            )


def _morning(now: datetime, days: int) -> datetime:
    return (now - timedelta(days=days)).replace(hour=4, minute=30, second=0, microsecond=0)
