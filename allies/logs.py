"""What log lines must not say: the secret part of somebody's calendar address."""

import logging
import re

_SECRET = re.compile(r"(/calendar/)[\w-]{20,}(\.ics)?")
HIDDEN = "(secret)"


class WithoutSecrets(logging.Filter):
    """Takes the secret part of calendar addresses out of a line, its trace included; no line is left out."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Answer True always, with the line changed where it has such an address."""
        words = record.getMessage()
        if _SECRET.search(words):
            record.msg, record.args = without_secrets(words), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_secrets(record.exc_text)
        return True


def without_secrets(words: str) -> str:
    """The words with every secret replaced; a cut-off one counts as long as twenty characters of it are left."""
    return _SECRET.sub(rf"\1{HIDDEN}\2", words)
