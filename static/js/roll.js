// Takes the roll mark by mark. Each mark is an operation with an id made here, kept on this
// device until it is answered, so it counts once however often it arrives. See sw.js, leave.js.

import { free } from "./page.js";

const roll = document.querySelector("[data-roll]");
let base;

// Do one act with the marks that this device keeps, for all values or none; done once it is
// written. It is committed at once, so that whoever leaves the page then takes nothing back.
export const store = async (act, ...values) => {
  base ??= new Promise((done, fail) => {
    const asked = indexedDB.open("roll");
    asked.onupgradeneeded = () => asked.result.createObjectStore("marks", { keyPath: "op" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = fail;
  });
  const work = (await base).transaction("marks", "readwrite", { durability: "strict" });
  const rows = work.objectStore("marks");
  const asked = values.map((value) => rows[act](value)).pop();
  work.commit();
  return new Promise((done, fail) => {
    work.oncomplete = () => done(asked?.result);
    work.onabort = fail;
  });
};

if (roll) start();

function start() {
  const text = roll.dataset;
  const find = (selector, within = roll) => within.querySelector(selector);
  const plain = (words) => words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();
  const id = () => crypto.randomUUID();
  const rows = new Map();
  const waiting = new Map();
  const fresh = [];
  const given = find("[name=batch]");
  const filter = find("[type=search]");
  const form = find("[name=csrf_token]");
  const sheet = document.getElementById("sheet");
  let batch = given.value;
  let device = id();
  let since = +text.since;
  let at = -1;
  // Writes not done yet; one that this device refuses is counted for good.
  let unwritten = 0;
  let busy, trouble, timer, finishing;

  for (const seen of find("[name=seen]").value.split(" ")) {
    const [handle, version, value] = seen.split(":");
    const item = document.getElementById(`row-${handle}`);
    const radios = [...item.querySelectorAll("[type=radio]")];
    const early = radios.find((radio) => radio.checked && !radio.defaultChecked);
    const pressed = given.dataset.of.includes(handle) ? batch : "";
    rows.set(handle, { handle, item, radios, early, value, version: +version, batch: pressed, more: JSON.parse(item.dataset.more ?? "{}") });
  }
  const all = [...rows.values()];
  const open = all.filter((row) => row.radios.length);
  const blanks = () => open.filter((row) => row.value === "unmarked");
  const undoable = () => open.filter((row) => batch && row.batch === batch);

  function paint(row, value, gone) {
    row.value = value;
    for (const radio of row.radios) radio.checked = radio.value === value;
    const shown = value === "unmarked" || row.radios.some((radio) => radio.checked);
    for (const old of row.item.querySelectorAll("[data-note], [data-differs]")) old.remove();
    if (gone || !shown) copy(0, find(".who", row.item)).textContent = gone || find(`[value=${value}]`, sheet).parentNode.textContent;
  }

  function mark(row, value, more = {}, batch = "") {
    const at = new Date().toISOString();
    const op = { op: id(), registration: row.handle, value, at, base_version: row.version, device, batch, ...more };
    Object.assign(row, { batch, more });
    paint(row, value);
    waiting.set(op.op, op);
    fresh.push(op);
  }

  function keep(...ops) {
    unwritten += 1;
    store("put", ...ops.map((op) => ({ ...op, who: text.who, roll: text.roll }))).then(() => show((unwritten -= 1))).catch(() => {});
  }

  // What this person marked here, and is not answered yet or not on the page that is kept.
  async function recall() {
    const kept = (await store("getAll", null)).sort((one, other) => (one.at > other.at ? 1 : -1));
    device = kept.find((each) => each.op === "device")?.device ?? device;
    keep({ op: "device", device }, { op: text.roll, pass: text.pass });
    for (const op of kept) {
      // 12 hours after it was sent nothing of a mark stays here.
      const own = op.who === text.who && op.roll === text.roll && op.value;
      const row = own && rows.get(op.registration);
      if (Date.now() - op.sent > 432e5) store("delete", op.op);
      else if (row && (!op.sent || op.version > row.version)) {
        paint(row, op.value);
        row.batch = op.batch;
        batch = op.batch || batch;
        if (op.sent) row.version = op.version;
      }
      // The marks of the other rolls of this class are sent from here as well.
      if (own && !op.sent) waiting.set(op.op, op);
    }
  }

  function act(name) {
    if (name === "rest" && blanks().length) {
      batch = id();
      for (const row of blanks()) mark(row, "here", {}, batch);
    } else if (name === "undo") for (const row of undoable()) mark(row, "unmarked");
    keep(...fresh.splice(0));
    show();
    send();
  }

  function show() {
    const count = (...values) => all.filter((row) => values.includes(row.value)).length;
    const done = all.length - count("unmarked");
    const n = waiting.size;
    const words = !n ? text.saved : trouble ? text.waiting.replace("{n}", n) + (unwritten ? "" : text.safe) : text.saving;
    const chip = find(".sync");
    const banner = find("[data-banner]");
    find("[data-count]").textContent = text.marked.replace("{n}", done).replace("{all}", all.length);
    find("progress").value = done;
    chip.className = `sync ${n ? (trouble ? "wait" : "busy") : ""}`;
    if (chip.lastChild.data !== words) chip.lastChild.data = words;
    banner.hidden = !(n && trouble === 401);
    banner.textContent = text[n > 1 ? "many" : "one"].replace("{n}", n);
    if (!filter) return;
    const tally = [count("here"), count("late", "left_early"), count("absent", "removed"), count("excused")];
    for (const shown of roll.querySelectorAll(".tally b")) shown.textContent = tally.shift();
    find("[data-rest]").hidden = !blanks().length;
    find("[data-all]").hidden = done < all.length;
    find("[data-undo]").hidden = !undoable().length;
  }

  async function send() {
    clearTimeout(timer);
    if (busy) return;
    busy = 1;
    const marks = [...waiting.values()].slice(0, 100);
    try {
      const answer = await fetch(text.roll, {
        method: "POST",
        headers: marks.length ? {} : { "X-Diversion-Poll": 1 },
        body: JSON.stringify({ pass: text.pass, since, marks }),
        signal: AbortSignal.timeout(15e3),
      });
      if (answer.status === 410) return forget();
      if (!answer.ok) throw answer;
      const news = await answer.json();
      since = news.since;
      for (const said of news.answers) settle(said);
      trouble = 0;
      if (news.is_over && filter && !waiting.size) return location.reload();
    } catch (failed) {
      trouble = failed.status ?? 1;
    } finally {
      busy = 0;
    }
    show();
    if (waiting.size && !trouble) send();
    else if (finishing && !waiting.size) finish();
    else if (waiting.size || (filter && !document.hidden)) timer = setTimeout(send, waiting.size ? 5e3 : 15e3);
  }

  function settle(said) {
    const { value, version, differs } = said;
    const row = rows.get(said.registration);
    const op = waiting.get(said.op);
    waiting.delete(said.op);
    if (op) keep({ ...op, sent: Date.now(), value, version });
    if (!row) return;
    row.version = version;
    if ([...waiting.values()].some((each) => each.registration === row.handle)) return;
    if (row.value !== value) row.batch = "";
    row.more = said.more;
    paint(row, value, !said.is_seated && text.gone);
    if (!differs) return;
    const [sentence, yours, theirs] = copy(1, row.item).children;
    sentence.textContent = differs.text;
    yours.value = `${row.handle}:${differs.yours}`;
    theirs.value = `${row.handle}:${differs.theirs}`;
  }

  function copy(place, into) {
    const made = find("template").content.children[place].cloneNode(true);
    into.append(made);
    return made;
  }

  async function forget() {
    await store("clear", 0);
    await caches.delete("roll");
    location.reload();
  }

  // A page that was kept can't send a form: it is fetched anew.
  function finish() {
    if (form) roll.requestSubmit(finishing);
    else location.reload();
    finishing = 0;
  }

  roll.addEventListener("change", (event) => {
    const row = rows.get(event.target.name?.slice(2));
    if (row) act(mark(row, event.target.value));
  });
  roll.addEventListener("submit", (event) => {
    const button = event.submitter;
    const name = button?.value;
    if (button?.name === "keep") {
      const [handle, value, minutes, missed] = name.split(":");
      act(mark(rows.get(handle), value, { minutes, missed }));
    } else if (name === "rest" || (name === "undo" && undoable().length)) act(name);
    else if (waiting.size || !form) {
      finishing = button;
      send();
    } else {
      // The server knows every mark by now: nothing of this page is to be sent as new.
      find("[name=seen]").value = "";
      return;
    }
    event.preventDefault();
  });
  roll.addEventListener("click", (event) => {
    const link = event.target.closest(".roll-row a");
    if (!link) return;
    const row = rows.get(link.closest("li").id.slice(4));
    const answers = find("form", sheet);
    event.preventDefault();
    answers.reset();
    answers.value.value = row.value;
    for (const name in row.more) Object.assign(answers[name] ?? {}, { value: row.more[name], checked: true });
    find("h3", sheet).textContent = find(".name", row.item).textContent;
    find("a", sheet).href = link.href;
    sheet.returnValue = "";
    sheet.onclose = () => {
      const { value, ...more } = Object.fromEntries(new FormData(answers));
      if (sheet.returnValue) act(mark(row, value, more));
    };
    sheet.showModal();
  });
  addEventListener("online", send);
  addEventListener("visibilitychange", send);
  addEventListener("beforeunload", (event) => waiting.size && unwritten && event.preventDefault());
  if (filter) {
    find("[data-noscript]").hidden = true;
    find("[data-filter]").hidden = false;
    filter.addEventListener("input", () => {
      for (const row of all) row.item.hidden = !plain(find(".name", row.item).textContent).includes(plain(filter.value));
    });
    addEventListener("keydown", (event) => free(event) && press(event.key));
  }

  recall().catch(() => {}).then(() => {
    // tapped before this ran
    for (const row of all) if (row.early) mark(row, row.early.value);
    act();
  });
  // The worker keeps the pages that it fetches: this one, which came before it was there, and
  // those of the other rolls of the class, so that each can be taken without network.
  const fetchAll = () => {
    for (const page of [location, ...roll.querySelectorAll(".chip")]) caches.match(page).then((kept) => kept || fetch(page)).catch(() => {});
  };
  const workers = navigator.serviceWorker;
  if (workers) {
    workers.register(text.worker).catch(() => {});
    workers.oncontrollerchange = fetchAll;
    if (workers.controller && filter) fetchAll();
  }

  function press(key) {
    open[at]?.radios["hla".indexOf(key)]?.click();
    if (key === "k") at -= 1;
    else if ("jhla".includes(key)) at += 1;
    else return;
    at = Math.max(0, Math.min(at, open.length - 1));
    for (const row of open) row.item.classList.toggle("on", row === open[at]);
    open[at]?.radios[0].focus();
  }
}
