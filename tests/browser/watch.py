"""What no page may do while a test has it open: leave the machine, stumble, complain."""

# What JupyterLab and anywidget themselves say without anything of ours on the page.
KNOWN = (
    "widget model not found",  # an old output, before its cell has run again
    "[anywidget] Failed to initialize model",  # on a slow page; kit/widgets/hear.js mends it
    # A server that is asked for its kernels while one starts (it has no last activity yet).
    "500 (Internal Server Error) at api/kernels?",
)
# What it says as well once a test killed the kernel, of what it had asked that one.
DIED = ("Canceled future for",)
# What it says as well once a test took its server away.
CUT_OFF = ("net::ERR_", "WebSocket", "Failed to fetch", "NetworkError")
# Firefox tells the page, as errors of its own, of a socket that was cut or cannot be opened.
CUT_OFF += ("Firefox can’t establish a connection", "The connection to ws")


class Watch:
    """Listens to all pages of a browser context; `complaints` are sentences.

    died, cut_off: a test has killed a kernel, the server; deaf: what is said now does not count.
    """

    def __init__(self, context, address):
        self.address, self.complaints = address, []
        self.died = self.cut_off = self.deaf = False
        self._context = context
        self._listeners = {
            "request": lambda request: self._sent(request.url),
            "page": lambda page: page.on("websocket", lambda socket: self._sent(socket.url)),
            "weberror": lambda error: self._said(f"uncaught: {error.error}"),
            "console": lambda message: message.type == "error" and self._said(self._whole(message)),
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

    def _whole(self, message):
        """Return what the console says, and of which address of the server."""
        return f"{message.text} at {message.location['url'].removeprefix(self.address)}"

    def _said(self, text):
        expected = KNOWN + DIED * self.died + CUT_OFF * self.cut_off
        if not self.deaf and not any(known in text for known in expected):
            self.complaints.append(f"the page complained: {text[:500]}")
