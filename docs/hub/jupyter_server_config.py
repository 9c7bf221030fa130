"""What the course needs of a hub: one file for the environment in which the learners' servers run.

Copy it into the folder `etc/jupyter` of that environment. Every server reads it when it starts,
after it knows whose home it is in; its kernels and terminals take over what is set here.
"""

import os
from pathlib import Path

c = get_config()  # noqa: F821  (given by Jupyter)

# The notebooks import the kit, which finds its data beside itself and keeps a learner's answers in
# the folder notebooks beside itself. So each learner works with the kit in the own copy, which the
# link of nbgitpuller puts into the home folder, and no other.
course = str(Path.home() / "asked-to-join")
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [course, os.environ.get("PYTHONPATH")]))
# Every notebook knows `kit` from its start, so that any cell runs after a restart.
os.environ["PYTHONSTARTUP"] = os.path.join(course, "binder", "kernel_start.py")

# Each open notebook has a kernel, and closing its tab does not end it. One that nobody has used for
# half an hour is ended, also while its page is open. Answers are on the disk by then; after that,
# the learner runs the cells again and goes on.
c.MappingKernelManager.cull_idle_timeout = 1800  # seconds
c.MappingKernelManager.cull_interval = 120
c.MappingKernelManager.cull_connected = True

# The worked editions hold the answers: a learner's list of files does not show their folder.
c.ContentsManager.hide_globs = ["__pycache__", "*.pyc", "*.pyo", ".DS_Store", "*~", "instructor"]
