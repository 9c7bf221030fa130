// The reader: texts come from Python as HTML (reader.py), this makes their sentences answer.
//
// What a screen reader meets: the text stays plain text, to be read and copied like any other.
// Before each sentence stands its number, and the number is a real button: "Sentence 7, toggle
// button, pressed". With focus it also tells the sentence and where it is quoted (its
// description). A checkbox or a list option around the sentence would turn the whole sentence
// into a control's name: nobody could read it word by word or select it, and a list would force
// its own keys on people who only want to read. Tags are named in words, and chosen with buttons.
//
// Marking: a click on a sentence or its number. Tagging: a click opens the tags under the
// sentence; where the sentences are asked about ("asked"), their tags always show. Picking: a click
// writes the sentence's number into the box of the rating that was in focus last.
// Claiming: a click tells Python which sentence it was, and changes nothing on the page.
// Several texts stand behind tabs, each in a box of its own that scrolls.
// The page shows a change at once and then sends `value`; Python keeps it.

const MARKED = "marked";

export default { render };

function render({ model, el }) {
  hearAgain(model);
  const tags = Object.entries(model.get("tags"));
  const mode = model.get("mode");
  const reader = { model, el, tags, mode, asked: mode === "asked", prefix: newPrefix() };
  el.innerHTML = model.get("page");
  reader.pages = [...el.querySelectorAll(".kit-page")];
  reader.sentences = [...el.querySelectorAll("[data-id]")].map((node) => made(node, reader));
  reader.count = element("p", { className: "kit-marks", role: "status" });
  el.classList.add("kit-reading");
  if (reader.pages.length > 1) el.prepend(tabList(reader));
  el.prepend(element("p", { className: "kit-how", textContent: how(reader) }));
  el.append(reader.count);
  el.addEventListener("click", (event) => clicked(event, reader));
  el.addEventListener("keydown", (event) => pressed(event, reader));
  const again = () => paint(reader);
  const changes = "change:value change:wrong change:evidence change:badges";
  model.on(changes, again);
  for (const page of [undefined, ...reader.pages]) {
    moveStop(reader, reader.sentences.find((sentence) => sentence.page === page));
  }
  showPage(reader, reader.pages.find(({ dataset }) => dataset.text === model.get("shown")));
  const forget = mode === "pick" ? followRatings(reader) : () => {};
  return () => {
    model.off(changes, again);
    forget();
  };
}

// Tabs: one for each text

function tabList(reader) {
  const list = element("div", { className: "kit-tabs", role: "tablist", ariaLabel: "Texts" });
  if (reader.mode !== "pick") list.classList.add("kit-given"); // read on without a kernel
  reader.tabs = reader.pages.map((page, at) => {
    const tab = element("button", { type: "button", className: "kit-tab", role: "tab" });
    tab.id = `${reader.prefix}-tab-${at}`;
    page.id = `${reader.prefix}-page-${at}`;
    tab.setAttribute("aria-controls", page.id);
    page.setAttribute("aria-labelledby", tab.id);
    page.setAttribute("role", "tabpanel");
    const sign = page.querySelector(".kit-sign")?.cloneNode(true) ?? "";
    tab.append(sign, page.dataset.name, element("span", { className: "kit-badge" }));
    tab.addEventListener("click", () => choosePage(reader, at));
    return tab;
  });
  list.append(...reader.tabs);
  list.addEventListener("keydown", (event) => {
    const at = reader.tabs.indexOf(event.target.closest(".kit-tab"));
    const all = reader.tabs.length;
    const steps = { ArrowLeft: at + all - 1, ArrowRight: at + 1, Home: 0, End: all - 1 };
    if (at < 0 || !(event.key in steps)) return;
    event.preventDefault();
    choosePage(reader, steps[event.key] % all);
    reader.tabs[steps[event.key] % all].focus();
  });
  return list;
}

function choosePage(reader, at) {
  showPage(reader, reader.pages[at]);
  reader.model.set("shown", reader.pages[at].dataset.text);
  reader.model.save_changes();
}

function showPage(reader, page = reader.pages[0]) {
  close(reader);
  reader.page = page;
  reader.tabs?.forEach((tab, at) => {
    const isShown = reader.pages[at] === page;
    reader.pages[at].hidden = !isShown;
    tab.ariaSelected = String(isShown);
    tab.tabIndex = isShown ? 0 : -1;
  });
  paint(reader);
}

// The sentences of the text in front; all of them where they stand in no page.
function inFront({ sentences, page }) {
  return sentences.filter((sentence) => sentence.page === page);
}

// What stands on the page

const HOWS = {
  mark:
    "Click a sentence to mark it. Click it again to take the mark away. " +
    "With keys: Tab to the text, arrows to move, Space to mark.",
  pick:
    "Give a rating, then click here the sentence that made you decide. " +
    "Underlined: what you marked. With keys: type its number into the box under the rating.",
  claim:
    "Click a sentence to make a claim of it, or to see the claims made of it. " +
    "With keys: Tab to the text, arrows to move, Space to choose.",
};

function how({ tags, asked, mode }) {
  if (HOWS[mode]) return HOWS[mode];
  const keys = tags.map(([, word], at) => `${at + 1}\u00a0${word}`).join(", ");
  return asked
    ? "Choose below each sentence what it does. The sentences around it only show where it stands. " +
        `With keys: Tab to the first one, up and down to move, ${keys}, 0\u00a0none.`
    : "Click a sentence, then choose what it does. " +
        `With keys: Tab to the text, arrows to move, ${keys}, 0\u00a0none.`;
}

function made(node, reader) {
  const words = node.querySelector(".kit-words");
  const number = node.querySelector(".kit-number");
  const name = node.dataset.name || `Sentence ${number.textContent}`;
  const page = node.closest(".kit-page") ?? undefined;
  const sentence = { id: node.dataset.id, node, words, name, page, number: number.textContent };
  if (reader.asked) {
    sentence.palette = palette(sentence, reader);
    node.closest(".kit-excerpt").append(sentence.palette);
  } else {
    sentence.button = numberButton(sentence, number, reader);
    sentence.chip = element("span", { className: "kit-chip" });
    words.after(sentence.chip);
  }
  return sentence;
}

function numberButton(sentence, number, reader) {
  const button = element("button", { type: "button", className: "kit-number" });
  button.textContent = sentence.number;
  const note = reader.mode === "pick" ? null : sentence.node.querySelector(".kit-quoted-note");
  const told = [sentence.words, note].filter(Boolean);
  told.forEach((part, at) => (part.id = `${reader.prefix}-${sentence.id}-${at}`));
  button.setAttribute("aria-describedby", told.map((part) => part.id).join(" "));
  button.ariaLabel = sentence.name;
  number.replaceWith(button);
  return button;
}

function palette(sentence, reader) {
  const group = element("span", { className: "kit-palette", role: "group" });
  group.ariaLabel = `${sentence.name}. ${sentence.words.textContent}`;
  for (const [tag, word] of [...reader.tags, ["", "clear"]]) {
    const button = element("button", { type: "button", className: "kit-tag", textContent: word });
    button.dataset.tag = tag;
    group.append(button);
  }
  return group;
}

// What the page shows of the value

function paint(reader) {
  const value = reader.model.get("value");
  const wrong = reader.model.get("wrong");
  for (const sentence of reader.sentences) {
    const kind = value[sentence.id] || "";
    if (kind !== sentence.kind) show(sentence, kind, reader);
    if (reader.asked) showWhy(sentence, wrong[sentence.id] || "", reader);
  }
  if (reader.mode === "pick" || reader.mode === "claim") showEvidence(reader);
  const badges = reader.model.get("badges");
  reader.tabs?.forEach((tab, at) => {
    const badge = badges[reader.pages[at].dataset.text];
    tab.lastChild.textContent = badge ? ` ${badge}` : "";
  });
  const told = { pick: pickNews, mark: markCount, claim: markCount }[reader.mode] ?? tagCount;
  if (reader.count.textContent !== told(reader)) reader.count.textContent = told(reader);
}

function show(sentence, kind, reader) {
  const at = reader.tags.findIndex(([tag]) => tag === kind);
  const word = at < 0 ? "" : reader.tags[at][1];
  sentence.kind = kind;
  sentence.node.dataset.look = kind && at + 1; // 0: marked; 1, 2, 3: the tags
  if (sentence.chip) sentence.chip.textContent = word;
  if (sentence.button && reader.tags.length) {
    sentence.button.ariaLabel = `${sentence.name}, ${word || "untagged"}`;
    sentence.button.ariaExpanded = String(Boolean(sentence.palette));
  } else if (sentence.button && reader.mode === "mark") {
    sentence.button.ariaPressed = String(Boolean(kind));
  }
  if (sentence.palette) showPalette(sentence);
}

// Why a tag is not right yet, under the tags; heard with each of them.
function showWhy(sentence, why, reader) {
  if (sentence.why === why) return;
  sentence.why = why;
  const id = `${reader.prefix}-${sentence.id}-why`;
  sentence.palette.nextElementSibling?.remove();
  sentence.palette.toggleAttribute("data-kit-wrong", Boolean(why));
  for (const button of sentence.palette.children) {
    if (why) button.setAttribute("aria-describedby", id);
    else button.removeAttribute("aria-describedby");
  }
  if (!why) return;
  const mark = element("p", { className: "kit-mark", id });
  mark.innerHTML = '<span aria-hidden="true">↻</span> <strong>Not yet.</strong> ';
  mark.append(why);
  sentence.palette.after(mark);
}

function showPalette({ palette, kind }) {
  for (const button of palette.children) {
    if (button.dataset.tag) button.ariaPressed = String(button.dataset.tag === kind);
    else button.hidden = !kind;
  }
}

function markCount(reader) {
  const all = inFront(reader);
  const marked = all.filter((sentence) => sentence.kind).map((sentence) => sentence.number);
  const list = marked.length ? `: ${marked.join(", ")}.` : ".";
  return `${marked.length || "None"} of ${all.length} sentences marked${list}`;
}

function tagCount(reader) {
  return [...reader.tags, ["", "untagged"]]
    .map(([tag, word]) => `${word} ${inFront(reader).filter(({ kind }) => kind === tag).length}`)
    .join(" · ");
}

// Picking: the ratings stand in the same form. The one that was in focus last takes the sentence.

function followRatings(reader) {
  const follow = ({ target }) => {
    const rating = target.closest?.(".kit-rated");
    const isOurs = rating && reader.el.closest(".kit")?.contains(rating);
    if (isOurs && rating !== reader.rating) openRating(rating, reader);
  };
  const events = ["focusin", "click"]; // on the document: the form is not there yet
  events.forEach((name) => document.addEventListener(name, follow));
  return () => events.forEach((name) => document.removeEventListener(name, follow));
}

function openRating(rating, reader) {
  reader.rating?.removeAttribute("data-open");
  rating.dataset.open = "";
  reader.rating = rating;
  paint(reader);
  const sentence = picked(reader);
  if (!sentence) return;
  const [box, place] = [reader.page, sentence.node].map((node) => node.getBoundingClientRect());
  if (place.top < box.top || place.bottom > box.bottom) {
    reader.page.scrollTop += place.top - box.top - box.height / 3;
  }
}

function ratingName({ rating }) {
  return rating?.isConnected ? rating.querySelector(".widget-label").lastChild.textContent : "";
}

function picked(reader) {
  return inFront(reader).find(({ button }) => button.ariaPressed === "true");
}

function showEvidence(reader) {
  const evidence = reader.model.get("evidence");
  const open = ratingName(reader);
  for (const sentence of reader.sentences) {
    const names = evidence[sentence.id] ?? [];
    sentence.chip.textContent = names.join(", ");
    if (reader.mode === "pick") sentence.button.ariaPressed = String(names.includes(open));
    const told = [sentence.name, sentence.kind && "marked", names.length && `for ${names.join(", ")}`];
    sentence.button.ariaLabel = told.filter(Boolean).join(", ");
  }
}

function pickNews(reader) {
  const name = ratingName(reader);
  if (!name) return "Choose a rating first.";
  const sentence = picked(reader);
  return sentence ? `${name}: sentence ${sentence.number}.` : `${name}: click its sentence here.`;
}

function pick(sentence, reader) {
  if (!reader.rating?.isConnected) {
    const ratings = reader.el.closest(".kit").querySelectorAll(".kit-rated");
    const isOpen = (rating) => !rating.querySelector(".kit-evidence input").value;
    openRating([...ratings].find(isOpen) ?? ratings[0], reader);
  }
  const box = reader.rating.querySelector(".kit-evidence input");
  if (box.disabled || box.readOnly) return;
  box.value = box.value === sentence.number ? "" : sentence.number;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

// What the learner does

function clicked(event, reader) {
  const sentence = sentenceAt(event.target, reader);
  if (!sentence) close(reader);
  if (!sentence || isDead(reader)) return;
  const button = event.target.closest("[data-tag]");
  if (button) choose(sentence, button.dataset.tag, reader);
  else if (!reader.asked && !isForReading(event, reader)) act(sentence, reader);
}

// Selecting text and looking at a sign are reading. The second click of a double click selects a
// word, so it takes back what the first one did; a third does nothing. A number is never selected.
function isForReading(event, { el }) {
  if (event.target.closest(".kit-number")) return false;
  if (event.target.closest(".kit-quoted") || event.detail > 2) return true;
  const selection = getSelection();
  return event.detail === 1 && !selection.isCollapsed && selection.containsNode(el, true);
}

function act(sentence, reader) {
  const wasOpen = sentence.palette;
  if (reader.mode === "pick") pick(sentence, reader);
  else if (reader.mode === "claim") reader.model.send({ chosen: sentence.id });
  else if (!reader.tags.length) keep(reader, sentence, sentence.kind ? "" : MARKED);
  stopAt(reader, sentence);
  if (reader.tags.length && !wasOpen) open(sentence, reader);
}

function open(sentence, reader) {
  sentence.palette = palette(sentence, reader);
  sentence.node.append(sentence.palette);
  show(sentence, sentence.kind, reader);
}

function close(reader) {
  if (reader.asked) return;
  for (const sentence of reader.sentences.filter((each) => each.palette)) {
    sentence.palette.remove();
    delete sentence.palette;
    show(sentence, sentence.kind, reader);
  }
}

// The tag it has already, chosen once more, is taken away.
function choose(sentence, tag, reader) {
  keep(reader, sentence, tag === sentence.kind ? "" : tag);
  stopAt(reader, sentence);
}

function keep(reader, sentence, kind) {
  const value = { ...reader.model.get("value"), [sentence.id]: kind };
  if (!kind) delete value[sentence.id];
  reader.model.set("value", value);
  reader.model.save_changes();
}

function pressed(event, reader) {
  const sentence = sentenceAt(event.target, reader);
  const isButton = event.target.closest(".kit-number, .kit-tag");
  if (!sentence || !isButton || event.ctrlKey || event.metaKey || event.altKey) return;
  const done = moved(event, sentence, reader) || tagged(event.key, sentence, reader);
  if (!done) return;
  event.preventDefault();
  event.stopPropagation();
}

function moved({ key, target }, sentence, reader) {
  if (key === "Escape" && sentence.palette && !reader.asked) return moveTo(reader, sentence);
  if (target.dataset.tag !== undefined && /^Arrow(Left|Right)$/.test(key)) {
    const buttons = [...sentence.palette.children].filter((button) => !button.hidden);
    const next = buttons[buttons.indexOf(target) + (key === "ArrowLeft" ? -1 : 1)];
    next?.focus();
    return true;
  }
  const all = inFront(reader);
  const at = all.indexOf(sentence);
  const last = all.length - 1;
  const steps = { ArrowUp: at - 1, ArrowLeft: at - 1, ArrowDown: at + 1, ArrowRight: at + 1 };
  const to = { ...steps, Home: 0, End: last }[key];
  return to !== undefined && moveTo(reader, all[Math.min(Math.max(to, 0), last)]);
}

function tagged(key, sentence, reader) {
  if (!reader.tags.length || isDead(reader)) return false;
  const tag = reader.tags[Number(key) - 1]?.[0];
  const clears = ["0", "Backspace", "Delete"].includes(key);
  if (tag || clears) {
    keep(reader, sentence, tag || "");
    if (reader.asked) stopAt(reader, sentence);
  }
  return Boolean(tag) || clears;
}

// One stop for the Tab key: the sentence that was reached last, and its tags while they are open.

function moveTo(reader, sentence) {
  stopAt(reader, sentence);
  sentence.node.scrollIntoView({ block: "nearest" });
  return true;
}

function stopAt(reader, sentence) {
  close(reader);
  moveStop(reader, sentence);
  stopOf(sentence).focus({ preventScroll: true });
}

function moveStop({ sentences }, here) {
  if (!here) return;
  for (const sentence of sentences.filter(({ page }) => page === here.page)) {
    for (const button of buttonsOf(sentence)) button.tabIndex = -1;
  }
  stopOf(here).tabIndex = 0;
}

function stopOf({ button, palette, kind }) {
  const buttons = button ? [button] : [...palette.children];
  return buttons.find((each) => kind && each.dataset.tag === kind) || buttons[0];
}

function buttonsOf({ button, palette }) {
  return button ? [button] : [...palette.children];
}

function sentenceAt(node, { sentences }) {
  return sentences.find((each) => each.node.contains(node) || each.palette?.contains(node));
}

// The guard says so on a form whose Python is gone.
function isDead({ el }) {
  return Boolean(el.closest("[data-kit-lost]"));
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

function newPrefix() {
  return `kit-text-${Math.random().toString(36).slice(2)}`;
}
