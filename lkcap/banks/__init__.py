"""The banks' protocols: what they say, and what they want to hear. No orders and no database."""
