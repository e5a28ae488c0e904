"""Words freed of the markup around them: Markdown's, HTML's, and what a paste leaves behind."""

import html
import re

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_ODD_SPACE = re.compile(r"[^\S\t ]")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BREAK = re.compile(r"<\s*br\s*/?\s*>", re.IGNORECASE)
_LIST_TAG = re.compile(r"</?\s*(?:ul|ol|li|p|div)\b[^<>]{0,300}>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|b|br|big|blockquote|center|cite|code|colgroup|col|dd|del|details|div|dl|dt|em|figure|"
    r"font|h[1-6]|"
    r"hr|i|img|input|ins|kbd|label|li|mark|nav|o:p|ol|p|pre|s|section|small|span|strike|strong|sub|summary|"
    r"sup|"
    r"table|tbody|td|tfoot|th|thead|tr|tt|u|ul|wbr)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_IMAGE = re.compile(r"!\[([^\[\]]{0,200})\]\([^()\s]{0,400}\)")
_LINK = re.compile(
    r"\[([^\[\]]{1,300})\](?:\([^()]{0,400}(?:\([^()]{0,80}\)[^()]{0,80})?\)|\[[^\[\]]{0,80}\])"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)?[^<>\s]{1,200}[@.:/][^<>\s]{1,200})>")
_ATTRIBUTES = re.compile(r"\{[:.#][^{}]{0,80}\}")
_CODE = re.compile(r"`{1,3}([^`]{1,300})`{1,3}")
_STRONG = re.compile(r"\*{2,3}|(?<!\w)__(?=\w)|(?<=[\w.:!?)])__(?!\w)")
_STARRED = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]{1,300}?)(?<=[^\s*])\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w_])_(?=[^\s_])([^_]{1,300}?)(?<=[^\s_])_(?![\w_])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~|<>@&\"'$:])")
_HARD_BREAK = re.compile(r"\\$")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,24});")
# Escaped marks stand aside, in letters that no text has, while the others are taken out.
_ASIDE = 0xE000


def without_comments(text: str) -> str:
    """The text with its HTML comments blanked, keeping every line where it was."""
    if "<!--" not in text:
        return text
    return _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)


def spaces(line: str) -> str:
    """A line with invisible letters taken out and every odd space (but not tabs) an ordinary one."""
    return _ODD_SPACE.sub(" ", _INVISIBLE.sub("", line))


def clean(words: str) -> str:
    """One line's words without markup, trimmed and single-spaced: links by their words, no bold, no tags."""
    if "<" in words:
        words = _BREAK.sub(" ", words)
        words = _TAG.sub(" ", words)
        words = _AUTOLINK.sub(r"\1", words)
    if "&" in words and _ENTITY.search(words):
        words = html.unescape(words)
    escaped = "\\" in words
    if escaped:
        words = _HARD_BREAK.sub("", words)
        words = _ESCAPED.sub(lambda found: chr(_ASIDE + ord(found[1])), words)
    if "[" in words:
        words = _IMAGE.sub(r"\1", words)
        words = _LINK.sub(r"\1", words)
    if "{" in words:
        words = _ATTRIBUTES.sub("", words)
    if "`" in words:
        words = _CODE.sub(r"\1", words)
    if "*" in words or "_" in words:
        words = _STRONG.sub("", words)
        words = _STARRED.sub(r"\1", words)
        words = _UNDERLINED.sub(r"\1", words)
    if escaped:
        words = "".join(
            chr(ord(letter) - _ASIDE) if _ASIDE <= ord(letter) < _ASIDE + 0x80 else letter for letter in words
        )
    return " ".join(words.split())


_BULLETS = re.compile(r"^(?:[•·◦▪]\s*|[*–—-]\s+)+")


def pieces(cell: str) -> list[str]:
    """The words of a table's cell, one for each list point, paragraph or line in it; unclosed markup is fine."""
    parts = _BREAK.split(_LIST_TAG.sub("<br>", cell)) if "<" in cell else [cell]
    return [words for part in parts if (words := _BULLETS.sub("", clean(part)).strip())]


def struck_out(words: str) -> bool:
    """Whether the words are ~~struck out~~ from their beginning."""
    return words.lstrip("*-• ").startswith("~~") and words.count("~~") >= 2
