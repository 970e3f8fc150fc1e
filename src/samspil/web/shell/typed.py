"""What somebody typed into a form that could not be taken, so that it can be shown and copied."""

import re
from collections.abc import Iterable

_NOT_TYPED = {"csrfmiddlewaretoken", "form_key", "next", "back"}
_CODE = re.compile(r"[a-z0-9_]*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def typed_words(fields: Iterable[tuple[str, list[str]]]) -> tuple[str, ...]:
    """The texts of a form as they came, without keys, codes and other things that nobody has written."""
    texts = (value.strip() for name, values in fields if name not in _NOT_TYPED for value in values)
    return tuple(text for text in dict.fromkeys(texts) if not _CODE.fullmatch(text))
