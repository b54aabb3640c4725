"""Gazprombank's payment page: a start in the browser, then the bank's check and register calls."""
