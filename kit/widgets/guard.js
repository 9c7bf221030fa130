// The guard: one for each page, however many kernels and notebooks it shows.
//
// 1. Keys: what is pressed in our outputs never reaches the notebook (there `d d` deletes the cell).
// 2. Mending: what ipywidgets and pandas leave without a name, a state or a group gets one.
// 3. Lost forms: a form whose Python is gone says so, takes no more answers and lets nothing vanish.
// 4. Outputs of a notebook opened again say what to do; buttons with data-kit-insert write into
//    the text box of their form.
// 5. Landing: what a cell opens is met at its first line.
//
// Each kernel's guard is a model without a view. Its script runs when the model reaches the page,
// and again after the page was loaded anew.

const OUTPUT = ".jp-OutputArea-output";
const OURS = ".kit, .jupyter-widgets";
const LOST = "data-kit-lost"; // on a form that is lost, for everything in it that wants to know
const NEEDS_NO_KERNEL = ".kit-lost, .kit-given"; // what works in the page alone
const LOCKED = "data-kit-locked"; // on a control that the guard locked
const CAN_BE_WRONG = "select, textarea, [type=text], [type=checkbox], [role=radiogroup]";
const NO_ALT = "A picture drawn by code. kit.save_picture(ax) says in words what it shows.";
const GRACE = 2000; // ms in which a lost connection may come back before a form says anything

export default {
  initialize({ model }) {
    window.kitGuard ??= newGuard();
    window.kitGuard.watch(model);
    model.set("runs", true);
    model.save_changes();
  },
};

function newGuard() {
  const links = new Map(); // class that a kernel's forms carry -> what keeps them from working, or ""
  const mendSoon = eachFrame((output) => mend(output, links));
  keepKeys();
  keepLanding();
  document.addEventListener("click", insertClicked);
  document.addEventListener("click", focusForm);
  document.addEventListener("click", firstClicked);
  addEventListener("resize", () => allOutputs(document).forEach(mendSoon));
  const observer = new MutationObserver((changes) => changes.flatMap(touched).forEach(mendSoon));
  const attributes = { attributeFilter: ["class", "title", "aria-valuetext"] };
  const all = { subtree: true, childList: true, characterData: true, ...attributes };
  observer.observe(document.body, all);
  allOutputs(document).forEach(mendSoon);
  return {
    watch: (model) =>
      watchLink(model, (state) => {
        const sign = model.get("sign");
        links.set(sign, state);
        document.querySelectorAll(`.${sign}`).forEach((form) => showLink(form, links));
      }),
  };
}

// 1. Keys. JupyterLab looks from the key's target upwards for a shortcut that fits, and stops at
// this attribute. A listener on the window, while the event goes down, is there before JupyterLab.

function keepKeys() {
  addEventListener("keydown", guardKey, true);
  addEventListener("keydown", (event) => !event.defaultPrevented && backToNotebook(event));
  addEventListener("beforeinput", keepUndo, true);
}

function guardKey(event) {
  if (!inOurs(event.target)) return;
  if (!isForNotebook(event)) return (event.target.dataset.lmSuppressShortcuts = "true");
  delete event.target.dataset.lmSuppressShortcuts;
  if (event.target.closest(".widget-text, .widget-textarea")) sendUp(event);
}

// ipywidgets' text boxes let no key up to JupyterLab: what is meant for it starts again above them, and
// is let go at once: while it is down, for 10 ms, JupyterLab would take away a new line in the box.
function sendUp(event) {
  if (event.key === "Escape") return backToNotebook(event);
  if (event.altKey || event.getModifierState("AltGraph")) return; // they write special characters
  const again = new KeyboardEvent("keydown", event);
  const output = event.target.closest(OUTPUT);
  output.dispatchEvent(again);
  output.dispatchEvent(new KeyboardEvent("keyup", event));
  if (!again.defaultPrevented) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

// Shift+Enter and Ctrl+Enter run the cell (in a long text they are a new line), Ctrl+S saves, Alt+1
// opens a side bar; but a key that edits or moves something in a text box would edit or move cells.
function isForNotebook({ key, ctrlKey, metaKey, altKey, shiftKey, target }) {
  const modified = ctrlKey || metaKey || shiftKey;
  const runs = key === "Enter" && modified && !altKey && !target.matches("textarea");
  const edits = /^([acmvxyz]|Backspace|Delete|Enter|Home|End|Arrow\w+)$/i.test(key);
  const isPalette = /^c$/i.test(key) && shiftKey;
  return runs || key === "Escape" || ((ctrlKey || metaKey || altKey) && (!edits || isPalette));
}

// JupyterLab takes every undo in a notebook for its own, and in a text box nothing would be undone.
function keepUndo(event) {
  if (event.inputType.startsWith("history") && inOurs(event.target)) event.stopPropagation();
}

// A click beside a box means the box: left to the notebook, the next letters would be its commands.
const TAKES_CLICKS = "a, button, input, select, textarea, label, summary, [tabindex], [contenteditable], .noUi-target, .kit-page";
const BOXES = "textarea, input[type='text'], input[type='number']";

function focusForm({ target, clientY }) {
  const form = target.closest?.(".kit");
  if (!form || !inOurs(form) || form.contains(target.closest(TAKES_CLICKS)) || String(getSelection())) return;
  const away = (box) => Math.abs(box.getBoundingClientRect().top - clientY);
  const boxes = [...form.querySelectorAll(BOXES)].filter((box) => !box.disabled);
  const [nearest] = boxes.sort((one, other) => away(one) - away(other));
  nearest?.focus({ preventScroll: true });
}

function backToNotebook(event) {
  if (event.key !== "Escape" || !inOurs(event.target)) return;
  event.target.closest(".jp-Cell")?.focus({ preventScroll: true });
}

function inOurs(target) {
  const output = target.closest?.(OUTPUT);
  return Boolean(output && (output.matches(OURS) || output.querySelector(OURS)));
}

// 2. Mending. Only outputs that changed, once a frame. Nothing is written that is there already,
// so that the guard's own changes come to rest after one more look.

function touched({ target, type, addedNodes }) {
  const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
  const output = element?.closest(OUTPUT);
  if (output) return [output];
  if (type !== "childList") return [];
  return [...addedNodes].filter((node) => node.nodeType === Node.ELEMENT_NODE).flatMap(allOutputs);
}

function allOutputs(root) {
  return [...(root.matches?.(OUTPUT) ? [root] : []), ...root.querySelectorAll(OUTPUT)];
}

function eachFrame(work) {
  const waiting = new Set();
  const run = () => {
    const outputs = [...waiting];
    waiting.clear();
    outputs.filter((output) => output.isConnected).forEach(work);
  };
  return (output) => {
    if (!waiting.size) requestAnimationFrame(run);
    waiting.add(output);
  };
}

function mend(output, links) {
  if (output.querySelector(".kit")) claim(output.closest(".jp-Notebook"));
  if (inOurs(output)) put(output, "tabindex", "-1"); // takes the focus where what is clicked does not
  comeBack(output);
  const all = (selector, work) => output.querySelectorAll(selector).forEach(work);
  all("[title='null']", (node) => node.removeAttribute("title"));
  all("img:not([alt])", (img) => put(img, "alt", descriptionOf(img.src) || NO_ALT));
  all("table.dataframe th:empty", (cell) => put(cell, "role", "cell"));
  all(".widget-slider", mendSlider);
  all(".widget-radio", mendRadio);
  all(".widget-toggle-button", (button) =>
    put(button, "aria-pressed", String(button.classList.contains("mod-active"))),
  );
  all(".widget-toggle-buttons", (group) => nameGroup(group, "group", labelOf(group)));
  all(".kit-search", (boxes) => nameGroup(boxes, "group", "Search the record"));
  all(".kit-row", mendRow);
  all(".kit-group", (group) => nameGroup(group, "group", words(group.firstElementChild)));
  all(".kit-live", (line) => put(line, "role", "status"));
  all(".jp-RenderedHTMLCommon > [role=status]", say);
  all(".kit .kit-mark", mendMark);
  all(".kit-scroll, .kit-results", mendScroll);
  all(".kit", (form) => showLink(form, links));
}

// What a PNG says of itself: the text under this name in the pieces before its dots (RFC 2083).
function descriptionOf(address) {
  const [kind, data] = address.split(",");
  if (kind !== "data:image/png;base64") return "";
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  for (let at = 8, type; type !== "IDAT" && at + 8 < bytes.length; at += view.getUint32(at) + 12) {
    type = latin(bytes.subarray(at + 4, at + 8));
    const text = bytes.subarray(at + 8, at + 8 + view.getUint32(at));
    const decode = { tEXt: latin, iTXt: (all) => new TextDecoder().decode(all) }[type];
    const [name, ...rest] = decode?.(text).split("\0") ?? [];
    if (name === "Description") return rest.at(-1);
  }
  return "";
}

const latin = (bytes) => new TextDecoder("latin1").decode(bytes);

// What a cell shows comes with its region, and few readers say that: a region that is there says it.
function say(shown) {
  shown.removeAttribute("role");
  if (!shown.closest(".jp-Cell")?.matches(".jp-mod-active, :has(+ .jp-mod-active)")) return;
  const voice = document.querySelector(".kit-voice") ?? newVoice();
  setTimeout(() => (voice.textContent = shown.innerText), 100);
  setTimeout(() => (voice.textContent = ""), 5000); // else it is met once more at the page's end
}

function newVoice() {
  const voice = document.body.appendChild(document.createElement("p"));
  voice.className = "kit-voice";
  put(voice, "role", "status");
  return voice;
}

// The only control of a row says itself which row it is.
function mendRow(row) {
  if (row.querySelectorAll("select").length === 1) put(row.firstElementChild, "aria-hidden", "true");
}

function mendSlider(slider) {
  const label = takeLabel(slider);
  const readout = slider.querySelector(".widget-readout");
  if (readout) put(readout, "aria-hidden", "true"); // the handle says it
  for (const handle of slider.querySelectorAll(".noUi-handle")) {
    put(handle, "aria-label", label);
    put(handle, "aria-valuetext", words(readout));
  }
  // It could be typed into, but only some sliders would take what was typed.
  if (readout?.isContentEditable) readout.contentEditable = "false";
}

// With one name for all its buttons a group answers to the arrow keys, as everywhere else.
function mendRadio(radio) {
  const box = radio.querySelector(".widget-radio-box");
  nameGroup(box, "radiogroup", takeLabel(radio));
  box.dataset.kitName ??= `kit-radio-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  box.querySelectorAll("input").forEach((input) => put(input, "name", box.dataset.kitName));
}

// What is marked as wrong is so for those who listen, too: the mark describes its control.
function mendMark(mark) {
  const pair = [...mark.classList].find((name) => name.startsWith("kit-pair-"));
  const widget = pair && mark.closest(".kit").querySelector(`.${pair}:not(.kit-mark)`);
  if (!widget) return;
  const isWrong = Boolean(words(mark));
  mark.id ||= `kit-mark-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  widget.toggleAttribute("data-kit-wrong", isWrong);
  for (const control of widget.querySelectorAll(CAN_BE_WRONG)) {
    const described = { "aria-invalid": "true", "aria-describedby": mark.id };
    for (const [name, value] of Object.entries(described)) {
      if (isWrong) put(control, name, value);
      else control.removeAttribute(name);
    }
  }
}

// What scrolls and holds nothing that takes the focus must take it itself, for the arrow keys.
function mendScroll(box) {
  const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
  if (!scrolls || box.querySelector("a, button, input, select, textarea, [tabindex]")) return;
  put(box, "tabindex", "0");
  nameGroup(box, "region", words(box.querySelector("caption")) || "Scrolls");
}

function nameGroup(node, role, name) {
  put(node, "role", role);
  if (name) put(node, "aria-label", name);
}

function labelOf(widget) {
  return words(widget.querySelector(".widget-label"));
}

// A label that becomes the name of what stands beside it is not heard a second time by itself.
function takeLabel(widget) {
  const label = widget.querySelector(".widget-label");
  if (label) put(label, "aria-hidden", "true");
  return words(label);
}

function words(node) {
  return node ? node.textContent.trim().replace(/\s+/g, " ") : "";
}

function put(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

// 3. Lost forms. A restarted kernel is connected and idle, and knows none of our forms: only
// comm_live_update tells. A kernel that was taken away tells by its connection, and nobody else does.

function watchLink(model, tell) {
  const kernel = model.widget_manager?.kernel;
  if (!kernel?.connectionStatusChanged) return; // in Colab and VS Code
  let restarted = false;
  let timer;
  const look = () => {
    clearTimeout(timer);
    if (restarted || kernel.isDisposed || kernel.status === "dead") tell("gone");
    else if (kernel.connectionStatus === "connected") tell("");
    else timer = setTimeout(() => tell("away"), GRACE);
  };
  model.on("comm_live_update", () => look((restarted = true)));
  kernel.connectionStatusChanged.connect(look);
  kernel.disposed.connect(look);
  look();
}

const NEWS = {
  gone:
    "This form takes no more answers: the Python behind it has stopped. What it showed as saved " +
    "is safe. Words that you typed just before may be missing. You can still copy them here. " +
    "To go on, run the notebook again from the top: menu Kernel, Restart Kernel and Run All Cells.",
  away:
    "This form takes no answers for now: the connection to Jupyter is lost. What it showed as saved " +
    "is safe. It opens again by itself once the connection is back. If that does not happen, " +
    "download your work and start the course again.",
};

function showLink(form, links) {
  const sign = [...form.classList].find((name) => links.has(name));
  const state = sign ? links.get(sign) : "";
  if (state) lock(form, state);
  else if (form.hasAttribute(LOST)) unlock(form);
}

function lock(form, state) {
  const hadFocus = !form.hasAttribute(LOST) && form.contains(document.activeElement);
  put(form, LOST, state);
  form.querySelectorAll("button, input, select, textarea").forEach(lockControl);
  form.querySelectorAll(".noUi-target").forEach(lockSlider);
  const notice = form.querySelector(":scope > .kit-lost") || newNotice(form);
  if (notice.firstChild.textContent !== NEWS[state]) notice.firstChild.textContent = NEWS[state];
  if (hadFocus && document.activeElement.matches("body, :disabled, [tabindex='-1']")) {
    notice.lastChild.focus({ preventScroll: true });
  }
}

// Text that somebody typed stays in reach, to be read and copied.
function lockControl(control) {
  if (control.disabled || control.readOnly || control.closest(NEEDS_NO_KERNEL)) return;
  const isText = control.matches("textarea, input[type='text'], input[type='number']");
  control[isText && control.value ? "readOnly" : "disabled"] = true;
  control.setAttribute(LOCKED, "");
}

function lockSlider(slider) {
  if (slider.hasAttribute(LOCKED)) return;
  slider.setAttribute(LOCKED, "");
  slider.setAttribute("disabled", "true");
  slider.querySelectorAll(".noUi-handle").forEach((handle) => {
    put(handle, "tabindex", "-1");
    put(handle, "aria-disabled", "true");
  });
}

function unlock(form) {
  form.removeAttribute(LOST);
  form.querySelector(":scope > .kit-lost")?.remove();
  for (const part of form.querySelectorAll(`[${LOCKED}]`)) {
    part.removeAttribute(LOCKED);
    part.removeAttribute("disabled");
    part.removeAttribute("readonly");
    part.querySelectorAll(".noUi-handle").forEach((handle) => {
      put(handle, "tabindex", "0");
      handle.removeAttribute("aria-disabled");
    });
  }
}

function newNotice(form) {
  const notice = document.createElement("div");
  notice.className = "kit-lost";
  notice.setAttribute("role", "alert");
  const button = document.createElement("button");
  button.className = "kit-button";
  button.type = "button";
  button.textContent = "Download my work";
  button.addEventListener("click", () => dispatchEvent(new CustomEvent("kit-download", { detail: {} })));
  notice.append(document.createElement("p"), button);
  form.append(notice);
  return notice;
}

// 4. Outputs of a notebook opened again, and buttons that insert

// A notebook is ours once it shows something of ours: then its old outputs speak our language too.
function claim(notebook) {
  if (!notebook || "kit" in notebook.dataset) return;
  notebook.dataset.kit = "";
  allOutputs(notebook).forEach(comeBack);
}

function comeBack(output) {
  if (!output.textContent.startsWith("Error displaying widget")) return;
  if (!output.closest("[data-kit]")) return;
  output.textContent = "Run this cell to bring it back. Your answers are kept.";
}

function insertClicked({ target }) {
  const button = target.closest?.("[data-kit-insert]");
  const box = button && textBoxOf(button);
  if (!box || box.readOnly || box.disabled) return;
  const { value, selectionStart: from, selectionEnd: to } = box;
  const before = from && !/\s/.test(value[from - 1]) ? " " : "";
  const after = to < value.length && !/[\s.,;:!?)]/.test(value[to]) ? " " : "";
  box.setRangeText(before + button.dataset.kitInsert + after, from, to, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
}

// From what Check says to the first thing it marked.
function firstClicked({ target }) {
  const marked = target.closest?.("[data-kit-first]")?.closest(".kit").querySelector("[data-kit-wrong]");
  const controls = marked && [...marked.querySelectorAll("select, textarea, input, button")];
  const chosen = controls?.find((each) => each.checked || each.ariaPressed === "true");
  (chosen || controls?.[0])?.focus({ preventScroll: true });
  marked?.scrollIntoView({ block: "center" });
}

function textBoxOf(node) {
  const form = node.parentElement?.closest(".kit");
  return form && (form.querySelector("textarea") || textBoxOf(form));
}

// 5. Landing. After Shift+Enter, JupyterLab 4.4 goes to the next cell and so to the end of what this
// one opens. Until somebody moves, the first line of it stays in sight.

const MOVES = ["keydown", "pointerdown", "wheel", "touchstart"];

function keepLanding() {
  let ran = null; // the code cell that was run last, if nobody has moved since
  const note = ({ type, key, shiftKey, target }) => {
    if (key === "Shift") return;
    const runs = type === "keydown" && key === "Enter" && shiftKey;
    ran = runs && target.closest?.(".jp-Notebook")?.querySelector(".jp-CodeCell.jp-mod-active");
  };
  const land = ({ target }) => {
    const first = ran && ran.querySelector(OUTPUT);
    if (!first || !target.contains(first)) return;
    const above = target.getBoundingClientRect().top - first.getBoundingClientRect().top;
    if (above > 0) target.scrollTop -= above;
  };
  MOVES.forEach((kind) => addEventListener(kind, note, true));
  document.addEventListener("scroll", land, true);
}
