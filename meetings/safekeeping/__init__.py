"""Backups: one file with everything, made while people work, that either database can be restored from."""
