"""How СНГБ's requests are signed: the field udf5.

It covers neither the result nor the payment id, and the bank sends ours back as it was: a right
udf5 proves nothing about money.
"""

import hashlib
import hmac

from lkcap.config import Sngb

PURCHASE, CREDIT = "1", "2"


def amt(amount: int) -> str:
    """Kopecks as the bank reads roubles: `1050` is `10.50`, in the form and under the signature.

    The bank's own library drops the last zero; the two texts only have to be the same.
    """
    if amount <= 0:
        raise ValueError(f"not a sum to be paid: {amount}")
    return f"{amount // 100}.{amount % 100:02d}"


def signature(terms: Sngb, amount: int, order_id: str, action: str) -> str:
    """udf5: SHA-1 in hex of merchant, amt, trackid, action and PSK, one after another.

    `action` is empty where the bank signs without it. Raises ValueError while there is no PSK.
    """
    if not terms.psk:
        raise ValueError("SNGB__PSK is not set")
    signed = terms.merchant + amt(amount) + order_id + action + terms.psk.get_secret_value()
    return hashlib.sha1(signed.encode(), usedforsecurity=False).hexdigest()


def refund_signature(terms: Sngb, amount: int, order_id: str) -> str:
    """The bank's library signs a refund without the action, a working shop with it: a setting."""
    return signature(terms, amount, order_id, CREDIT if terms.refund_signs_action else "")


def is_echo(terms: Sngb, amount: int, order_id: str, udf5: str) -> bool:
    """Whether the sender has seen the udf5 of our purchase: a sieve, and no proof of a payment."""
    ours = signature(terms, amount, order_id, PURCHASE)
    return hmac.compare_digest(ours.encode(), udf5.encode())
