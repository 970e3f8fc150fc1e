"""The forms of a page as a browser reads them, so that a test can send any of them with anything."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin

from django.http import HttpResponse
from django.test import Client

TEXTS = {"text", "search", "tel", "email", "number", "date", "time", "url", "textarea"}


@dataclass
class Control:
    name: str
    kind: str
    value: str = ""
    is_invalid: bool = False
    choices: list[str] = field(default_factory=list)

    @property
    def is_text(self) -> bool:
        return self.kind in TEXTS


@dataclass
class Form:
    page: str
    action: str
    controls: dict[str, Control] = field(default_factory=dict)
    draft: str = ""
    state: str = ""
    checked: list[str] = field(default_factory=list)
    """The texts whose wording can be checked, by kind: "note:text"."""

    @property
    def texts(self) -> list[str]:
        return [name for name, control in self.controls.items() if control.is_text]

    def filled(self) -> dict[str, list[str]]:
        """What somebody sends who chooses the first of everything and leaves what stands there."""
        return {
            name: [control.value or next(filter(None, control.choices), "")] for name, control in self.controls.items()
        }


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.forms, self.by_id = page, [], {}
        self.form: Form | None = None
        self.area: Control | None = None
        self.list: Control | None = None
        self.leads_elsewhere = self.is_sent = False  # a button with an address of its own is a form of its own
        self.templates = 0  # what stands in a <template> is for scripts to fill in, and is never sent as it is

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            action = urljoin(self.page, given.get("action") or self.page)
            self.form = Form(self.page, action, draft=given.get("data-samspil-draft", ""))
            self.leads_elsewhere = self.is_sent = False
            if given.get("method", "get").lower() == "post" and not self.templates:
                self.forms.append(self.form)
            self.by_id[given.get("id", "")] = self.form
        elif tag == "template":
            self.templates += 1
        elif tag == "button" and "formaction" in given and self.form is not None:
            self.leads_elsewhere = True
            self.form.checked += given.get("value", "").split() if given.get("name") == "tjek" else []
            self.forms.append(Form(self.page, urljoin(self.page, given["formaction"]), self.form.controls))
        elif tag in {"input", "textarea", "select", "button"}:
            self._control(tag, given)
        elif tag == "option" and self.list is not None:
            self.list.choices.append(given.get("value", ""))
            if "selected" in given:
                self.list.value = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            if self.leads_elsewhere and not self.is_sent and self.form in self.forms:
                self.forms.remove(self.form)
            self.form = None
        elif tag == "template":
            self.templates -= 1
        elif tag == "textarea":
            self.area = None
        elif tag == "select":
            self.list = None

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.value += data.removeprefix("\n") if not self.area.value else data

    def _control(self, tag: str, given: dict[str, str]) -> None:
        form = self.by_id.get(given["form"]) if "form" in given else self.form
        name = given.get("name", "")
        self.is_sent |= tag == "button" and given.get("type", "submit") == "submit"
        if form is None or not name:
            return
        kind = given.get("type", "text") if tag == "input" else "submit" if tag == "button" else tag
        found = form.controls.setdefault(name, Control(name, kind))
        found.is_invalid |= given.get("aria-invalid") == "true"
        value = given.get("value", "on" if kind in {"radio", "checkbox"} else "")
        if tag == "textarea":
            self.area = found
        elif tag == "select":
            self.list = found
        elif kind in {"radio", "checkbox", "submit"}:
            found.choices.append(value)
            if "checked" in given:
                found.value = value
        else:
            found.value = value


def forms_of(page: str, html: str) -> list[Form]:
    reader = _Reader(page)
    reader.feed(html)
    return reader.forms


def send(client: Client, address: str, fields: dict[str, list[str]], *, origin: str = "") -> HttpResponse:
    """Post as a browser does; what is no proper character (a lone surrogate) goes over the line as it is."""
    body = urlencode(fields, doseq=True, errors="surrogatepass")
    headers = {"origin": origin} if origin else {}
    return client.post(address, body, content_type="application/x-www-form-urlencoded", headers=headers)
