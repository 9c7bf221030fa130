// What a learner takes along: a link that downloads the hand-in, and the same as a long line to copy.
// All of it is on the page already, so it works after the kernel has gone.

export default { render };

function render({ model, el }) {
  hearAgain(model);
  const view = draw();
  el.append(view.root);
  const again = () => fill(view, model);
  model.on("change:code", again);
  again();
  return () => model.off("change:code", again);
}

function draw() {
  const view = {
    link: make("a", { className: "kit-button" }),
    code: make("textarea", { readOnly: true, rows: 3, spellcheck: false }),
    told: make("p", { className: "kit-note kit-live" }),
  };
  view.code.onfocus = () => view.code.select();
  const copy = make("button", { type: "button", className: "kit-button", textContent: "Copy the line" });
  copy.onclick = () => copyCode(view);
  view.said = make("span");
  const label = make("label", {}, view.said, view.code);
  view.root = make("div", { className: "kit-given" }, view.link, label, copy, view.told);
  return view;
}

function fill({ root, link, said, code, told }, model) {
  root.hidden = !model.get("code");
  link.hidden = !model.get("file");
  said.textContent = model.get("label");
  link.download = model.get("name");
  link.textContent = `Download ${link.download}`;
  link.href = `data:application/json;base64,${btoa(model.get("file"))}`;
  code.value = model.get("code");
  told.textContent = "";
}

async function copyCode({ code, told }) {
  code.select();
  const copied = await navigator.clipboard?.writeText(code.value).then(() => true, () => false);
  if (!copied) code.focus();
  told.textContent = copied
    ? "✓ The line is copied."
    : "To copy the line, press Ctrl+C (on a Mac ⌘C), or hold a finger on it and choose Copy.";
}

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
