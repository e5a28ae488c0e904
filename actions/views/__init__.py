"""Pages about actions, one module a page."""
