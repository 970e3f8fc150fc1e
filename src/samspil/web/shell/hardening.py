"""What a browser is told to refuse on our behalf, and what we refuse because of what a browser tells us."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from samspil.web.shell import errors

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Nothing is reported anywhere: an address of a report would be told what people look at.
# Text becomes markup in one place only, static/shell/trusted.js, and only what this server answered.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types samspil",
    )
)
# Each thing that a page could ask a device for; Samspil asks for none of them.
FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture",
    "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer",
    "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial",
    "storage-access", "usb", "window-management", "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",  # costs nothing, since nothing comes from elsewhere
}
READS = {"GET", "HEAD"}
METHODS = ("GET", "HEAD", "POST")
OWN = {"", "same-origin", "none"}  # not said by old browsers and other servers; typed by the person


class Headers:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        if request.method == "POST" and request.resolver_match and request.resolver_match.url_name == "logout":
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


class OwnPagesOnly:
    """A write that a browser says comes from another site is refused before anything reads it, and so is every method
    but those that pages use: a view that asks whether it is a POST would take all others for a GET."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if request.method in READS or request.headers.get("Sec-Fetch-Site", "") in OWN:
            return None
        errors.on_record(request, "from another site")
        return errors.page(
            request,
            status=403,
            heading=_("Det kom fra en anden hjemmeside"),
            text=_("Samspil tager kun imod det, du skriver i Samspil. Gå hertil, og skriv det her."),
            keep=False,
        )
