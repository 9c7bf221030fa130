// What a learner sees of the keeper: one quiet line, and below it, folded, what can be done with
// the work. `showKeeper` draws it once; after that only words and attributes change.

const CONTROLS = "button, input, select, textarea, [role]";
const TEXT = "textarea, input[type=text], input[type=number]";
const NEEDS_KERNEL = ":is(.kit-keeper-question, .kit-keeper-load) :is(button, input), .kit-keeper-now, .kit-keeper > button";

function showKeeper(keeper, el) {
  const view = drawKeeper(keeper);
  el.append(view.root);
  const redraw = () => fillKeeper(keeper, view);
  const entered = (event) => noticeEntry(keeper, el, event);
  document.addEventListener("input", entered, true);
  document.addEventListener("click", entered, true);
  keeper.views.add(redraw);
  const clock = setInterval(redraw, 1000);
  redraw();
  return () => {
    clearInterval(clock);
    keeper.views.delete(redraw);
    document.removeEventListener("input", entered, true);
    document.removeEventListener("click", entered, true);
  };
}

// Tell the keeper when a learner enters something in a form of the notebook it stands in.
function noticeEntry(keeper, el, { type, target }) {
  const control = target.closest?.(CONTROLS);
  const form = control?.closest(".kit");
  const notebook = el.closest(".jp-Notebook") ?? document;
  if (!form || form.matches(".kit-keeper") || !notebook.contains(form)) return;
  const isText = control.matches(TEXT);
  if (type === "input" || !isText) keeper.enter(isText);
}

// The line

const BEFORE_YOU_STOP = "Before you stop, download your work: Binder keeps nothing";
const MARKS = { saved: "✓", empty: "○", opening: "○", saving: "…", busy: "…" }; // all others: "!"

// Which of the sentences below is true now.
function stateOf(keeper) {
  if (keeper.lost) return "lost";
  if (keeper.asked && Date.now() - keeper.asked > PATIENCE) {
    return keeper.kernel?.status === "busy" ? "busy" : "silent";
  }
  if (keeper.entered) return "saving";
  if (!keeper.known) return "opening";
  if (keeper.known.unsaved) return "unsaved";
  return keeper.known.at ? "saved" : "empty";
}

function sentenceOf(keeper, state) {
  const { known } = keeper;
  switch (state) {
    case "lost":
      return lostSentence(keeper);
    case "silent":
      return `The kernel does not answer. What you enter now may not be saved. ${safePart(keeper)}`;
    case "busy":
      return "The kernel is busy with a cell. What you enter is saved when it is done.";
    case "saving":
      return "Saving";
    case "opening":
      return keeper.model.get("opened");
    case "unsaved":
      return `Not saved on the disk · ${browserPart(keeper)}. ${known.problems.join(" ")}`;
    case "saved":
      return `Saved ${ago(known.at)} · ${many(known.answers)} · ${browserPart(keeper)}`;
    default:
      return `Nothing to save yet. Your answers will be kept in ${keeper.file}`;
  }
}

function lostSentence(keeper) {
  const [what, then] =
    keeper.lost === "kernel"
      ? ["This notebook’s kernel is gone.", "To go on, run the cells again, from the top."]
      : ["There is no connection to the server.", "Keep this page open."];
  return `${what} ${safePart(keeper)} ${then}`;
}

function safePart(keeper) {
  if (!keeper.copy.length) return "";
  const places = `in this page${isMirrored(keeper) ? " and in this browser" : ""}`;
  return `What you saved until ${clockTime(keeper.lastSaved())} is safe ${places}: download it.`;
}

function isMirrored(keeper) {
  return keeper.settled && !keeper.refused && keeper.inBrowser().length > 0;
}

function browserPart(keeper) {
  if (keeper.offer) return "not copied to this browser before you decide below";
  if (isMirrored(keeper)) return `a copy is in this browser${keeper.binder ? `. ${BEFORE_YOU_STOP}` : ""}`;
  return `no copy in this browser${keeper.refused && `: ${keeper.refused}`}`;
}

function many(answers) {
  return `${answers || "no"} answer${answers === 1 ? "" : "s"}`;
}

function ago(time) {
  const seconds = Math.round((Date.now() - time) / 1000);
  if (seconds < 1) return "just now";
  if (seconds < 60) return `${seconds < 10 ? seconds : seconds - (seconds % 10)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return clockTime(time);
}

// "14:03", or "5 March, 14:03" for another day than today.
function clockTime(time) {
  const date = new Date(time);
  const clock = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const day = date.toLocaleDateString("en-GB", { day: "numeric", month: "long" });
  return date.toDateString() === new Date().toDateString() ? clock : `${day}, ${clock}`;
}

// The parts

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function button(text, action) {
  return make("button", { type: "button", textContent: text, onclick: action });
}

function drawKeeper(keeper) {
  const view = {
    line: make("p", { className: "kit-keeper-line" }),
    live: make("p", { className: "kit-hidden", role: "status" }),
    notes: make("p", { className: "kit-keeper-notes" }),
    told: make("p", { className: "kit-keeper-told", role: "status" }),
  };
  view.missing = drawQuestion("missing", "Cells of the course are missing", [
    "Put back what is missing",
    () => keeper.putBack(),
  ]);
  view.back = drawQuestion("back", "Were you here before?", ["I am new here", () => keeper.begin()]);
  if (keeper.binder) view.back.words.after(...drawWaysBack(keeper));
  view.offer = drawQuestion(
    "offer",
    "Work found in this browser",
    ["Bring my work back", () => keeper.takeOffer()],
    ["Not mine: remove it from this browser", () => keeper.refuseOffer()],
  );
  view.doubt = drawQuestion(
    "doubt",
    "Work of somebody else?",
    ["Take it in", () => keeper.load(keeper.loading, true)],
    ["Leave my answers as they are", () => keeper.leave()],
  );
  view.undo = button("Undo: my answers as they were before", () => keeper.ask("undo"));
  view.folded = drawFolded(keeper, view);
  const asked = [view.missing.root, view.back.root, view.offer.root, view.doubt.root];
  const parts = [view.line, view.live, view.notes, ...asked, view.told, view.undo, view.folded];
  view.root = make("div", { className: "kit kit-keeper" }, ...parts);
  return view;
}

// A question with its buttons; it shows while there is something to ask.
function drawQuestion(kind, label, ...choices) {
  const words = make("p", { role: "status" });
  const buttons = choices.map(([text, action]) => button(text, action));
  const root = make(
    "section",
    { className: `kit-keeper-question kit-keeper-${kind}`, hidden: true, ariaLabel: label },
    words,
    ...buttons,
  );
  return { root, words };
}

function drawFolded(keeper, view) {
  view.code = make("textarea", { readOnly: true, hidden: true, rows: 4 });
  view.code.ariaLabel = "Your work as one long line";
  const copy = button("Copy as one long line", () => copyLine(keeper, view.code));
  const buttons = make("div", {}, button("Download my work", askForDownload), copy);
  const summary = make("summary", {}, "Download, load or erase my work");
  return make("details", {}, summary, buttons, view.code, drawLoad(keeper), drawErase(keeper));
}

// The event brings together what all notebooks of the page hold.
function askForDownload() {
  dispatchEvent(new CustomEvent("kit-download", { detail: {} }));
}

// The two ways in which work comes from outside this page: a file, or a line.
function drawWaysBack(keeper) {
  const file = make("input", { type: "file", accept: ".jsonl,.txt,.json" });
  const code = make("textarea", { rows: 3, spellcheck: false });
  file.onchange = async () => {
    if (file.files[0]) keeper.load(await file.files[0].text());
    file.value = "";
  };
  return [
    make("label", {}, "A file you downloaded ", file),
    make("label", {}, "Or a long line you copied ", code),
    button("Load this line", () => keeper.load(code.value)),
  ];
}

function drawLoad(keeper) {
  const how = "Of each answer, the newest counts. Work of another learner is not taken in before you say so.";
  const summary = make("summary", {}, "Load my work");
  return make("details", { className: "kit-keeper-load" }, summary, make("p", {}, how), ...drawWaysBack(keeper));
}

function drawErase(keeper) {
  const gone =
    `This erases every answer of this course: the file ${keeper.file} on this disk, ` +
    "and the copy in this browser. Nobody can bring them back.";
  const stays = "It does not erase files you downloaded or handed in, and what saved notebooks show.";
  const root = make("details", { className: "kit-keeper-erase" });
  const summary = make("summary", {}, "Erase my work");
  const close = () => {
    root.open = false;
    summary.focus();
  };
  const erase = () => {
    keeper.ask("erase");
    close();
  };
  root.append(
    summary,
    make("p", {}, gone),
    make("p", {}, stays),
    button("Download my work first", askForDownload),
    Object.assign(button("Erase everything now", erase), { className: "kit-keeper-now" }),
    button("Keep my work", close),
  );
  return root;
}

async function copyLine(keeper, box) {
  const lines = keeper.everything();
  if (!lines.length) return keeper.tell("bad", "There is nothing to copy yet.");
  if (!("CompressionStream" in window)) {
    return keeper.tell("bad", "This browser cannot make the line. Use Download my work instead.");
  }
  const code = makeCode(lines);
  const copied = toClipboard(code);
  box.value = await code;
  box.hidden = false;
  box.select();
  const isCopied = await copied;
  if (!isCopied) box.focus();
  const how = isCopied
    ? "The line is copied."
    : "Here is the line. To copy it, press Ctrl+C (on a Mac ⌘C), or hold a finger on it and choose Copy.";
  keeper.tell("good", `${how} Paste it in a place where you can find it again, such as a mail to yourself.`);
}

// Safari copies only what is given at the press itself, so it is given what is still being made.
async function toClipboard(text) {
  const blob = text.then((words) => new Blob([words], { type: "text/plain" }));
  try {
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return false;
  }
}

// What changes

function fillKeeper(keeper, view) {
  const state = stateOf(keeper);
  const sentence = sentenceOf(keeper, state).trim();
  write(view.line, `${MARKS[state] ?? "!"} ${sentence}`);
  view.root.dataset.state = state;
  announce(view, state, sentence);
  write(view.notes, state === "unsaved" ? "" : (keeper.known?.problems ?? []).join(" "));
  write(view.told, keeper.told?.sentence ?? "");
  view.told.dataset.tone = keeper.told?.tone ?? "";
  fillQuestion(view, "missing", missingSentence(keeper.missing));
  fillQuestion(view, "back", backSentence(keeper));
  fillQuestion(view, "offer", offerSentence(keeper.offer));
  fillQuestion(view, "doubt", keeper.doubt);
  view.undo.hidden = !keeper.mayUndo;
  for (const control of view.root.querySelectorAll(NEEDS_KERNEL)) {
    control.disabled = state === "lost";
  }
}

// A screen reader hears a change of kind, not each second, and not that all goes well.
function announce(view, state, sentence) {
  if (state === view.state || state === "saving") return;
  const isNews = view.wasBad || !(state in MARKS);
  if (isNews) write(view.live, sentence);
  if (state === "lost") view.folded.open = true;
  view.state = state;
  view.wasBad = !(state in MARKS);
}

function fillQuestion(view, kind, sentence) {
  const { root, words } = view[kind];
  if (!sentence && root.contains(document.activeElement)) view.folded.firstChild.focus();
  root.hidden = !sentence;
  write(words, sentence || "");
}

function missingSentence(missing) {
  if (!missing.length) return "";
  const title = ({ cell }) => cell.source.match(/^#+ (.*)/m)?.[1] ?? cell.source.split("\n")[0];
  const many = missing.length === 1 ? "One cell of the course is" : `${missing.length} cells of the course are`;
  return `${many} missing in this notebook, first “${title(missing[0])}”. Your own cells stay as they are.`;
}

// Asked on Binder, where the disk is empty at first, as long as it is.
function backSentence({ binder, known, isNew }) {
  if (!binder || isNew || !known || known.at || known.unsaved) return "";
  const empty = "Were you here before? On Binder each session begins with an empty disk.";
  return `${empty} To go on where you stopped, choose the file you downloaded, or paste the line you copied.`;
}

function offerSentence(offer) {
  if (!offer) return "";
  const holds = offer.answers ? many(offer.answers) : "marks and notes, no answers";
  const newest = offer.newest ? `, the newest from ${clockTime(Date.parse(offer.newest))}` : "";
  const what = `This browser holds work that is not on this disk: ${holds}${newest}.`;
  const how = "If you bring it back, the newest of each answer counts.";
  return `${what} ${how} If you do nothing, both stay as they are.`;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
