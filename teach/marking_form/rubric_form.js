// Keys for marking many answers: a digit chooses a level, Enter and → go on, ← goes back. They work
// while the focus is in the form and not in a box to type or choose in. Nobody needs them: all of
// it can be reached with Tab, too.
//
// The focus waits on the button "Next": it stays on the page when one answer gives way to another.

export default { render };

function render({ el }) {
  const listen = (event) => pressed(event, el.closest(".kit"));
  document.addEventListener("keydown", listen);
  return () => document.removeEventListener("keydown", listen);
}

function pressed(event, form) {
  if (!form?.contains(event.target) || form.hasAttribute("data-kit-lost")) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target.matches("textarea, select, input:not([type='radio'])")) return;
  const wanted = /^\d$/.test(event.key) ? levelOf(event.key, form) : buttonOf(event, form);
  if (!wanted) return;
  event.preventDefault();
  form.querySelector(".kit-next").focus();
  wanted.click();
}

function levelOf(key, form) {
  return form.querySelectorAll(".kit-level input[type='radio']")[Number(key)];
}

function buttonOf({ key, target }, form) {
  if (key === "ArrowLeft") return form.querySelector(".kit-back");
  const isPress = key === "Enter" && !target.closest("button, summary, a");
  return isPress || key === "ArrowRight" ? form.querySelector(".kit-next") : null;
}
