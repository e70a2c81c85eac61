// Amounts tidy themselves, days get a calendar button, what is typed is not left by mistake.
// Forms work without it.

for (const input of document.querySelectorAll("[data-money]")) {
  input.addEventListener("change", () => {
    const typed = input.value.replace(/[$,\s]/g, "");
    if (/^\d+(\.\d{0,2})?$/.test(typed)) input.value = Number(typed).toFixed(2);
  });
}

const pad = (number) => String(number).padStart(2, "0");

for (const frame of document.querySelectorAll("[data-day]")) {
  const input = frame.querySelector("input");
  const picker = document.createElement("input");
  picker.type = "date";
  picker.tabIndex = -1;
  picker.className = "picker";
  picker.setAttribute("aria-hidden", "true");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.append(calendarIcon(), word(frame.dataset.day));
  button.addEventListener("click", () => {
    const typed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(input.value.trim());
    if (typed) picker.value = `${typed[3]}-${pad(typed[1])}-${pad(typed[2])}`;
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    const [year, month, day] = picker.value.split("-");
    if (!day) return;
    input.value = `${month}/${day}/${year}`;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });
  frame.append(button, picker);
}

function calendarIcon() {
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${new URL("../icons.svg", import.meta.url).pathname}#calendar`);
  icon.setAttribute("class", "ic");
  icon.setAttribute("aria-hidden", "true");
  icon.append(use);
  return icon;
}

function word(text) {
  const hidden = document.createElement("span");
  hidden.className = "vh";
  hidden.textContent = text;
  return hidden;
}

for (const frame of document.querySelectorAll("[data-reveal]")) {
  const input = frame.querySelector("input");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = frame.dataset.reveal;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const shows = input.type === "password";
    input.type = shows ? "text" : "password";
    button.textContent = shows ? frame.dataset.hide : frame.dataset.reveal;
    button.setAttribute("aria-pressed", String(shows));
  });
  input.form?.addEventListener("submit", () => {
    input.type = "password";
  });
  frame.append(button);
}

// Leaving with something typed and not sent asks first.
document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-dirty]");
  if (form) form.dataset.typed = "1";
});
document.addEventListener("submit", (event) => {
  delete event.target.dataset.typed;
});
addEventListener("beforeunload", (event) => {
  if (document.querySelector("[data-typed]")) event.preventDefault();
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// On a phone the row of tabs scrolls: the current one is brought into view.
const tab = document.querySelector(".nav [aria-current]");
if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - 16;
