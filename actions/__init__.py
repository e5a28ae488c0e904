"""What was agreed, who carries it, by when, how it is going."""
