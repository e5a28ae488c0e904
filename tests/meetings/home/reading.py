"""The days of the two meetings, and the words of a page."""

import re
from datetime import date

from django.utils.html import strip_tags

NOVEMBER, FEBRUARY = date(2025, 11, 19), date(2026, 2, 10)


def words(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(
        strip_tags(re.sub(r"<(?=/?(p|li|td|th|dt|dd|h\d|div|b|br|caption)\b)", " <", main)).split()
    )


def part(page: str, start: str, end: str) -> str:
    return page[page.index(start) : page.index(end, page.index(start))]
