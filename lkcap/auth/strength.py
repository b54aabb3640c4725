"""How hard a password is to guess: zxcvbn's estimate, and its list of passwords known to all.

ASVS 5.0 V6.2: at least 8 signs, any of them, no rules of composition, nothing that everyone tries.
"""

from collections.abc import Iterable

from zxcvbn import zxcvbn
from zxcvbn.matching import RANKED_DICTIONARIES

from lkcap.auth.passwords import PASSWORD_MAX
from lkcap.kit.numbers import number_key

PASSWORD_MIN = 8
# «Safely unguessable»: a hundred million guesses, years at the pace of our door.
ENOUGH = 3
# The estimate takes milliseconds for these and seconds for seventy; the rest can only add to it.
JUDGED = 20

# The same keys of the two layouts: «пароль» is typed as `gfhjkm`, which is in every list.
_LATIN = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`")
# What this site makes one think of.
_WORDS = ("пароль", "капремонт", "капитальный", "ремонт", "квартира", "лицевой", "кабинет", "взнос")

SHORT = f"Пароль короче {PASSWORD_MIN} знаков: добавьте слово или два"
LONG = f"Пароль длиннее {PASSWORD_MAX} знаков"
OWN = "Пароль не может быть адресом вашей почты или номером счёта"
KNOWN = "Этот пароль известен всем, его пробуют первым. Придумайте другой"
WEAK = "Такой пароль легко подобрать. Добавьте слово или два, не связанных между собой"


def weakness(password: str, own_words: Iterable[str]) -> str | None:
    """What is wrong with a new password, a sentence in Russian; None when it is good.

    `own_words` are what a stranger may know of its owner: the e-mail, the numbers of accounts.
    """
    if len(password) < PASSWORD_MIN:
        return SHORT
    if len(password) > PASSWORD_MAX:
        return LONG
    own = [one.lower() for one in own_words]
    if _is_own(password.lower(), own):
        return OWN
    # typed in the other layout it must be good too
    typed = {password.lower(), password.lower().translate(_LATIN)}
    if any(one in RANKED_DICTIONARIES["passwords"] for one in typed):
        return KNOWN
    known = [*own, *(one.partition("@")[0] for one in own), *_WORDS]
    known += [one.translate(_LATIN) for one in known]
    if min(_score(one, known) for one in typed) < ENOUGH:
        return WEAK
    return None


def _is_own(password: str, own: list[str]) -> bool:
    return password in own or number_key(password) in [number_key(one) for one in own]


def _score(password: str, known: list[str]) -> int:
    """From 0, guessed at once, to 4."""
    return int(zxcvbn(password[:JUDGED], user_inputs=known)["score"])
