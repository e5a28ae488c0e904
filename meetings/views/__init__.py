"""Pages of meetings, and those that join everything: one module a page."""
