"""How a payment becomes entries of the ledger: the same for a bank's message and for a registry."""

from lkcap.kit.sql import query

FIND_SERVICE = query("payments/find_service")
ADD_SERVICE = query("payments/add_service")
BOOK_ENTRIES = query("payments/book_entries")

# Where the payment of an account that was never charged stands.
USUAL_SERVICE = "Взнос на капитальный ремонт"
