"""The fields of a form in a page: as a browser submits them, and typed over."""

from html.parser import HTMLParser

Fields = list[tuple[str, str]]


class FormReader(HTMLParser):
    """What a browser submits of the form with that id, untouched and without a button."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.fields: Fields = []
        self._form = form
        self._inside = False
        self._select = ""
        self._textarea: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._inside = given.get("id") == self._form
        if not self._inside:
            return
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input" and name and (given["type"] != "checkbox" or "checked" in given):
            self.fields.append((name, value))
        if tag == "select":
            self._select = name
        if tag == "option" and self._select and "selected" in given:
            # Without a value the option's text is what counts; it is the next data.
            self.fields.append((self._select, value))
            self._textarea = None if "value" in given else self._select
        if tag == "textarea":
            self.fields.append((name, ""))
            self._textarea = name

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self.fields[-1] = (self._textarea, data.removeprefix("\n"))
            self._textarea = None

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"
        if tag == "select":
            self._select = ""


def read_fields(html: str, form: str = "layers") -> Fields:
    reader = FormReader(form)
    reader.feed(html)
    return reader.fields


def change(fields: Fields, **changed: str) -> dict[str, list[str]]:
    """The fields as they are posted, some typed over; `n2__units` is the field `n2.units`."""
    typed = {name.replace("__", "."): value for name, value in changed.items()}
    posted: dict[str, list[str]] = {}
    for name, value in fields:
        # What is typed over keeps its place: layers come in the order of their fields.
        posted.setdefault(name, []).append(value)
    return {**posted, **{name: [value] for name, value in typed.items()}}
