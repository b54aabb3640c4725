"""Orders that wait to be paid, the bank's key, and whether all of them were paid once."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.bench.caller import ACCOUNT_ID, MERCH_ID, PATH, get, register_call

# Orders are numbered from here, payments from there: numbers so long stand nowhere else.
FIRST, FIRST_PAYMENT = 10**17, 10**12
PRINCIPAL, PENALTY = 19000, 439

_ORDERS = """
    INSERT INTO payment_order (order_id, account_id, bank, state, principal, penalty, service_id,
                               bank_account, expires_at)
    SELECT 'bench' || n, 1 + n %% %(accounts)s, 'gpb', 'checked', %(principal)s, %(penalty)s, 1,
           %(bank_account)s, now() + interval '1 day'
      FROM generate_series(%(first)s, %(first)s + %(orders)s - 1) n
"""
# Billing's own payments bear the bank's numbers, as in life.
_BANK_REFS = "UPDATE entry SET bank_ref = 'B' || entry_id WHERE op = 'payment'"
_NUMBERED = "ALTER TABLE payment ALTER payment_id RESTART WITH %(payment)s"
_COUNTS = """
    SELECT (SELECT count(*) FROM payment),
           (SELECT count(*) FROM bank_message WHERE verdict = 'booked'),
           (SELECT count(*) FROM payment_order WHERE state = 'paid'),
           (SELECT count(*) FROM entry WHERE load_id = 0) / 2,
           (SELECT -sum(in_transit) / %(amount)s FROM account_balance)
"""


@dataclass(slots=True)
class Till:
    """`site` is where the bank calls; `taken` of the orders are paid."""

    url: str
    site: str
    key: RSAPrivateKey
    taken: int = 0

    def add_orders(self, accounts: int, orders: int) -> None:
        """To a ledger of so many accounts."""
        values = {"accounts": accounts, "first": FIRST, "orders": orders}
        values |= {"principal": PRINCIPAL, "penalty": PENALTY, "bank_account": ACCOUNT_ID}
        values |= {"payment": FIRST_PAYMENT}
        with closing(psycopg2.connect(self.url)) as one, one, one.cursor() as cursor:
            for statement in (_BANK_REFS, _ORDERS, _NUMBERED, "ANALYZE"):
                cursor.execute(statement, values)

    def terms(self, folder: Path) -> dict[str, object]:
        """The site's settings for this bank; the key is written to the folder."""
        public = self.key.public_key()
        pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (folder / "bank.pem").write_bytes(pem)
        return {
            "merch_id": MERCH_ID,
            "account_id": ACCOUNT_ID,
            "register_url": self.site + PATH,
            "certificates": (str(folder / "bank.pem"),),
            "basic_auth": "bank:pass",
        }

    def take(self, count: int) -> range:
        """The numbers of the next orders."""
        first = FIRST + self.taken
        self.taken += count
        return range(first, first + count)

    def call(self, number: int) -> bytes:
        """The bank's message that the order is paid, ready to be sent."""
        order_id, trx_id = f"bench{number}", f"FA4E{number}"
        target = register_call(self.key, self.site, order_id, trx_id, PRINCIPAL + PENALTY)
        return get(target, Authorization="Basic YmFuazpwYXNz")

    def calls(self, count: int, clients: int) -> Sequence[Sequence[bytes]]:
        """Signed in advance, dealt out to the clients."""
        made = [self.call(number) for number in self.take(count)]
        return [made[client::clients] for client in range(clients)]

    def check(self) -> None:
        """Every payment is there once, in the journal, in the ledger and in the balances."""
        with closing(psycopg2.connect(self.url)) as connection, connection.cursor() as cursor:
            cursor.execute(_COUNTS, {"amount": PRINCIPAL + PENALTY})
            counts = cursor.fetchone()
        assert set(counts) == {self.taken}, (counts, self.taken)
