"""Numbers as a sentence says them: counts, and how long a meeting is. Pure."""

from datetime import time

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number_in_words(number: int) -> str:
    """A whole number in a sentence: "three"; figures from eleven on."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def counted(number: int, one: str, many: str) -> str:
    """ "1 action", "3 actions", "No actions"."""
    return f"{number or 'No'} {one if number == 1 else many}"


def length_in_words(starts: time | None, ends: time | None) -> str:
    """How long a meeting is: "two hours", "one hour and 30 minutes"; nothing where an end is not known."""
    if starts is None or ends is None or ends <= starts:
        return ""
    hours, minutes = divmod((ends.hour - starts.hour) * 60 + ends.minute - starts.minute, 60)
    parts = []
    if hours:
        parts.append(f"{number_in_words(hours)} {'hour' if hours == 1 else 'hours'}")
    if minutes:
        parts.append(f"{minutes} {'minute' if minutes == 1 else 'minutes'}")
    return " and ".join(parts)
