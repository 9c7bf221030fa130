"""What the tests ask a page of JupyterLab or Notebook, and have it do: JavaScript as text."""

# First the open notebook, then the question.
ASK = "(wanted) => {{ const panel = window.jupyterapp?.shell.currentWidget; {} }}"
IDLE = ASK.format("""
  const { context, sessionContext, content } = panel ?? {};
  return context?.isReady && context.path === wanted
    && sessionContext.isReady && content.widgets.length > 0
    && sessionContext.session?.kernel?.status === "idle";
""")
FORGET_RUNS = ASK.format("""
  for (const { model } of panel.content.widgets)
    if (model.type === "code") model.executionCount = null;
""")
# How far Run All Cells has come: the message of a cell that failed, or whether all have run.
ALL_RUN = ASK.format("""
  const code = panel.content.widgets.map((cell) => cell.model)
    .filter((model) => model.type === "code" && model.sharedModel.getSource().trim());
  for (const { outputs } of code)
    for (let i = 0; i < outputs.length; i++)
      if (outputs.get(i).type === "error") return outputs.get(i).toJSON().evalue;
  return code.every((model) => model.executionCount !== null)
    && panel.sessionContext.session?.kernel?.status === "idle";
""")
NOT_RUN = ASK.format("""
  const waiting = panel.content.widgets.map((cell) => cell.model)
    .filter((model) => model.type === "code" && model.executionCount === null);
  const told = waiting.map(({ id, executionState }) => `${id} (${executionState})`);
  return `not run: ${told.join(", ")}; kernel ${panel.sessionContext.session?.kernel?.status}`;
""")
# In a page that is there already: read its notebook from the disk again; close it; is it gone?
# open another; does the page hold this notebook, with a kernel, and nothing else?
READ_AGAIN = ASK.format("return panel.context.revert();")
CLOSE = """() => {
  const { context } = window.jupyterapp.shell.currentWidget;
  context.model.dirty = false;  // else it asks
  window.jupyterapp.shell.currentWidget.close();
}"""
FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
EMPTY = "() => !document.querySelector('.jp-Notebook')"
OPEN = """async (path) => {
  await window.jupyterapp.commands.execute("docmanager:open", { path, factory: "Notebook" });
}"""
STANDS = ASK.format("""
  const opened = [...window.jupyterapp.shell.widgets("main")].filter((each) => each.context);
  const kernel = panel?.sessionContext?.session?.kernel;
  return opened.length === 1 && panel?.context?.path === wanted
    && kernel?.connectionStatus === "connected" && !document.querySelector(".jp-Dialog");
""")
# Waits until the kernel has all that was entered and the page all that it sent for it, and says
# whether some of it still waits to be kept.
WAITS = ASK.format("""
  return panel.sessionContext.session.kernel.requestKernelInfo()
    .then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
    .then(() => document.body.textContent.includes("… Typing"));
""")
# Brings the top of a cell, named by id or position, into the page and marks the cell; says which it
# is. JupyterLab says that it is there a tenth of a second after it was asked, and may only then
# begin to scroll, or go on scrolling; and a cell above, shown for the first time, pushes it down. A
# click would miss. So it is asked until the cell stays where it is.
FIND_CELL = ASK.format("""
  const cells = panel.content.widgets;
  const index = cells.findIndex((cell, i) => cell.model.id === wanted || i === wanted);
  if (index < 0) return null;
  const node = cells[index].node;
  node.dataset.cell = index;
  const { viewModel, outerNode } = panel.content;
  const top = () => Math.round(node.getBoundingClientRect().top);
  const isOwed = () =>
    viewModel.windowingActive && Math.abs(viewModel.scrollOffset - outerNode.scrollTop) > 1;
  const toStand = async () => {
    for (let last, frames = 0; frames < 8; last = top()) {
      await new Promise(requestAnimationFrame);
      frames = top() === last ? frames + 1 : 0;
    }
  };
  const toItsTop = async () => {
    for (let before, asked = 0; before !== top() && asked < 9; asked++) {
      before = top();
      await panel.content.scrollToItem(index, "start").catch(() => {});  // another came first
      if (before !== top() || isOwed()) await toStand();
    }
    return index;
  };
  return toItsTop();
""")
