// Takes the roll mark by mark. Each mark is an operation with an id made here, so it
// counts once however often it arrives; what is not answered yet is sent again.

const roll = document.querySelector("[data-roll]");
if (roll?.querySelector(".segs")) start();

function start() {
  const text = roll.dataset;
  const find = (selector) => roll.querySelector(selector);
  const id = () => Array.from(crypto.getRandomValues(new Uint8Array(15)), (b) => b.toString(16).padStart(2, "0")).join("");
  const device = sessionStorage.device || (sessionStorage.device = id());
  const rows = new Map();
  const waiting = new Map();
  let batch = find("[name=batch]").value;
  const pressed = find("[name=batch]").dataset.of.split(" ");
  let busy = false;
  let pause = 2000;
  let timer = 0;
  let finishing = null;

  for (const seen of find("[name=seen]").value.split(" ")) {
    const [handle, version, value] = seen.split(":");
    const item = document.getElementById(`row-${handle}`);
    const radios = [...item.querySelectorAll("input[type=radio]")];
    rows.set(handle, { handle, item, radios, value, version: Number(version), batch: pressed.includes(handle) ? batch : "" });
  }
  find("[data-noscript]").hidden = true;
  const filter = find("[data-filter]");
  filter.hidden = rows.size < 8;

  const open = () => [...rows.values()].filter((row) => row.radios.length);
  const blanks = () => open().filter((row) => row.value === "unmarked");

  function mark(row, value, group = "") {
    const op = { op: id(), registration: row.handle, value, at: new Date().toISOString(), base_version: row.version, device, batch: group };
    row.value = value;
    row.batch = group;
    for (const radio of row.radios) radio.checked = radio.value === value;
    waiting.set(op.op, op);
  }

  function markRest() {
    const rest = blanks();
    if (!rest.length) return;
    batch = id();
    for (const row of rest) mark(row, "here", batch);
    changed();
  }

  function undo() {
    for (const row of open()) if (batch && row.batch === batch) mark(row, "unmarked");
    changed();
  }

  function changed() {
    show();
    send();
  }

  function show() {
    const all = [...rows.values()];
    const count = (...values) => all.filter((row) => values.includes(row.value)).length;
    const left = blanks().length;
    const done = all.length - count("unmarked");
    find("[data-count]").textContent = text.marked.replace("{n}", done).replace("{all}", all.length);
    find("progress").value = done;
    const tally = [count("here"), count("late", "left_early"), count("absent", "removed"), count("excused")];
    find(".tally").querySelectorAll("b").forEach((shown, place) => { shown.textContent = tally[place]; });
    find("[data-rest]").hidden = !left;
    find("[data-all]").hidden = left > 0;
    find("[data-undo]").hidden = !batch || !open().some((row) => row.batch === batch);
    const state = waiting.size ? (pause > 2000 ? "wait" : "busy") : "";
    const words = { "": text.saved, busy: text.saving, wait: text.waiting.replace("{n}", waiting.size) }[state];
    const chip = find("[data-sync] .sync");
    chip.className = `sync ${state}`;
    if (chip.lastChild.textContent.trim() !== words) chip.lastChild.textContent = ` ${words}`;
  }

  async function send() {
    clearTimeout(timer);
    if (busy || !waiting.size) return;
    busy = true;
    const marks = [...waiting.values()].slice(0, 100);
    let again = false;
    try {
      const answer = await fetch(text.roll, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": text.token },
        body: JSON.stringify({ marks }),
      });
      if (answer.redirected || answer.status === 401) throw new Error("sign in");
      if (answer.status === 409 || answer.status === 404) return location.reload();
      if (!answer.ok) throw new Error(answer.status);
      pause = 2000;
      for (const said of (await answer.json()).answers) take(said);
      again = waiting.size > 0;
    } catch {
      pause = Math.min(pause * 2, 15000);
      timer = setTimeout(send, pause);
    } finally {
      busy = false;
    }
    show();
    if (again) send();
    else if (finishing && !waiting.size) finish();
  }

  function take(said) {
    waiting.delete(said.op);
    const row = rows.get(said.registration);
    row.version = said.version;
    const newer = [...waiting.values()].some((op) => op.registration === said.registration);
    if (newer) return;
    if (row.value !== said.value) row.batch = "";
    row.value = said.value;
    for (const radio of row.radios) radio.checked = radio.value === said.value;
    const shown = said.value === "unmarked" || row.radios.some((radio) => radio.checked);
    note(row, !said.is_seated ? text.gone : said.is_conflict ? text.differs : shown ? "" : said.words);
  }

  function note(row, words) {
    row.item.querySelector("[data-note]")?.remove();
    if (!words) return;
    const tag = document.createElement("span");
    tag.className = "tag warn";
    tag.dataset.note = "";
    tag.textContent = words;
    row.item.querySelector(".who").append(tag);
  }

  function finish() {
    const button = finishing;
    finishing = null;
    roll.requestSubmit(button);
  }

  roll.addEventListener("change", (event) => {
    const row = rows.get(event.target.name?.slice(2));
    if (row) { mark(row, event.target.value); changed(); }
  });
  roll.addEventListener("submit", (event) => {
    const act = event.submitter?.value;
    if (act === "rest") markRest();
    else if (act === "undo" && open().some((row) => row.batch === batch)) undo();
    else if (waiting.size) {
      finishing = event.submitter;
      send();
    } else {
      // The server knows every mark by now: nothing of this page is to be sent as new.
      find("[name=seen]").value = "";
      return;
    }
    event.preventDefault();
  });
  filter.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  filter.addEventListener("input", (event) => {
    const wanted = plain(event.target.value);
    for (const row of rows.values()) row.item.hidden = !plain(row.item.querySelector(".name").textContent).includes(wanted);
  });
  addEventListener("online", send);
  document.addEventListener("visibilitychange", send);
  addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
  document.addEventListener("keydown", (event) => {
    const typing = /^(TEXTAREA|SELECT)$/.test(event.target.tagName) || (event.target.tagName === "INPUT" && event.target.type !== "radio");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || document.body.dataset.keys === "off") return;
    key(event.key);
  });

  // Whoever taps before this script is there taps for good.
  for (const row of rows.values()) {
    const tapped = row.radios.find((radio) => radio.checked && !radio.defaultChecked);
    if (tapped) mark(row, tapped.value);
  }
  if (waiting.size) changed();

  function key(pressed) {
    const values = { h: "here", l: "late", a: "absent" };
    const list = open();
    const at = list.findIndex((row) => row.item.classList.contains("on"));
    if (pressed === "A") markRest();
    else if (pressed === "z") undo();
    else if (pressed === "j") step(list, Math.min(at + 1, list.length - 1));
    else if (pressed === "k") step(list, Math.max(at - 1, 0));
    else if (values[pressed] && at >= 0) {
      mark(list[at], values[pressed]);
      changed();
      step(list, Math.min(at + 1, list.length - 1));
    }
  }

  function step(list, to) {
    for (const row of list) row.item.classList.remove("on");
    list[to]?.item.classList.add("on");
    list[to]?.radios[0].focus();
  }
}

function plain(words) {
  return words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();
}
