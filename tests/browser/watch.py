"""What no page may do while a test has it open: leave the machine, stumble, complain."""

# What JupyterLab itself says without anything of ours on the page.
KNOWN = ("widget model not found",)  # an old output, before its cell has run again
# What it says as well once a test took its server away.
CUT_OFF = ("net::ERR_", "WebSocket", "Failed to fetch", "NetworkError")


class Watch:
    """Listens to all pages of a browser context; `complaints` are sentences."""

    def __init__(self, context, address):
        self.address, self.complaints = address, []
        self.cut_off = False
        self._context = context
        self._listeners = {
            "request": lambda request: self._sent(request.url),
            "page": lambda page: page.on("websocket", lambda socket: self._sent(socket.url)),
            "weberror": lambda error: self._said(f"uncaught: {error.error}"),
            "console": lambda message: message.type == "error" and self._said(message.text),
        }
        for event, listener in self._listeners.items():
            context.on(event, listener)

    def stop(self):
        """Listen no longer."""
        for event, listener in self._listeners.items():
            self._context.remove_listener(event, listener)

    def _sent(self, url):
        own = (self.address, self.address.replace("http", "ws", 1), "data:", "blob:")
        if not url.startswith(own):
            self.complaints.append(f"a request that left the machine: {url[:200]}")

    def _said(self, text):
        expected = KNOWN + (CUT_OFF if self.cut_off else ())
        if not any(known in text for known in expected):
            self.complaints.append(f"the page complained: {text[:500]}")
