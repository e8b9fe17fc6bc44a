"""Processes for work that one processor is too few for. Knows nothing of the work.

A worker starts afresh (never as a copy of a process that may hold locks), leaves Ctrl-C to the process that
started it, and ends with that process, also when that one is killed. There are no threads: who asks for the work hands
it out and waits for it, so a worker that is ended from outside, at whatever moment, is met in one place.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

Result = TypeVar("Result")


class Gone(Exception):
    """A worker was ended from outside."""


class Worker:
    """One process and the line to it, which takes calls and gives what comes of them.

    Raises:
        Gone: by `give` and `take`: the process was ended from outside.
    """

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, os.getpid()), daemon=True)
        self.process.start()
        theirs.close()  # the process alone holds its end, so that ours tells when it is gone

    def give(self, call: Callable[[], Any]) -> None:
        order = pickle.dumps(call)
        try:
            self.line.send_bytes(order)
        except OSError:
            raise Gone from None

    def take(self) -> Any:
        """What came of the call; what it raised is raised."""
        try:
            answer = self.line.recv_bytes()
        except (EOFError, OSError):
            raise Gone from None
        good, value = pickle.loads(answer)
        if not good:
            raise value
        return value

    def end(self) -> None:
        """Its work is done, or nobody waits for it any more."""
        self.process.kill()
        self.process.join()
        self.line.close()


def worked_out(calls: Sequence[Callable[[], Result]], count: int, what: str) -> list[Result]:
    """What the calls give, in their order, worked out by at most `count` processes.

    `what` they do is for the message when one of them dies. A call that raises ends the work.

    Raises:
        ChildProcessError: a worker was ended from outside.
    """
    waiting = list(enumerate(calls))[::-1]
    found: dict[int, Result] = {}
    workers: list[Worker] = []
    busy: dict[Connection, tuple[Worker, int]] = {}
    try:
        for _ in range(min(count, len(calls))):
            workers.append(Worker())
        idle = list(workers)
        while waiting or busy:
            while waiting and idle:
                worker, (number, call) = idle.pop(), waiting.pop()
                worker.give(call)
                busy[worker.line] = worker, number
            ready = wait(list(busy))
            for line in [each for each in busy if each in ready]:
                worker, number = busy.pop(line)
                found[number] = worker.take()
                idle.append(worker)
    except Gone:
        raise ChildProcessError(
            f"{what} was ended from outside, often for want of memory; try --jobs 1"
        ) from None
    finally:
        for worker in workers:
            worker.end()
    return [found[number] for number in range(len(calls))]


def _work(line: Connection, parent: int) -> None:
    """What a worker does: call after call, until nobody asks any more."""
    _begin(parent)
    while True:
        try:
            order = line.recv_bytes()
        except (EOFError, OSError):
            return
        try:
            answer = pickle.dumps((True, pickle.loads(order)()))
        except Exception as fault:
            fault.add_note(traceback.format_exc())  # where it came from: its own trace stays here
            answer = pickle.dumps((False, fault))
        line.send_bytes(answer)


def _begin(parent: int) -> None:
    """Runs first in every worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)
    gc.disable()  # a worker does one thing and ends: collecting takes a fifth of a layout's time
