"""What a log-in was made on, in words its owner knows it by. No more is kept of what the browser says of itself."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SYSTEMS = (
    ("iphone", re.compile(r"iPhone|iPod"), "iPhone"),
    ("ipad", re.compile(r"iPad"), "iPad"),
    ("android-phone", re.compile(r"Android.*Mobile"), gettext_lazy("Android-telefon")),
    ("android-tablet", re.compile(r"Android"), gettext_lazy("Android-tablet")),
    ("windows", re.compile(r"Windows"), gettext_lazy("Windows-computer")),
    ("mac", re.compile(r"Macintosh"), gettext_lazy("Mac eller iPad")),  # an iPad says that it is a Mac
    ("chromebook", re.compile(r"CrOS"), "Chromebook"),
    ("linux", re.compile(r"Linux"), gettext_lazy("Linux-computer")),
)
BROWSERS = (  # most of them also say that they are Chrome and Safari
    ("Edge", re.compile(r"Edg(e|A|iOS)?/")),
    ("Opera", re.compile(r"OPR/")),
    ("Samsung Internet", re.compile(r"SamsungBrowser/")),
    ("Firefox", re.compile(r"(Firefox|FxiOS)/")),
    ("Chrome", re.compile(r"(Chrome|CriOS)/")),
    ("Safari", re.compile(r"Safari/")),
)
_WORDS = {code: words for code, _pattern, words in SYSTEMS}


@dataclass(frozen=True, slots=True)
class Device:
    """Empty where it was not to be seen."""

    system: str = ""
    browser: str = ""

    @property
    def words(self) -> str:
        system = str(_WORDS.get(self.system, ""))
        if system and self.browser:
            return _("%(system)s med %(browser)s") % {"system": system, "browser": self.browser}
        return system or self.browser or _("En enhed, vi ikke kender")


def device_of(user_agent: str) -> Device:
    said = user_agent[:400]
    return Device(
        system=next((code for code, pattern, _words in SYSTEMS if pattern.search(said)), ""),
        browser=next((name for name, pattern in BROWSERS if pattern.search(said)), ""),
    )
