"""Forms of meetings: they parse and explain, and never write."""
