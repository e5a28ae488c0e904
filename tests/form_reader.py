"""What a browser without JavaScript would send: the fields of a form, read from its page."""

from html.parser import HTMLParser


class _Reader(HTMLParser):
    """Collects the fields of the form with a class, or of the first form that posts."""

    def __init__(self, form_class: str) -> None:
        super().__init__()
        self.form_class = form_class
        self.inside = False
        self.fields: dict[str, list[str]] = {}
        self.choices: dict[str, list[str]] = {}
        self._text: str | None = None
        self._select: str | None = None
        self._chosen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = self.form_class in (given.get("class") or "").split()
        if not self.inside:
            return
        name = given.get("name")
        if tag == "input" and name:
            kind = given.get("type", "text")
            if kind in {"checkbox", "radio"} and "checked" not in given:
                return
            if kind not in {"file", "submit"}:
                self.fields.setdefault(name, []).append(given.get("value") or "")
        elif tag == "textarea" and name:
            self._text = name
            self.fields[name] = [""]
        elif tag == "select" and name:
            self._select, self._chosen = name, False
        elif tag == "option" and self._select:
            value = given.get("value") or ""
            self.choices.setdefault(self._select, []).append(value)
            if "selected" in given or not self._chosen:
                self.fields[self._select] = [value]
                self._chosen = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self.fields[self._text][0] += data


def read_form(html: str, form_class: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The fields of the form as they would be sent, and the values each list offers."""
    reader = _Reader(form_class)
    reader.feed(html)
    # A browser leaves out the first line break of a text area.
    fields = {name: [value.removeprefix("\n") for value in values] for name, values in reader.fields.items()}
    return fields, reader.choices
