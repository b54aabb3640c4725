"""What the accountant's pages call things."""

from lkcap.payments.card import BANK_NAMES

STATES = {
    "created": "ждёт банк",
    "checked": "банк проверил",
    "paid": "оплачено",
    "failed": "не прошло",
    "cancelled": "отменено",
    "expired": "время вышло",
    "refunded_part": "возвращено частично",
    "refunded": "возвращено",
    "refund": "возврат",
    "suspense": "счёт неизвестен",
    "missing": "не подтверждено",
}
SOURCES = BANK_NAMES | {
    "sber": "реестр Сбербанка",
    "1c": "выписка 1С",
    "dbf": "реестр DBF",
    "csv": "реестр CSV",
}
REFUNDS = {
    "asked": "ждёт второго сотрудника",
    "sent": "отправлен в банк",
    "done": "возвращено",
    "refused": "банк отказал",
    "unknown": "исход неизвестен",
    "withdrawn": "отозван",
}
MESSAGES = {
    "check": "Проверка",
    "register": "Результат",
    "notify": "Уведомление",
    "enquiry": "Ответ на вопрос",
    "refund": "Возврат",
}
VERDICTS = {
    "booked": "проведено",
    "other_sum": "проведено, сумма не та, что в заказе",
    "second": "второй платёж по заказу, проведён авансом",
    "unknown": "заказ неизвестен, деньги в невыясненных",
    "repeat": "повтор, ничего не изменил",
    "senseless": "подписано, но провести нельзя",
    "noted": "записано",
    "refund_done": "возвращено",
    "refund_refused": "банк отказал",
    "refund_unknown": "исход неизвестен",
}
KINDS = {
    "houses": "дома",
    "accounts": "лицевые счета",
    "entries": "операции",
    "works": "работы",
    "tariffs": "тарифы",
    "requisites": "реквизиты",
    "balances": "сверка остатков",
    "package": "пакет",
    "payments": "реестр платежей",
    "undo": "отмена загрузки",
}
TABLES = {
    "states": STATES,
    "sources": SOURCES,
    "refund_states": REFUNDS,
    "message_kinds": MESSAGES,
    "verdicts": VERDICTS,
    "kinds": KINDS,
}
