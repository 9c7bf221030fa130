"""Runs a command and measures it: seconds, and the largest memory its processes had together."""

import math
import os
import re
import subprocess
import time
from typing import NamedTuple

import psutil

from benchmarks.graders import environment

FAULT = re.compile(
    r"^\s*(?:[\w.]+\.)?(\w+(?:Error|Exception): .+)$|\| ERROR\] (?!Traceback)(.+)$", re.MULTILINE
)
EVERY = 0.05  # seconds between two looks at the memory


class Run(NamedTuple):
    """One finished command.

    code: its exit code; None: stopped by us.
    seconds, processor: by the clock, and of processor time; a busy machine makes the first longer.
    """

    code: int | None
    seconds: float
    processor: float
    megabytes: float
    said: str


def all_of(commands, folder, patience=math.inf):
    """Run commands one after the other and return one Run: the time adds up, memory is the most."""
    runs = [run(command, folder, patience) for command in commands]
    return Run(
        next((each.code for each in runs if each.code != 0), 0),
        sum(each.seconds for each in runs),
        sum(each.processor for each in runs),
        max(each.megabytes for each in runs),
        "\n".join(each.said for each in runs),
    )


def checked(command, folder):
    """Run a command that must not fail."""
    done = run(command, folder)
    if done.code != 0:
        raise RuntimeError(f"{' '.join(map(str, command))} failed: {done.said}")


def run(command, folder, patience=math.inf):
    """Run a command from the root of the checkout or in `folder`; return its Run.

    After `patience` seconds it is stopped. Memory is the resident set of the command and all that
    it started; pages that several share are counted in each.
    """
    with (folder / "said.txt").open("w+b") as said:
        start, before = time.perf_counter(), _processor()
        started = psutil.Popen(
            command,
            cwd=folder,
            env=environment.variables(),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        most, code = 0, started.poll()
        while code is None and time.perf_counter() - start < patience:
            family = _family(started)
            most = max(most, sum(map(_memory, family)))
            time.sleep(EVERY)
            code = started.poll()
        seconds = time.perf_counter() - start
        if code is None:
            _stop(_family(started))
            started.wait()
        said.seek(0)
        words = said.read().decode("utf-8", errors="replace")
        return Run(code, seconds, _processor() - before, most / 1e6, words)


def faults_in(said):
    r"""Return the errors that a program wrote, each once, without where in its code they arose.

    >>> faults_in("[App | INFO] fine\n[App | ERROR] Timeout.\n  a.b.OneError: no JSON\n")
    'Timeout. OneError: no JSON'
    """
    found = (plain or logged for plain, logged in FAULT.findall(said))
    return " ".join(dict.fromkeys(found))


def _processor():
    """Return the processor seconds of every process that this one started and that has ended."""
    spent = os.times()
    return spent.children_user + spent.children_system


def _family(process):
    """Return a process and all that it and its children started."""
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _memory(process):
    try:
        return process.memory_info().rss
    except psutil.NoSuchProcess:
        return 0


def _stop(family):
    for process in family:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
