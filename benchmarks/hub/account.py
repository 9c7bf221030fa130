"""One learner's account on the hub: logging in, starting the server, the link, opening a notebook.

All of it as a browser does it, with cookies and a form, but for the scripts, styles and pictures
of the pages, which are not fetched.
"""

import asyncio
import json
import re
import time
from urllib.parse import urlencode

import httpx

from benchmarks.hub import page
from benchmarks.hub.environment import COURSE

PATIENCE = 400  # seconds; a start that failed is tried again within them
AGAIN = 2  # seconds until a learner tries again whose server died without the hub's knowing
PROGRESS = re.compile(r'new EventSource\("([^"]+)"\)')  # in the page that waits with a learner
ASKED = {  # by the link, beside the repository; docs/hub.md shows it
    "branch": "main",
    "targetpath": COURSE,
    "urlpath": f"doc/tree/{COURSE}/notebooks/01_meet_the_sources.ipynb",
}


class Account:
    """A learner's browser: the cookies, the address of the hub and of the own server."""

    def __init__(self, hub, name):
        self.name = name
        self._hub, self._server = f"{hub}/hub", f"{hub}/user/{name}"
        self._client = httpx.AsyncClient(follow_redirects=True, timeout=PATIENCE, trust_env=False)

    async def log_in(self):
        """Send the form of the log-in page."""
        await self._get(f"{self._hub}/login")
        form = {"username": self.name, "password": "", "_xsrf": self._xsrf("/hub/")}
        done = await self._client.post(f"{self._hub}/login?next=/hub/home", data=form)
        done.raise_for_status()

    async def start(self):
        """Start the server and wait until it answers; return the seconds it took."""
        begun = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            while not await self._is_up():
                await self._launch()
        took = time.perf_counter() - begun
        await self._get(f"{self._server}/lab")  # here the server gets its own cookies
        return took

    async def follow_link(self, repository):
        """Follow the link of nbgitpuller until the course is in the home folder."""
        asked = urlencode({"repo": repository, **ASKED})
        await self._get(f"{self._hub}/user-redirect/git-pull?{asked}")
        pulled = f"{self._server}/git-pull/api?{asked}"  # which that page's script asks for
        async for said in self._told(pulled):
            if said["phase"] == "error":
                raise RuntimeError(f"nbgitpuller failed: {said['message']}")
        await self._get(f"{self._server}/{ASKED['urlpath']}")

    async def open(self, name):
        """Open a notebook of the course; return its Page and the code of its cells (list)."""
        path = f"{COURSE}/notebooks/{name}"
        notebook = (await self._get(f"{self._server}/api/contents/{path}?type=notebook")).json()
        asked = {"path": path, "name": name, "type": "notebook", "kernel": {"name": "python3"}}
        token = {"X-XSRFToken": self._xsrf(f"/user/{self.name}/")}
        done = await self._client.post(f"{self._server}/api/sessions", json=asked, headers=token)
        done.raise_for_status()
        kernel = done.json()["kernel"]["id"]
        address = self._server.replace("http", "ws", 1)
        opened = await page.opened(f"{address}/api/kernels/{kernel}/channels", self._cookies())
        cells = notebook["content"]["cells"]
        return opened, [cell["source"] for cell in cells if cell["cell_type"] == "code"]

    async def close(self):
        """Close the browser."""
        await self._client.aclose()

    async def _get(self, address):
        done = await self._client.get(address)
        done.raise_for_status()
        return done

    async def _launch(self):
        """Ask for the server and wait as the hub's page does, until it is there or failed."""
        shown = await self._client.get(f"{self._hub}/spawn/{self.name}")
        if progress := PROGRESS.search(shown.text):
            async for _ in self._told(shown.url.join(progress[1])):
                pass
        else:
            await asyncio.sleep(AGAIN)

    async def _told(self, address):
        """Yield what an address that sends events tells, as dicts, until its end."""
        async with self._client.stream("GET", address) as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data: "):
                    yield json.loads(line.removeprefix("data: "))

    async def _is_up(self):
        done = await self._client.get(f"{self._server}/api", follow_redirects=False)
        return done.status_code == 200

    def _xsrf(self, path):
        return self._client.cookies.get("_xsrf", path=path)

    def _cookies(self):
        mine = f"/user/{self.name}/"
        jar = [each for each in self._client.cookies.jar if mine.startswith(each.path)]
        return "; ".join(f"{each.name}={each.value}" for each in jar)
