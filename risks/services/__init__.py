"""The only writers of this app."""
