"""Processes for work that one processor is too few for. Knows nothing of the work.

A worker starts afresh (never as a copy of a process that may hold locks), leaves Ctrl-C to the process that
started it, and ends with that process, also when that one is killed.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager


@contextmanager
def workers(count: int, what: str) -> Iterator[Executor]:
    """At most `count` processes; `what` they do is for the message when one of them dies.

    Raises:
        ChildProcessError: a worker was ended from outside.
    """
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(os.getpid(),))
    others = multiprocessing.active_children()
    try:
        with pool:
            try:
                yield pool
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                for process in multiprocessing.active_children():
                    if process not in others:
                        process.terminate()  # nobody waits for its result any more
                raise
    except BrokenProcessPool:
        raise ChildProcessError(
            f"{what} was ended from outside, often for want of memory; try --jobs 1"
        ) from None


def _begin(parent: int) -> None:
    """Runs first in every worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)
    gc.disable()  # a worker does one thing and ends: collecting takes a fifth of a layout's time
