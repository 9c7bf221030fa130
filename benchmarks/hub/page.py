"""One notebook open in JupyterLab, without the page: a session, its kernel, and the messages."""

import asyncio
import itertools
import json
import time
import uuid
from contextlib import suppress
from datetime import UTC, datetime

from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClosedError, websocket_connect

from benchmarks.hub.widgets import Widgets

PROTOCOL = "v1.kernel.websocket.jupyter.org"  # what JupyterLab speaks
PATIENCE = 120  # seconds


class Gone(Exception):
    """The server or the kernel does not answer any more."""


class Refused(Exception):
    """A cell failed, or the kit did not keep an answer."""


class Page:
    """An open notebook. Use `opened`."""

    def __init__(self, socket):
        self.widgets = Widgets()
        self._socket, self._session = socket, uuid.uuid4().hex
        self._idle, self._failed, self._waiting = set(), {}, set()
        self._open = True
        self._listening = asyncio.create_task(self._listen())

    async def run(self, source):
        """Run a cell as JupyterLab does; return the seconds and the id of the widget it shows."""
        start = time.perf_counter()
        asked = await self._send(
            "execute_request",
            {
                "code": source,
                "silent": False,
                "store_history": True,
                "user_expressions": {},
                "allow_stdin": True,
                "stop_on_error": True,
            },
        )
        await self.until(lambda: asked in self._idle)
        if asked in self._failed:
            raise Refused(f"A cell failed with {self._failed[asked]}: {source}")
        return time.perf_counter() - start, self.widgets.shown.get(asked)

    async def enter(self, root, act):
        """Make one change in the form `root`; return once the form says that it is saved."""
        control = self.widgets.named(root, act.label)
        await self._tell(control, method="update", state=self.widgets.change(control, act.entered))
        await self.until(lambda: "Typing" not in self.widgets.status(root))
        if "Saved." not in (said := self.widgets.status(root)):
            raise Refused(f"{act.id} was not saved; the form says: {said}")

    async def press(self, root, label):
        """Press a button in the form `root`."""
        await self._tell(
            self.widgets.named(root, label), method="custom", content={"event": "click"}
        )

    async def until(self, is_so):
        """Return when `is_so()`, which is looked at whenever the kernel has said something."""
        async with asyncio.timeout(PATIENCE):
            while not is_so():
                if not self._open:
                    raise Gone
                heard = asyncio.get_running_loop().create_future()
                self._waiting.add(heard)
                await heard

    def close(self):
        """Close the page; the kernel goes on, as after a closed tab."""
        self._socket.close()
        self._listening.cancel()

    async def _tell(self, model, **data):
        """Send a message to a widget and wait until the kernel has dealt with it."""
        state = {"buffer_paths": []} if data["method"] == "update" else {}
        asked = await self._send("comm_msg", {"comm_id": model, "data": data | state})
        await self.until(lambda: asked in self._idle)

    async def _send(self, kind, content):
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": kind,
            "session": self._session,
            "username": "",
            "date": datetime.now(UTC).isoformat(),
            "version": "5.3",
        }
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        packed = serialize_msg_to_ws_v1(message, "shell", lambda part: json.dumps(part).encode())
        try:
            await self._socket.write_message(packed, binary=True)
        except WebSocketClosedError:
            raise Gone from None
        return header["msg_id"]

    async def _listen(self):
        with suppress(asyncio.CancelledError):
            while (raw := await self._socket.read_message()) is not None:
                self._hear(*deserialize_msg_from_ws_v1(raw))
                self._wake()
        self._open = False
        self._wake()

    def _hear(self, channel, parts):
        names = ("header", "parent_header", "metadata", "content")
        message = dict(zip(names, map(json.loads, parts[:4]), strict=True))
        kind, asked = message["header"]["msg_type"], message["parent_header"].get("msg_id")
        if channel == "iopub":
            self.widgets.hear(message)
        if kind == "error":
            self._failed[asked] = message["content"]["ename"]
        if kind == "status" and message["content"]["execution_state"] == "idle":
            self._idle.add(asked)

    def _wake(self):
        waiting, self._waiting = self._waiting, set()
        for heard in itertools.filterfalse(asyncio.Future.done, waiting):
            heard.set_result(None)


async def opened(address, cookies):
    """Return a Page on the kernel at the address (ws://…) of its channels."""
    request = HTTPRequest(address, headers={"Cookie": cookies}, connect_timeout=PATIENCE)
    return Page(await websocket_connect(request, subprotocols=[PROTOCOL], max_message_size=2**28))
