"""A process that ends with the one that started it, even when that is killed."""

import ctypes
import os
import signal
import sys

END_WITH_PARENT = 1  # PR_SET_PDEATHSIG in linux/prctl.h


def end_with(parent: int) -> None:
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGTERM)
    if os.getppid() != parent:  # it was gone before we asked
        os.kill(os.getpid(), signal.SIGTERM)
