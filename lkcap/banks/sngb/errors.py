"""What goes wrong between the portal and СНГБ, beside what goes wrong with any bank."""

from lkcap.banks.base import BankUnavailable


class NotSent(BankUnavailable):
    """There was no connection: the bank has not heard of the request."""


class BadNotification(ValueError):
    """What came to the notification address is not the form that the bank sends."""
