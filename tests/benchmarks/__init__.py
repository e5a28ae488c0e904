"""Ratios, measured side by side in one run; never absolute times (DESIGN §10). Run with `-m benchmark`."""
