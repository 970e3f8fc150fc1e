"""An order and a status note, each with whose turn it is."""

from samspil.kernel.machine import Machine

ORDER = Machine(
    name="order",
    start="sent",
    turn={"sent": "provider", "running": "provider", "declined": "authority", "ended": "nobody"},
    moves={
        "sent": {"accept": "running", "decline": "declined", "withdraw": "ended"},
        "running": {"end": "ended"},
        "declined": {"close": "ended"},
        "ended": {},
    },
)

STATUS_NOTE = Machine(
    name="status_note",
    start="draft",
    turn={"draft": "provider", "sent": "authority", "decided": "nobody"},
    moves={"draft": {"send": "sent"}, "sent": {"decide": "decided", "take_back": "draft"}, "decided": {}},
)
