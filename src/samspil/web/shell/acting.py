"""For whom a relative's form is sent. It says so itself: when the power has ended meanwhile, it must not land in the
case of somebody else whom the same person acts for."""

from typing import Any

FIELD = "acting_for"


def is_for_another(request: Any) -> bool:
    """A form that was opened for a citizen whom its sender does not act for at this request."""
    meant = request.POST.get(FIELD, "") if request.method == "POST" else ""
    return bool(meant) and (request.standing is None or meant != str(request.standing.citizen_id))
