// Keeps a part of a page up to date: asks every two seconds, and gets nothing when nothing changed.
const PAUSE = 2000;
const part = document.querySelector("[data-live]");
const offline = document.querySelector("[data-offline]");
let tag = "";

async function look() {
  const reply = await fetch(part.dataset.live, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
  offline.hidden = true;
  if (reply.redirected || reply.status === 404) location.reload();
  if (!reply.ok) return;
  const seen = reply.headers.get("ETag") ?? "";
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  if (tag !== "") part.innerHTML = await reply.text();
  else if (seen !== "") swapIfOther(await reply.text());
  tag = seen;
  if (focused) document.getElementById(focused)?.focus();
}

// The page was drawn a moment before the first look: nothing flickers when it says the same.
function swapIfOther(text) {
  const fresh = document.createElement("div");
  fresh.innerHTML = text;
  const plain = (node) => node.textContent.replace(/\s+/g, " ").trim();
  if (plain(fresh) !== plain(part)) part.innerHTML = text;
}

async function keepLooking() {
  try {
    if (!document.hidden) await look();
  } catch {
    offline.hidden = false;
  }
  if (part.querySelector("[data-still]")) return; // nothing changes by itself, and a page left open is left alone
  setTimeout(keepLooking, PAUSE);
}

if (part && offline) keepLooking();
