"""What the bank's `ext_result_code` means, for a person who has just tried to pay."""

_REASONS = {
    "OK": "Оплата прошла.",
    "PREAUTHORIZE_OK": "Банк удержал сумму на карте.",
    "ONLINE_RP_FAILED": "Оплата прошла, но банк не смог сразу сообщить о ней.",
    "CPA_REJECTED": "Этот платёж уже нельзя принять. Начните оплату заново.",
    "CPA_NONE": "Банк сейчас не принимает платежи в пользу фонда.",
    "CPA_FAILED": "Банк не смог связаться с личным кабинетом.",
    "CLIENT_LOST": "Время на оплату вышло.",
    "USER_CANCEL": "Вы отменили оплату.",
    "PAYMENT_REJECTED": "Банк, выпустивший карту, отклонил оплату.",
    "PAYMENT_FAILED": "Во время оплаты произошла ошибка на стороне банка.",
    "PAYMENT_REVERSED": "Банк отменил оплату, деньги вернутся на карту.",
    "CS_NOTSUPPORTED": "Банк не поддерживает оплату сохранённой картой.",
    "CS_LIMITEXCEEDED": "Сохранено слишком много карт.",
    "CS_CARDNOTFOUND": "Сохранённая карта не нашлась.",
}
_UNKNOWN = "Банк не провёл оплату."


def reason(code: str | None) -> str:
    """A sentence in Russian. The bank's list is open: an unknown code has a general one."""
    return _REASONS.get(code or "", _UNKNOWN)


def is_cancel(code: str | None) -> bool:
    """The payer himself has given up (contract §7); who only let the time pass has not."""
    return code == "USER_CANCEL"
