"""A class on a real JupyterHub on this machine: `python -m benchmarks.hub --learners 20`.

| file                   | holds                                                              |
|------------------------|--------------------------------------------------------------------|
| `environment`          | installs the hub into build/hub; the course as a git repository    |
| `jupyterhub_config.py` | the hub's configuration                                            |
| `server`               | starts and ends the hub; its processes by learner, their memory    |
| `account`              | log-in, start of a server, the link of nbgitpuller, opening        |
| `page`                 | one open notebook: the messages between a page and its kernel      |
| `widgets`              | what those messages make of the widgets                            |
| `answers`              | what each learner enters, and what the journal must then hold      |
| `learner`              | one learner's way from log-in to hand-in                           |
| `lesson`               | all of them together; a third of the servers are killed            |
| `figures`              | the table                                                          |

The learners have no page: they send what JupyterLab's page would send, and go by what the forms
say. That takes processor time as well, on the same machine. It needs Linux, git and Node.js; all
traffic stays on 127.0.0.1, and everything that was started is ended. docs/hub.md says what a
school can take from the figures.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks.hub import environment, figures, lesson, page, server

STOPPED = (server.TooMuch, lesson.TooLong, page.Refused)  # each says why in one sentence


def main():
    """Print the table; return 1 with a sentence if something was lost or could not be done."""
    learners = _asked()
    try:
        environment.make()
        found = run(learners)
    except (environment.Missing, *STOPPED) as error:
        return _say(error)
    except KeyboardInterrupt:
        return _say("Stopped; the hub and all that it started are ended.")
    print("| what | figure | unit | note |\n|---|---:|---|---|")
    for row in figures.rows(found):
        print("|", " | ".join(row[key] for key in ("what", "figure", "unit", "note")), "|")
    return _say(figures.lost(found))


def run(learners):
    """Hold one lesson with that many learners on a hub of its own; return the Lesson."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        repository = environment.repository(folder)
        with server.running(folder) as hub:
            try:
                return asyncio.run(lesson.hold(hub, learners, repository, folder))
            except* STOPPED as stopped:
                raise _first(stopped) from None


def _first(group):
    """Return the first exception in a group of groups."""
    while isinstance(group, BaseExceptionGroup):
        group = group.exceptions[0]
    return group


def _say(problem):
    if problem := str(problem):
        print(problem, file=sys.stderr)
    return 1 if problem else 0


def _asked():
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.hub",
        description="Let a class work on a JupyterHub on this machine, and measure it.",
    )
    number = {"type": int, "metavar": "N", "default": 20}
    parser.add_argument("--learners", **number, help="how many at once (default: 20)")
    asked = parser.parse_args()
    if asked.learners < 1:
        parser.error("--learners must be 1 or more.")
    return asked.learners


if __name__ == "__main__":
    sys.exit(main())
