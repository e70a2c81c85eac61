// Small comforts for every page. Each page works without them.

const fields =
  "input:not([type=radio], [type=checkbox], [type=button], [type=submit]), textarea, select";
const typing = (target) => target.matches(fields) || target.isContentEditable;
const first = (selector) => document.querySelector(selector);

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]") || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
});
// Whoever signs in or out lets the device forget a roll first; see leave.js.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.leave || event.defaultPrevented) return;
  event.preventDefault();
  import(form.dataset.leave).then((of) => of.leave(form)).catch(() => form.submit());
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
});

// Keys: / finds, g and a letter goes, a number opens a block, ? tells, Escape closes.
let going = 0;
export const free = (event) =>
  document.body.dataset.keys !== "off" && !typing(event.target) &&
  !event.ctrlKey && !event.metaKey && !event.altKey;
const go = (key) => first(`[data-go="${CSS.escape(key)}"]`)?.click();
const isCover = (event) => event.key === "Escape" && event.shiftKey;

document.addEventListener("keydown", (event) => {
  if (isCover(event)) return cover(event);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest("form");
    if (form) form.requestSubmit();
    return;
  }
  if (event.key === "Escape") {
    for (const open of document.querySelectorAll("details.menu[open]")) open.open = false;
    return;
  }
  if (!free(event)) return;
  if (Date.now() - going < 1500) {
    going = 0;
    go(event.key);
  } else if (event.key === "g") {
    going = Date.now();
  } else if (event.key === "/") {
    const box = first(".bigfind input[type=search]") ?? first(".find input[type=search]");
    if (!box) return;
    event.preventDefault();
    box.focus();
  } else if (event.key === "?") {
    first("[data-go='?']")?.click();
  } else {
    const target = first(`[data-key="${CSS.escape(event.key)}"]`);
    if (target) {
      event.preventDefault();
      target.click();
    }
  }
});

// The privacy cover hides the page at once, then asks the server to lock.
function cover(event) {
  const form = first("form[data-cover]");
  if (!form) return;
  event.preventDefault();
  document.body.classList.add("covered");
  form.submit();
}

// A click beside an open menu closes it.
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.menu[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

first("[data-focus]")?.focus();
