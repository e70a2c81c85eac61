// The bench by keyboard: j and k move, d goes through the next dates, Enter records.
// The other keys are buttons and radio buttons of the page; see page.js.

const form = document.getElementById("now-form");
const rows = [...document.querySelectorAll(".bench .b-row")];
const here = rows.findIndex((row) => row.id === "now");
const busy = (event) =>
  document.body.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey ||
  (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "radio");

function move(step) {
  for (let place = here + step; place >= 0 && place < rows.length; place += step) {
    const link = rows[place].querySelector(".hit");
    if (link) return link.click();
  }
}

function nextDate() {
  const dates = [...document.querySelectorAll("[data-next]")];
  if (!dates.length) return;
  dates[(dates.findIndex((date) => date.checked) + 1) % dates.length].click();
}

document.addEventListener("keydown", (event) => {
  if (busy(event)) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "d") nextDate();
  else if (event.key === "Enter" && form && !/^(A|BUTTON|SUMMARY)$/.test(event.target.tagName)) {
    event.preventDefault();
    form.requestSubmit();
  }
});
