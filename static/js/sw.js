// Keeps the page of a roll for 12 hours without network; nothing else under /roll/ is kept.

const TWELVE_HOURS = 432e5;
const open = () => caches.open("roll");

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});

async function answer(request) {
  const path = new URL(request.url).pathname;
  const file = path.includes("/static/");
  try {
    const found = await fetch(request);
    if (found.status >= 500) throw found;
    if (/\/roll\/[\d-]{11}[\w/]+$/.test(path) && found.type === "basic") await keep(path, found.clone());
    return found;
  } catch (failed) {
    const known = await (await open()).match(path);
    if (known && (file || Date.now() - known.headers.get("Kept") < TWELVE_HOURS)) return known;
    if (known) await caches.delete("roll");
    if (failed instanceof Response) return failed;
    throw failed;
  }
}

// Only an open roll is kept, and only what the server leaves between its signs; with it the
// files that it names, which the browser may have fetched before this worker was there.
async function keep(path, found) {
  const text = await found.text();
  const cache = await open();
  if (!text.includes(" data-kept")) return cache.delete(path);
  for (const file of text.match(/[^"]*\/static\/[^"#]+/g)) (await cache.match(file)) ?? (await cache.add(file).catch(() => {}));
  const kept = new Response(text.replace(/<!--\(-->.*?<!--\)-->/gs, ""), found);
  kept.headers.set("Kept", Date.now());
  return cache.put(path, kept);
}
