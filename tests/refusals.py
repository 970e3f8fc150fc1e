"""What somebody is told who is refused."""

from collections.abc import Callable

import pytest
from django.db import transaction

from samspil.kernel.verdict import Refused


def refused(call: Callable[..., object], *args: object, **kwargs: object) -> object:
    """The reason. Fails when the call is not refused."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        call(*args, **kwargs)
    return caught.value.reason


def refuses(reason: object, call: Callable[..., object], **kwargs: object) -> None:
    """Fails unless the call is refused for this reason."""
    assert refused(call, **kwargs) == reason
