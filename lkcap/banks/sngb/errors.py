"""What goes wrong between the portal and СНГБ, beside what goes wrong with any bank."""


class BadNotification(ValueError):
    """What came is not the form that the bank sends; the message says why, in Russian."""
