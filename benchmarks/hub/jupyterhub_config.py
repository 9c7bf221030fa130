"""The hub of the load test: as it comes, but for what a test on one machine and one account needs.

Where the files go and which ports are free is told by the environment (see `server`). What the
course itself needs of a hub is in docs/hub/jupyter_server_config.py.
"""

import os

c = get_config()  # noqa: F821  (given by JupyterHub)
address = "http://127.0.0.1:{}"

c.JupyterHub.bind_url = address.format(os.environ["HUB_PORT"])
c.JupyterHub.hub_bind_url = address.format(os.environ["HUB_OWN_PORT"])
c.ConfigurableHTTPProxy.api_url = address.format(os.environ["HUB_PROXY_PORT"])

# Anybody gets in under any name, and all servers run under one account, each in a home of its own.
# Never do this where others can reach it.
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = os.path.join(os.environ["HUB_HOMES"], "{username}")
if os.getuid() == 0:
    c.Spawner.args = ["--allow-root"]

# A whole class starts within the same minute; then a server needs longer than the usual 60 and 30
# seconds until it answers.
c.Spawner.start_timeout = 180
c.Spawner.http_timeout = 180
