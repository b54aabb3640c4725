"""The subscriber cabinet of a regional capital-repair fund."""

__version__ = "0.1.0"
