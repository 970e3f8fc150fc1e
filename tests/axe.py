"""What axe finds on a page, by the same rules everywhere."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Without its preloading axe fetches nothing: only rules that we do not run need it, and a style sheet that it asked for
# at a wrong address came back after the page was left, with a cookie that the next page had to live with.
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False}


def violations(page: Page) -> list[str]:
    """Each as its rule, how often, and the first element it met."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{one['id']} ({len(one['nodes'])}) {one['nodes'][0]['html'][:140]}" for one in found]
