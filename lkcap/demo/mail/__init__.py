"""Учебная почта: takes every letter the site sends, and shows them instead of delivering.

An SMTP server and a page, both on this machine only; it shares no code with the side that sends.
"""

from lkcap.demo.mail.server import Post, running

__all__ = ["Post", "running"]
