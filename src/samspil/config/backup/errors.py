"""What can be wrong with a backup. Every text is Danish, for the person at the keyboard."""

import errno


class BackupError(Exception):
    """A backup cannot be taken, read or put back."""


class WrongKey(BackupError):
    """The key does not open this set."""


class CutOff(BackupError):
    """The end of the set is missing."""


class Changed(BackupError):
    """The set, or what came out of it, is not what was put in."""


class OtherVersion(BackupError):
    """The set does not fit this program or this server."""


class StillAlive(BackupError):
    """Something is there already, and nobody has said that it may go."""


def reason(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "disken er fuld."
    return f"{error.strerror or error}."
