// The page's side of the keeper: what it knows of the learner's work, and what it tells and asks
// the kernel. It says no more than it knows. See keeper.py for the messages.

const SIGN_OF_LIFE = 120_000; // ms between two signs of life, at the least
const PATIENCE = 10_000; // ms the kernel may take to answer before the page says that it does not
const PAUSE = 1_200; // ms after the last entry before the page asks whether all of it arrived
const TYPING = 400; // ms in which a message may still be about the key before the last one
const LARGEST = 8_000_000; // characters that fit into one message to the kernel

// Which method hears what the kernel says.
const HEARD = {
  lines: "take",
  show: "show",
  offer: "ponder",
  erased: "forget",
  doubt: "hesitate",
  place: "place",
  told: "said",
};

class Keeper {
  initialize(model) {
    hearAgain(model);
    this.model = model;
    this.title = model.get("title");
    this.file = model.get("file");
    this.binder = model.get("binder");
    this.page = crypto.randomUUID?.() ?? String(Math.random());
    this.copy = []; // the journal's lines, as far as this page was told
    this.settled = false; // may the browser's copy be written?
    this.refused = ""; // why the browser keeps no copy
    this.known = null; // what the kernel said last
    this.offer = null;
    this.told = null;
    this.doubt = null; // a copy that may be somebody else's: what it would change, and its text
    this.missing = []; // cells of the course that this notebook lost
    this.mayUndo = false;
    this.entered = null; // an entry the kernel has not spoken of yet
    this.asked = 0; // since when an answer is awaited
    this.signed = Date.now(); // when the last sign of life went out
    this.lost = ""; // "kernel" or "server" when it is gone
    this.isNew = false; // somebody said: I am new here
    this.views = new Set();
    model.on("msg:custom", (message) => this.hear(message));
    this.watchKernel(model.widget_manager?.kernel);
    this.watchPage();
    this.watchCells();
    this.hello();
  }

  watchKernel(kernel) {
    this.kernel = kernel;
    this.model.on("comm_live_update", () => this.lose("kernel"));
    kernel?.disposed?.connect(() => this.lose("kernel"));
    kernel?.connectionStatusChanged?.connect((_, status) => {
      if (status !== "connected") this.lose("server");
      else if (this.lost === "server") this.findAgain();
    });
  }

  watchPage() {
    for (const kind of ["pointermove", "pointerdown", "wheel", "touchmove", "keydown"]) {
      addEventListener(kind, () => this.active(kind), { capture: true, passive: true });
    }
    addEventListener("kit-download", (event) => this.giveCopy(event.detail ?? {}));
    addEventListener("kit-mirror", ({ detail }) => this.mirrorChanged(detail));
    addEventListener("storage", ({ key, newValue }) => {
      const ours = key === storageKey(this.title);
      if (ours) this.mirrorChanged({ title: this.title, erased: newValue === "" });
    });
    document.addEventListener("visibilitychange", () => this.lookAgain());
  }

  // The cells: by them the kernel knows which notebook this is and what was lost of it

  watchCells() {
    this.context = this.model.widget_manager?.context;
    const starred = [...document.querySelectorAll(".jp-InputPrompt")]; // in sight: not all, in older ones
    const running = this.cells().filter(({ executionState }) => executionState === "running");
    const waiting = starred.filter(({ textContent }) => textContent.includes("*"));
    this.goesOn = Math.max(running.length, waiting.length) > 1; // Run All
    this.context?.model?.cells?.changed.connect(() => this.lookAgain());
  }

  cells() {
    const cells = this.context?.model?.cells;
    return Array.from({ length: cells?.length ?? 0 }, (_, i) => cells.get(i));
  }

  whereabouts() {
    const file = this.context?.path.split("/").pop() ?? "";
    return { cells: this.cells().map(({ id }) => id), file };
  }

  place({ missing, first }) {
    this.missing = missing;
    if (this.goesOn && first) for (const wait of [500, 2000, 4000]) setTimeout(() => this.goTo(first), wait);
    this.goesOn = false;
  }

  // Go to the first thing to do, unless the learner went somewhere already; more than once, because
  // what stands above it may still grow. Where cells out of sight are not on the page, as in older
  // JupyterLabs, the steps' own link may not be there: then a click with the command's name does it.
  goTo(cell) {
    if (this.moved) return;
    const shown = document.querySelector(".jp-Notebook:not(.lm-mod-hidden *) .kit-steps p > a");
    const link = shown ?? make("span", { hidden: true });
    if (!shown) {
      link.dataset.commandlinkerCommand = "rendermime:handle-local-link";
      link.dataset.commandlinkerArgs = JSON.stringify({ path: this.context.path, id: `#cell-id=${cell}` });
      document.body.append(link);
    }
    link.click();
    if (!shown) link.remove();
  }

  putBack() {
    const notebook = this.context.model.sharedModel;
    for (const { after, cell } of this.missing) {
      const index = notebook.cells.findIndex(({ id }) => id === after) + 1;
      notebook.insertCell(index, cell);
    }
    this.missing = [];
    this.tell("good", "The course’s cells are back where they were. Run them to see what they show.");
  }

  // What dies and what comes back

  lose(what) {
    if (this.lost !== "kernel") this.lost = what;
    this.asked = 0;
    this.redraw();
  }

  findAgain() {
    this.lost = "";
    this.hello();
    this.redraw();
  }

  // Signs of life: only when somebody is here, and never more often than SIGN_OF_LIFE

  active(kind) {
    this.moved ||= kind !== "pointermove";
    if (this.signing) return;
    const wait = this.signed + SIGN_OF_LIFE - Date.now();
    this.signing = setTimeout(() => this.sign(), Math.max(wait, 0));
  }

  sign() {
    this.signing = 0;
    this.signed = Date.now();
    this.ask("alive");
  }

  // What the page says

  ask(kind, more = {}) {
    if (this.lost) return;
    this.asked ||= Date.now();
    this.model.send({ kind, page: this.page, ...more });
  }

  hello() {
    const lines = this.compared();
    const sum = checkSum(lines.join(""));
    const { settled } = this;
    this.ask("hello", { count: lines.length, sum, settled, ...this.whereabouts() });
  }

  lookAgain() {
    clearTimeout(this.looking);
    if (document.visibilityState === "visible") this.looking = setTimeout(() => this.hello(), 300);
  }

  load(text, sure = false) {
    this.doubt = null;
    if (text.length > LARGEST) {
      this.tell("bad", "This is too large to be a copy of your work.");
    } else {
      this.loading = text;
      this.ask("load", { text, sure });
    }
  }

  begin() {
    this.isNew = true;
    this.redraw();
  }

  leave() {
    this.doubt = null;
    this.tell("good", "Nothing was taken in. Your answers are as they were.");
  }

  takeOffer() {
    this.load(this.inBrowser().join(""));
  }

  refuseOffer() {
    removeMirror(this.title, false);
    this.settled = true;
    this.offer = null;
    this.spread(false);
    this.hello();
    this.tell("good", "Removed from this browser. Nothing on this disk has changed.");
  }

  // An entry somewhere in this notebook: nothing is called saved before the kernel said so.
  enter(typed) {
    this.entered = { at: Date.now(), typed };
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.entered && this.hello(), PAUSE);
    this.redraw();
  }

  // What the kernel says

  hear(message) {
    const { kind, to } = message;
    if (kind !== "lines" && to && to !== this.page) return;
    this.asked = 0;
    this.know(message);
    this[HEARD[kind]]?.(message);
    if (message.sentence) this.tell(message.tone, message.sentence);
    this.redraw();
  }

  know({ now, saved, answers, unsaved, problems }) {
    const age = saved ? Math.max(Date.parse(now) - Date.parse(saved), 0) : 0;
    this.known = { at: saved ? Date.now() - age : 0, answers, unsaved, problems };
    const early = this.entered?.typed && Date.now() - this.entered.at < TYPING;
    if (!early) this.entered = null;
  }

  take({ to, start, lines, settled }) {
    const first = to === this.page && settled && !this.settled;
    if (first) [this.settled, this.offer] = [true, null];
    const base = this.base();
    if (start > base.length) return this.hello();
    this.copy = placed(base, start, lines);
    this.keepMirror();
    if (first) this.spread(false);
  }

  show() {
    const lines = this.compared();
    this.ask("mirror", { text: lines.join(""), settled: this.settled });
  }

  hesitate({ doubt }) {
    this.doubt = doubt;
  }

  said({ may_undo }) {
    this.mayUndo = Boolean(may_undo);
    if (!this.settled) this.hello(); // the browser's copy may hold more than was taken in
  }

  ponder({ answers, newest }) {
    this.offer = { answers, newest };
  }

  forget() {
    this.copy = [];
    this.settled = this.isNew = true;
    this.offer = null;
    removeMirror(this.title, true);
    this.spread(true);
  }

  // The copy in this browser

  inBrowser() {
    return readMirror(this.title) ?? [];
  }

  // Where positions count from: the browser's copy while it is kept, or what the page was told.
  base() {
    const kept = this.settled && !this.refused ? readMirror(this.title) : null;
    return kept ?? this.copy;
  }

  // What is compared with the journal.
  compared() {
    return this.settled ? this.base() : this.inBrowser();
  }

  keepMirror() {
    if (!this.settled) return;
    const before = this.inBrowser().join("");
    this.refused = this.copy.length ? writeMirror(this.title, this.copy) : "";
    if (!this.refused && before !== this.copy.join("")) this.spread(false);
  }

  spread(erased) {
    const detail = { title: this.title, erased, by: this.page };
    dispatchEvent(new CustomEvent("kit-mirror", { detail }));
  }

  mirrorChanged({ title, erased, by }) {
    if (title !== this.title || by === this.page) return;
    if (erased) this.copy = [];
    this.lookAgain();
  }

  // All that this page holds, also where the browser's storage does not work.
  everything() {
    return [...new Set([...this.copy, ...(this.settled ? this.inBrowser() : [])])];
  }

  // Answer to the event kit-download: all notebooks on the page give what they have to one file.
  giveCopy(detail) {
    detail.copies ??= {};
    if (!detail.copies[this.title]) {
      const all = (detail.copies[this.title] = new Set());
      setTimeout(() => this.saveFile([...all]));
    }
    for (const line of this.everything()) detail.copies[this.title].add(line);
  }

  saveFile(lines) {
    if (lines.length) download(this.file, lines);
    const done = "Downloaded. Your browser decides where the file goes.";
    this.tell("good", lines.length ? `${this.file}: ${done}` : "There is nothing to download yet.");
  }

  // What the views show

  // The newest time in the copy itself: also when the last word of the kernel was that it failed.
  lastSaved() {
    const time = (line) => Date.parse(line.match(/"time":"([^"]*)"/)?.[1]) || 0;
    return Math.max(...this.copy.map(time));
  }

  tell(tone, sentence) {
    this.told = { tone, sentence };
    this.redraw();
  }

  redraw() {
    for (const view of this.views) view();
  }
}

export default () => {
  const keeper = new Keeper();
  return {
    initialize: ({ model }) => keeper.initialize(model),
    render: ({ el }) => showKeeper(keeper, el),
  };
};
