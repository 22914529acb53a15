"""The package of data: the whole ledger as files that anyone can read, and from which it can be restored.

A room of its own, because both a page and a command write packages.
"""
