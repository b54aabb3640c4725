"""The accountant's desk: payments and refunds, reconciliation, loads."""
