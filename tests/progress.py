"""Tells while a run with several workers goes on: how far it is, how long it will take, what runs.

The time to come is the time gone, times what is still to do over what is done, each test weighed by
how long it took in the last run here, and before there was one by `seconds.json`: what a test of
its file takes on two quiet cores (python -m tests.progress writes it, from the last run). So a slow
machine is told a slow machine's time.
"""

import json
import time
from collections import defaultdict
from pathlib import Path
from statistics import fmean

EVERY = 15  # seconds between two lines
KEPT = "kit/seconds"  # in pytest's cache: seconds by test
USUAL = Path(__file__).with_name("seconds.json")


class Progress:
    """One line now and then instead of a dot for each test; a failure shows at once."""

    def __init__(self, config, say):
        self.cache, self.say = config.cache, say
        self.last, self.usual = self.cache.get(KEPT, {}), json.loads(USUAL.read_text())
        self.all, self.running, self.done = set(), {}, {}
        self.began = self.said = time.monotonic()

    def pytest_xdist_node_collection_finished(self, node, ids):
        self.all |= set(ids)

    def pytest_runtest_logstart(self, nodeid, location):
        self.running[nodeid] = time.monotonic()
        self._tell_now_and_then()

    def pytest_runtest_logfinish(self, nodeid, location):
        self.done[nodeid] = time.monotonic() - self.running.pop(nodeid, time.monotonic())
        self._tell_now_and_then()

    def pytest_report_teststatus(self, report):
        return ("passed" if report.when == "call" else "", "", "") if report.passed else None

    def pytest_sessionfinish(self):
        self.cache.set(KEPT, self.last | self.done)

    def _tell_now_and_then(self):
        now = time.monotonic()
        if now - self.said >= EVERY and self.done:
            self.said = now
            self.say(self.line(now - self.began))

    def line(self, gone):
        """Return the line after `gone` seconds."""
        done, to_do = self._weight(self.done), self._weight(self.all - self.done.keys())
        left = gone * to_do / max(done, 0.001)
        now = ", ".join(sorted(set(map(_file, self.running)))) or "nothing"
        share = round(100 * done / max(done + to_do, 0.001))
        to_go = f"about {left / 60:.0f} to go" if share >= 3 else "too early to say how many to go"
        return f"{share:3} %  {gone / 60:.0f} min gone, {to_go}. Now: {now}"

    def _weight(self, ids):
        return sum(self.last.get(id, self.usual.get(_file(id), 1)) for id in ids)


def _file(id):
    return id.split("::")[0]


def usual(last):
    """Return {file: seconds of one of its tests}, of {test: seconds}.

    >>> usual({"a.py::test_one": 1, "a.py::test_two": 2})
    {'a.py': 1.5}
    """
    files = defaultdict(list)
    for id in sorted(last):
        files[_file(id)].append(last[id])
    return {file: round(fmean(seconds), 2) for file, seconds in files.items()}


def pytest_configure(config):
    """Tell only where several workers run: one by itself shows its dots."""
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):

        def say(line):
            config.pluginmanager.get_plugin("terminalreporter").write_line(line)

        config.pluginmanager.register(Progress(config, say))


if __name__ == "__main__":
    last = json.loads((USUAL.parents[1] / ".pytest_cache" / "v" / KEPT).read_text())
    USUAL.write_text(json.dumps(usual(last), indent=1) + "\n")
