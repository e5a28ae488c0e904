"""What axe finds on a page. Only that comes back from the browser: all that it found in order takes longer to send."""

from functools import cache
from typing import Any

FIND = "() => axe.run({resultTypes: ['violations']}).then((found) => found.violations)"


@cache
def _axe() -> str:
    from axe_playwright_python.sync_playwright import Axe  # where there is a browser alone

    return Axe().axe_script


def barriers(page: Any) -> list[str]:
    """Give what axe finds on a page of the browser as it stands now, a line for each part of the page."""
    page.evaluate(_axe())
    return [f"{one['id']}: {node['target']}" for one in page.evaluate(FIND) for node in one["nodes"]]
