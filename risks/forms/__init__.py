"""Forms of this app: they parse and explain, and never write."""
