"""Notes of meetings, read and written: pure, without a database, a clock or a web page."""
