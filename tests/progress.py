"""Tells while a run with several workers goes on: how far it is, how long it will take, what runs.

The time to come is the time gone, times what is still to do over what is done, each test weighed by
how long it took in the last run here (a new one as much as the mean). So a slow machine is told a
slow machine's time.
"""

import time

EVERY = 15  # seconds between two lines
KEPT = "kit/seconds"  # in pytest's cache: seconds by test


class Progress:
    """One line now and then instead of a dot for each test; a failure shows at once."""

    def __init__(self, config, say):
        self.cache, self.say = config.cache, say
        self.last = self.cache.get(KEPT, {})
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
        now = ", ".join(sorted({id.split("::")[0] for id in self.running})) or "nothing"
        share = round(100 * done / max(done + to_do, 0.001))
        to_go = f"about {left / 60:.0f} to go" if share >= 3 else "too early to say how many to go"
        return f"{share:3} %  {gone / 60:.0f} min gone, {to_go}. Now: {now}"

    def _weight(self, ids):
        known = {id: seconds for id, seconds in self.last.items() if id in self.all} | self.done
        mean = sum(known.values()) / max(len(known), 1)
        return sum(known.get(id, mean) for id in ids)


def pytest_configure(config):
    """Tell only where several workers run: one by itself shows its dots."""
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):

        def say(line):
            config.pluginmanager.get_plugin("terminalreporter").write_line(line)

        config.pluginmanager.register(Progress(config, say))
