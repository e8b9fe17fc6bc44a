"""Work in several processes: results in order, faults as they were, one sentence for a worker that is killed."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from esgreport.workers import told, worked_out

# The first worker is killed as soon as it is there, before it has run a line of its own, or a moment later.
KILLED = """
import multiprocessing, os, signal, threading, time
from functools import partial
from esgreport.workers import worked_out

def kill(delay):
    while not multiprocessing.active_children():
        time.sleep(0.0005)
    time.sleep(delay)
    os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)

for number in range({times}):
    threading.Thread(target=kill, args=(number % 10 / 100,), daemon=True).start()
    try:
        worked_out([partial(time.sleep, 2)] * 4 + [partial(len, "x" * 1_000_000)] * 4, 4, "the work")
    except ChildProcessError as reason:
        print(reason)
"""


def test_results_come_in_the_order_of_the_calls():
    calls = [partial(divmod, 100, number) for number in range(1, 30)]
    assert worked_out(calls, 3, "the work") == [divmod(100, number) for number in range(1, 30)]
    assert worked_out([], 3, "the work") == []
    assert multiprocessing.active_children() == []


def test_no_more_processes_than_are_wanted():
    pids = worked_out([os.getpid] * 12, 2, "the work")
    assert 1 <= len(set(pids)) <= 2
    assert os.getpid() not in pids


def test_large_orders_and_results_pass():
    text = "銅" * 3_000_000
    assert worked_out([partial(str.swapcase, text)] * 3, 2, "the work") == [text] * 3


def test_what_a_call_raises_is_raised_and_ends_the_others():
    with pytest.raises(FileNotFoundError, match="nowhere") as caught:
        worked_out([partial(os.listdir, Path("nowhere")), *[partial(signal.pause)] * 2], 3, "the work")
    assert "in _work" in "".join(caught.value.__notes__)
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("times", [20, pytest.param(100, marks=pytest.mark.long)])
def test_a_worker_that_is_killed_at_any_moment_is_told_and_nothing_else_is(times):
    program = [sys.executable, "-c", KILLED.format(times=times)]
    done = subprocess.run(program, capture_output=True, text=True, timeout=300)
    assert done.stderr == ""
    sentence = "the work was ended from outside, often for want of memory; try --jobs 1"
    assert done.stdout.splitlines() == [sentence] * times


def apart(program: str) -> Any:
    """What a program prints at its end, run in a process of its own: threads that other tests leave here forbid copies."""
    imports = "import json, multiprocessing, os, signal\nfrom esgreport.workers import told\n"
    words = [sys.executable, "-c", imports + program]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_copies_know_what_this_process_knows_and_tell_as_they_go():
    found, ours, left = apart("""
known = {"copper": object()}  # nothing that could be handed over

def tell(number):
    for name in known:
        yield number, name, os.getpid()
    yield number, "the end", os.getpid()

tellers = [lambda number=number: tell(number) for number in range(4)]
print(json.dumps([list(told(tellers, 2, "the work")), os.getpid(), len(multiprocessing.active_children())]))
""")
    assert sorted((number, tuple(said[:2])) for number, said in found) == [
        (number, (number, name)) for number in range(4) for name in ("copper", "the end")
    ]
    assert len({pid for _, (*_, pid) in found} - {ours}) == 4
    assert left == 0


def test_where_nothing_can_be_copied_the_work_is_done_here():
    def tell() -> Iterator[int]:
        yield os.getpid()

    here = [(0, os.getpid()), (1, os.getpid())]
    assert list(told([tell, tell], 1, "the work")) == here
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)  # it could hold a lock
    thread.start()
    try:
        assert list(told([tell, tell], 2, "the work")) == here
    finally:
        waiting.set()
        thread.join()


def test_what_a_copy_raises_is_raised_and_ends_the_others():
    message, line, notes, left = apart("""
from esgreport.diagnostics import Place
from esgreport.render import TemplateFault

def fail():
    yield 1
    raise TemplateFault(Place("templates/own.html", 3), "no such name")

def wait():
    yield signal.pause()

try:
    list(told([fail, wait], 2, "the work"))
except TemplateFault as fault:
    print(json.dumps([str(fault), fault.place.line, fault.__notes__, len(multiprocessing.active_children())]))
""")
    assert (message, line, left) == ("no such name", 3, 0)
    assert "in fail" in "".join(notes)


def test_a_copy_that_is_killed_is_told():
    sentence, left = apart("""
def die():
    yield 1
    os.kill(os.getpid(), signal.SIGKILL)

try:
    list(told([die, die], 2, "the work"))
except ChildProcessError as fault:
    print(json.dumps([str(fault), len(multiprocessing.active_children())]))
""")
    assert "the work was ended from outside" in sentence and left == 0
