"""Учебный банк: the other side of both payment wires, as a server of its own.

It shares no code with the side of the fund, so that neither repeats a mistake of the other. How it
speaks: contract §7. It takes no money and remembers its payments until it is stopped.
"""

from lkcap.demo.bank.cards import Way
from lkcap.demo.bank.faults import Fault
from lkcap.demo.bank.server import BankServer, make_bank, running
from lkcap.demo.bank.settings import BankSettings, FeeTerms, GpbTerms, SngbTerms

__all__ = [
    "BankServer",
    "BankSettings",
    "Fault",
    "FeeTerms",
    "GpbTerms",
    "SngbTerms",
    "Way",
    "make_bank",
    "running",
]
