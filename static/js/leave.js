// Before someone signs in or out, the device sends what waits and forgets what is sent.

import { store } from "./roll.js";

export async function leave(form) {
  const { who } = form.dataset;
  const known = who ? await indexedDB.databases() : [];
  const left = known.some((each) => each.name === "roll") ? await forget(who) : 0;
  await caches.delete("roll");
  if (left) ask(form, left);
  else form.submit();
}

// Returns how many marks of `who` could not be sent. Marks of others wait for them.
async function forget(who) {
  const all = await store("getAll", null);
  const waiting = all.filter((each) => each.value && !each.sent);
  for (const roll of all.filter((each) => each.pass && each.who === who)) {
    const marks = waiting.filter((each) => each.roll === roll.op && each.who === who);
    if (marks.length && (await taken(roll, marks))) for (const mark of marks) mark.sent = 1;
  }
  const kept = waiting.filter((each) => !each.sent);
  for (const each of all) if (!kept.includes(each)) await store("delete", each.op);
  return kept.filter((each) => each.who === who).length;
}

async function taken(roll, marks) {
  const body = JSON.stringify({ pass: roll.pass, marks });
  const headers = { "Content-Type": "application/json" };
  const sent = fetch(roll.op, { method: "POST", headers, body, signal: AbortSignal.timeout(8000) });
  return sent.then((answer) => answer.ok, () => false);
}

function ask(form, left) {
  const words = form.dataset;
  const dialog = document.createElement("dialog");
  const say = document.createElement("p");
  const foot = document.createElement("div");
  dialog.className = "dialog";
  say.className = "pad";
  foot.className = "card-foot";
  say.textContent = words.left.replace("{n}", left);
  foot.append(button(words.out, "", () => form.submit()), button(words.stay, "primary", () => dialog.close()));
  dialog.append(say, foot);
  document.body.append(dialog);
  dialog.showModal();
}

function button(words, kind, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `btn ${kind}`;
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}
