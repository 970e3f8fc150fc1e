"""Which page of a list an address asks for."""


def page_of(typed: str) -> int:
    """The number, or the first page for what is none."""
    return int(typed) if typed.isdecimal() and len(typed) < 7 else 1
