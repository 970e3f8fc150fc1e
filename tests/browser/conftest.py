from tests.browser.person import somebody

__all__ = ["somebody"]
