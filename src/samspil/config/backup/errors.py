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


REASONS = {
    errno.ENOSPC: "disken er fuld.",
    errno.EDQUOT: "disken er fuld.",
    errno.ENOENT: "den findes ikke.",
    errno.EACCES: "der er ikke adgang til den.",
    errno.EROFS: "der kan kun læses derfra.",
}


def reason(error: OSError) -> str:
    return REASONS.get(error.errno or 0, f"{error.strerror or error}.")
