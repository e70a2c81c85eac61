// Choose among the people found without leaving the find box: arrows, then Enter.

const box = document.querySelector(".bigfind input[type=search]");
const hits = document.getElementById("hits");
const rows = () => [...hits.querySelectorAll(".rows > .row")];
let chosen = -1;

function choose(place) {
  const found = rows();
  chosen = Math.max(-1, Math.min(place, found.length - 1));
  found.forEach((row, at) => row.classList.toggle("on", at === chosen));
  if (chosen >= 0) found[chosen].scrollIntoView({ block: "nearest" });
}

// Only what a search found is chosen by itself; the whole list is not.
new MutationObserver(() => choose(box.value.trim().length >= 3 ? 0 : -1)).observe(hits, { childList: true });

box.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!rows().length) return;
    event.preventDefault();
    choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Enter" && chosen >= 0) {
    event.preventDefault();
    rows()[chosen].querySelector("a.cover").click();
  }
});
