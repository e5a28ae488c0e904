"""Pages of risks, of views on values, and of concerns."""
