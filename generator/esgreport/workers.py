"""Processes for work that one processor is too few for. Knows nothing of the work.

A worker starts afresh, leaves Ctrl-C to the process that started it, and ends with that process, also when that one is
killed. There are no threads: who asks for the work hands it out and waits for it, so a worker that is ended from outside,
at whatever moment, is met in one place.

A copy is a worker that knows all that the process knew when it was made, so that nothing has to be handed over: for work
that follows from much. A process with threads is not copied, because one of them may hold a lock.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

Result = TypeVar("Result")
COPIES = sys.platform.startswith("linux")  # whether processes can be copied here
_FRESH = multiprocessing.get_context("spawn")
_COPIES = multiprocessing.get_context("fork") if COPIES else _FRESH


class Gone(Exception):
    """A worker was ended from outside."""


class Worker:
    """One process and the line to it, which takes calls and gives what comes of them; a copy that is `telling` takes none.

    Raises:
        Gone: by `give` and `take`: the process was ended from outside.
    """

    def __init__(self, telling: Callable[[], Iterator[Any]] | None = None) -> None:
        self.line, theirs = multiprocessing.Pipe()
        own = (theirs, os.getpid())
        if telling:
            self.process: BaseProcess = _COPIES.Process(target=_tell, args=(*own, telling), daemon=True)
        else:
            self.process = _FRESH.Process(target=_work, args=own, daemon=True)
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
        raise _ended(what) from None
    finally:
        for worker in workers:
            worker.end()
    return [found[number] for number in range(len(calls))]


def told(
    tellers: Sequence[Callable[[], Iterator[Result]]], count: int, what: str
) -> Iterator[tuple[int, Result]]:
    """What each of the tellers yields, as it comes, with the number of the teller; at most `count` are at work in copies of
    this process. Where a process cannot be copied safely, or one at a time is wanted, they work here, one after the other.

    Raises:
        ChildProcessError: a copy was ended from outside.
    """
    if count < 2 or len(tellers) < 2 or not COPIES or threading.active_count() > 1:
        for number, teller in enumerate(tellers):
            yield from ((number, value) for value in teller())
        return
    waiting = list(enumerate(tellers))[::-1]
    busy: dict[Connection, tuple[Worker, int]] = {}
    try:
        while waiting or busy:
            while waiting and len(busy) < count:
                number, teller = waiting.pop()
                copy = Worker(teller)
                busy[copy.line] = copy, number
            ready = wait(list(busy))
            for line in [each for each in busy if each in ready]:
                copy, number = busy[line]
                if values := copy.take():
                    yield from ((number, value) for value in values)
                else:
                    copy.end()
                    del busy[line]
    except Gone:
        raise _ended(what) from None
    finally:
        for copy, _ in busy.values():
            copy.end()


def _ended(what: str) -> ChildProcessError:
    return ChildProcessError(f"{what} was ended from outside, often for want of memory; try --jobs 1")


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
            answer = _told_of(fault)
        line.send_bytes(answer)


def _tell(line: Connection, parent: int, teller: Callable[[], Iterator[Any]]) -> None:
    """What a copy does: tell what there is to tell, one by one, and at last nothing."""
    _begin(parent)
    try:
        for value in teller():
            line.send_bytes(pickle.dumps((True, [value])))
        line.send_bytes(pickle.dumps((True, [])))
    except Exception as fault:
        line.send_bytes(_told_of(fault))


def _told_of(fault: Exception) -> bytes:
    fault.add_note(traceback.format_exc())  # where it came from: its own trace stays here
    return pickle.dumps((False, fault))


def _begin(parent: int) -> None:
    """Runs first in every worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)
    gc.disable()  # a worker does one thing and ends: collecting takes a fifth of a layout's time
