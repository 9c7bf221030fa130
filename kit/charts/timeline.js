// The timeline that answers: see explore.py. It puts the picture's own SVG in the picture's place
// and lets its marks answer to mouse, keys and touch. It is a plain script, not a module, because
// only a plain script can ask the page for the figure it stands in (document.currentScript).
(function timeline(figure) {
  "use strict";
  const REACH = 11; // of a mark, in points of the drawing, which is never shown smaller
  const APART = 6; // pixels between a mark and what it says
  const LINGER = 300; // ms in which the pointer can go from a mark to the panel
  const HELP =
    "Point at a mark, or tap it, and read what stands behind it. " +
    "By keyboard: Tab to the picture, then the arrow keys, Home and End.";
  const KEPT = "To close this, press Escape or click beside the marks.";

  const box = figure.querySelector(".kit-chart");
  const images = [...box.children]; // for a page with room, and for a narrow one
  const prefix = `t${Math.random().toString(36).slice(2)}-`; // no two pictures share an id
  const drawings = images.map(inlined);
  const data = figure.querySelector("[type='application/json']").textContent;
  const { lanes, accounts } = JSON.parse(data); // accounts in order of time
  const hidden = new Set(); // lanes that are switched off
  let current = null; // the account in the panel
  let kept = false; // chosen by click, tap or focus: pointing at another mark changes nothing
  let leaving = 0; // a timer: the pointer has left the mark
  let svg, cover, marked, height, band, rings, veils; // as drawn for the width there is

  const said = html("div", { class: "said" });
  const steps = html("div", { class: "steps" });
  const panel = html("div", { class: "panel", tabindex: -1 }, said, steps);
  const shown = html("p", { class: "shown", role: "status" });
  const switches = lanes.map((lane) => button(lane, () => flip(lane), "lane"));

  build();
  draw();
  listen();

  // The picture

  function inlined(image) {
    const bytes = Uint8Array.from(atob(image.src.split(",")[1]), (letter) => letter.charCodeAt(0));
    const text = new TextDecoder().decode(bytes).replace(/(\bid="|="#|\(#)/g, `$1${prefix}`);
    const drawing = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    drawing.querySelectorAll("style, metadata").forEach((part) => part.remove());
    if (image.className) drawing.setAttribute("class", "stretched");
    return document.importNode(drawing, true);
  }

  function locate(account) {
    const ids = ["event", "told"].map((kind) => `[id="${prefix}${kind}-${account.id}"] use`);
    const found = ids.map((id) => svg.querySelector(id)).filter((use) => use);
    account.spots = found.map((use) => ({ x: use.x.baseVal.value, y: use.y.baseVal.value }));
  }

  function shape(tag, attributes, ...inside) {
    return filled(document.createElementNS(svg.namespaceURI, tag), attributes, inside);
  }

  function filled(made, attributes, inside) {
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside);
    return made;
  }

  function veil(lane) {
    const ys = marked.filter((account) => account.lane === lane).map(({ spots }) => spots[0].y);
    const top = Math.min(...ys) - height / 2;
    const high = ys.length ? Math.max(...ys) + height / 2 - top : 0;
    return shape("rect", { class: "veil", x: 0, y: high && top, width: "100%", height: high });
  }

  function circle({ x, y }, r, kind) {
    return shape("circle", { class: kind, cx: x, cy: y, r });
  }

  function button(text, action, kind = "") {
    const made = html("button", { type: "button", class: kind }, text);
    made.addEventListener("click", action);
    return made;
  }

  function html(tag, attributes, ...inside) {
    return filled(document.createElement(tag), attributes, inside);
  }

  function draw() {
    const drawing = drawings[box.clientWidth < drawings[0].width.baseVal.value ? 1 : 0];
    if (drawing === svg) return;
    svg = drawing;
    cover = svg.cloneNode(false); // all that changes: the picture under it is painted once
    accounts.forEach(locate);
    marked = accounts.filter((account) => account.spots.length);
    const rows = [...new Set(marked.map((account) => account.spots[0].y))].sort((a, b) => a - b);
    height = Math.min(2 * REACH, ...rows.slice(1).map((y, place) => y - rows[place]));
    band = shape("rect", { class: "band", x: 0, width: "100%", height });
    rings = shape("g", { class: "rings" });
    veils = new Map(lanes.map((lane) => [lane, veil(lane)]));
    cover.append(band, ...veils.values(), rings);
    for (const account of marked) {
      const [spot] = account.spots;
      const circles = [circle(spot, REACH, "reach"), circle(spot, 9, "ring")];
      const name = { class: "mark", role: "button", "aria-label": account.name };
      cover.append((account.mark = shape("g", name, ...circles)));
    }
    svg.setAttribute("aria-hidden", "true");
    filled(cover, { role: "group", "aria-label": images[0].alt }, []).classList.add("cover");
    box.replaceChildren(svg, cover);
    answer();
    filter();
    paint();
  }

  function build() {
    box.removeAttribute("tabindex"); // the marks take the focus now
    const choice = html("div", { class: "lanes", role: "group", "aria-label": "Accounts shown" });
    choice.append(...switches, button("All", () => flipAll(true)));
    choice.append(button("None", () => flipAll(false)));
    steps.append(button("← Earlier", () => step(-1)), button("Later →", () => step(1)));
    steps.append(button("Close", letGo), html("span", { class: "help" }, KEPT));
    const help = html("p", { class: "help" }, HELP);
    box.after(panel, help, html("div", { class: "choice" }, choice, shown));
  }

  // The filter

  function flip(lane) {
    if (!hidden.delete(lane)) hidden.add(lane);
    filter();
  }

  function flipAll(on) {
    lanes.forEach((lane) => (on ? hidden.delete(lane) : hidden.add(lane)));
    filter();
  }

  function filter() {
    const count = accounts.filter((account) => !hidden.has(account.lane)).length;
    shown.textContent = `Shown: ${count} of ${accounts.length} accounts`;
    lanes.forEach((lane, place) => {
      switches[place].setAttribute("aria-pressed", !hidden.has(lane));
      veils.get(lane).classList.toggle("down", hidden.has(lane));
    });
    marked.forEach(({ mark, lane }) => mark.classList.toggle("off", hidden.has(lane)));
    if (current && hidden.has(current.lane)) show(null);
    tabTo(current || offered()[0]);
  }

  function offered() {
    return marked.filter((account) => !hidden.has(account.lane));
  }

  function tabTo(account) {
    marked.forEach((one) => one.mark.setAttribute("tabindex", one === account ? 0 : -1));
  }

  // The panel: at the mark

  function show(account) {
    stay();
    if (account === current) return;
    current = account;
    said.replaceChildren(...(account ? told(account) : []));
    paint();
  }

  function paint() {
    const account = current;
    marked.forEach((one) => one.mark.classList.toggle("current", one === account));
    const others = account ? account.spots.slice(1) : [];
    rings.replaceChildren(...others.map((spot) => circle(spot, 9, "ring")));
    band.setAttribute("y", account ? account.spots[0].y - height / 2 : -2 * height);
    panel.hidden = !account;
    stand();
  }

  function stand() {
    if (!current) return;
    const home = figure.getBoundingClientRect();
    const edge = box.getBoundingClientRect();
    const mark = current.mark.lastChild.getBoundingClientRect();
    const [top, bottom] = seen();
    const above = mark.top - top - APART;
    const below = bottom - mark.bottom - APART;
    panel.style.maxHeight = `${Math.max(above, below, 120)}px`;
    const { offsetWidth: wide, offsetHeight: high } = panel;
    const under = high <= below || above < below;
    const left = Math.min((mark.left + mark.right - wide) / 2, edge.right - wide);
    panel.style.left = `${Math.max(left, edge.left) - home.left}px`;
    panel.style.top = `${(under ? mark.bottom + APART : mark.top - APART - high) - home.top}px`;
  }

  function seen() { // top and bottom of the part of the page in which the figure can be seen
    let [top, bottom] = [0, window.innerHeight];
    for (let part = figure; part !== document.body; part = part.parentElement) {
      if (getComputedStyle(part).overflowY === "visible") continue;
      const edge = part.getBoundingClientRect();
      [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
    }
    return [top, bottom];
  }

  function stay() {
    clearTimeout(leaving);
    leaving = 0;
  }

  function linger() {
    if (!kept && current) leaving ||= setTimeout(() => kept || show(null), LINGER);
  }

  function told(account) {
    const facts = account.facts.map(([term, value]) =>
      html("div", {}, html("dt", {}, term), html("dd", {}, value)),
    );
    const quotes = account.quotes.map(([words, source]) =>
      words
        ? html("blockquote", {}, html("p", {}, words), html("cite", {}, source))
        : html("p", { class: "help" }, "No words are quoted. ", html("cite", {}, source)),
    );
    const title = html("p", { class: "title" }, account.title);
    return [title, ...quotes, html("dl", { class: "facts" }, ...facts)];
  }

  function keep(account) {
    // To a group of shapes, such as the mark itself, Firefox does not scroll.
    account.mark.lastChild.scrollIntoView({ block: "nearest", inline: "nearest" });
    tabTo(account);
    hold(true);
    show(account);
    stand();
  }

  function hold(on) {
    kept = on;
    panel.classList.toggle("kept", on);
  }

  function letGo() {
    const back = steps.contains(document.activeElement) && current.mark;
    hold(false);
    show(null);
    if (back) back.focus({ preventScroll: true });
  }

  function step(by) {
    const all = offered();
    said.setAttribute("aria-live", "polite"); // the focus stays on the button, so the panel speaks
    keep(all[(all.indexOf(current) + by + all.length) % all.length]);
  }

  // Mouse, touch and keys

  function listen() {
    panel.addEventListener("pointerenter", stay);
    panel.addEventListener("pointerleave", linger);
    figure.addEventListener("keydown", press);
    figure.addEventListener("focusin", () => window.addEventListener("keydown", shield, true));
    figure.addEventListener("focusout", leave);
    new ResizeObserver(() => {
      if (box.clientWidth) draw();
      stand();
    }).observe(box);
  }

  function answer() {
    cover.addEventListener("pointermove", (event) => {
      if (kept || event.pointerType === "touch") return;
      const near = nearest(event);
      if (near) show(near);
      else linger();
    });
    cover.addEventListener("pointerleave", linger);
    // The focus waits for the click: it may scroll the page, and a press must end where it began.
    cover.addEventListener("mousedown", (event) => event.preventDefault());
    cover.addEventListener("click", (event) => {
      const own = marked.find(({ mark }) => mark.contains(event.target));
      const near = event.detail ? nearest(event) : own; // 0: pressed by a screen reader
      if (near) near.mark.focus();
      else letGo();
    });
    for (const one of marked) one.mark.addEventListener("focus", (event) => arrive(one, event));
  }

  function nearest(event) {
    const onto = cover.getScreenCTM().inverse();
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(onto);
    const away = ({ x, y }) => Math.hypot(x - point.x, y - point.y);
    const close = ({ spots }) => Math.min(...spots.map(away));
    const [best] = offered().sort((one, other) => close(one) - close(other));
    return best && close(best) <= REACH ? best : null;
  }

  function arrive(account, { relatedTarget } = {}) {
    if (panel.hidden && steps.contains(relatedTarget)) return; // closed from here: stay closed
    said.removeAttribute("aria-live"); // the mark's own name says it all
    keep(account);
  }

  function leave(event) {
    window.removeEventListener("keydown", shield, true);
    if (!figure.contains(event.relatedTarget)) letGo();
  }

  function press(event) {
    if (event.key === "Escape") return letGo();
    const at = offered().find(({ mark }) => mark === event.target);
    const to = at && !event.ctrlKey && !event.metaKey && !event.altKey && next(at, event.key);
    if (!to) return;
    event.preventDefault();
    if (to === at) arrive(at);
    else to.mark.focus();
  }

  function next(at, key) {
    const all = offered();
    const place = all.indexOf(at);
    const moves = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: all.length - 1 };
    if (key in moves) return all[Math.max(0, Math.min(moves[key], all.length - 1))];
    if (key === "Enter" || key === " ") return at;
    return { ArrowUp: beside(at, -1), ArrowDown: beside(at, 1) }[key];
  }

  function beside(at, by) {
    const near = lanes.filter((lane) => !hidden.has(lane));
    const there = near[near.indexOf(at.lane) + by];
    const away = (account) => Math.abs(account.spots[0].x - at.spots[0].x);
    const found = offered().filter(({ lane }) => lane === there);
    return found.sort((one, other) => away(one) - away(other))[0] || at;
  }

  function shield(event) {
    const ours = event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape" ||
      (event.shiftKey && event.key === "Enter"); // the notebook's own: saving, running, leaving
    event.target.toggleAttribute("data-lm-suppress-shortcuts", !ours);
  }
})(document.currentScript.parentNode);
