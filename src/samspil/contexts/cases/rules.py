"""The life of a case, of a referral and of a task, each with whose turn it is."""

from samspil.kernel.machine import Machine

CASE = Machine(
    name="case",
    start="enquiry",
    turn={
        "enquiry": "authority",
        "clarification": "authority",
        "running": "provider",
        "follow_up": "authority",
        "closed": "nobody",
    },
    moves={
        "enquiry": {"start_clarifying": "clarification", "close": "closed"},
        "clarification": {"start_help": "running", "close": "closed"},
        "running": {"call_follow_up": "follow_up", "close": "closed"},
        "follow_up": {"go_on": "running", "clarify_again": "clarification", "close": "closed"},
        "closed": {"reopen": "clarification"},
    },
)

REFERRAL = Machine(
    name="referral",
    start="received",
    turn={"received": "authority", "opened": "nobody", "advised": "nobody"},
    moves={"received": {"open_case": "opened", "advise": "advised"}, "opened": {}, "advised": {}},
)

TASK = Machine(
    name="task",
    start="open",
    turn={"open": "owner", "done": "nobody", "cancelled": "nobody"},
    moves={"open": {"finish": "done", "cancel": "cancelled"}, "done": {"reopen": "open"}, "cancelled": {}},
)
