"""The widgets of one notebook's page, put together from the kernel's messages as a page does."""

MARK = "IPY_MODEL_"  # before the id of a model that another one holds
VIEW = "application/vnd.jupyter.widget-view+json"
STATUS = "kit-status-line"


class Widgets:
    """The state of every model by its id, and which model each execution showed.

    A message is a dict with header, parent_header and content, as the kernel sends it.
    """

    def __init__(self):
        self.states = {}
        self.shown = {}  # id of the request to run a cell -> id of the model it showed last

    def hear(self, message):
        """Take in one message of the kernel; those that are not about widgets change nothing."""
        kind, content = message["header"]["msg_type"], message["content"]
        if kind == "comm_open" and content["target_name"] == "jupyter.widget":
            self.states[content["comm_id"]] = dict(content["data"]["state"])
        elif kind == "comm_msg" and content["data"].get("method") in ("update", "echo_update"):
            self.states.get(content["comm_id"], {}).update(content["data"]["state"])
        elif kind in ("display_data", "execute_result") and VIEW in content["data"]:
            asked = message["parent_header"]["msg_id"]
            self.shown[asked] = content["data"][VIEW]["model_id"]

    def under(self, root):
        """Yield the id of a model and of all that it holds, from top to bottom."""
        yield root
        for child in self.states[root].get("children", []):
            yield from self.under(child.removeprefix(MARK))

    def named(self, root, label):
        """Return the id of the one control under `root` with this label."""
        [found] = [id for id in self.under(root) if self.states[id].get("description") == label]
        return found

    def classed(self, root, name):
        """Return the id of the one model under `root` that bears a class name."""
        [found] = [id for id in self.under(root) if name in self.states[id].get("_dom_classes", ())]
        return found

    def status(self, root):
        """Return what the status line of a form says, as HTML."""
        return self.states[self.classed(root, STATUS)]["value"]

    def change(self, id, entered):
        """Return the state (dict) a page sends when `entered` is chosen, typed or ticked.

        In a list, in radio buttons and on a slider with steps, that is the text of an option.
        """
        options = self.states[id].get("_options_labels")
        return {"value": entered} if options is None else {"index": list(options).index(entered)}

    def shows(self, id, entered):
        """Tell whether a control shows what was entered in it."""
        wanted = self.change(id, entered)
        return {name: self.states[id].get(name) for name in wanted} == wanted
