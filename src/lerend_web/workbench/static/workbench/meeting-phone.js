// The phone of whoever takes part: joins, keeps its seat, and shows what the meeting shows, every two seconds.
// The seat is a secret of this browser. It travels in a header or a body, never in an address.
const PAUSE = 2000;
const KEPT = "lerend-meeting-seat";
const DRAFT = "lerend-meeting-draft";
const face = document.getElementById("face");
const status = document.getElementById("status");
const query = location.search;
let tag = "";
let waiting = null; // a form that could not be sent yet
let mine = recall();

function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? { seat: "", code: "" };
  } catch {
    return { seat: "", code: "" };
  }
}

function remember(seat, code) {
  mine = { seat, code };
  try {
    localStorage.setItem(KEPT, JSON.stringify(mine));
  } catch {
    // In a private window the seat lasts as long as the page.
  }
}

const shown = () => face.querySelector(".face").dataset;
const plain = (code) => code.toUpperCase().replace(/[^0-9A-Z]/g, "");

// What changed is put in place; a form that is being changed is not taken away by the news that it was handed in.
function swap(text, seen, { asked = false } = {}) {
  const fresh = document.createElement("div");
  fresh.innerHTML = text;
  const next = fresh.querySelector(".face")?.dataset;
  if (!next) return;
  const before = shown();
  const isSame = before.face === next.face && before.round === next.round;
  tag = seen;
  if (!asked && before.face === "rate" && next.face === "rated" && before.round === next.round) return;
  const pressed = [...face.querySelectorAll("button")].indexOf(document.activeElement);
  face.replaceChildren(...fresh.childNodes);
  prepare();
  if (isSame && pressed >= 0) face.querySelectorAll("button")[pressed]?.focus();
  if (!isSame || asked) {
    scrollTo(0, 0);
    (face.querySelector("[role=alert]") ? face.querySelector("input:not([type=hidden])") : face.querySelector("h1"))?.focus();
  }
}

async function send(form) {
  const reply = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Part": "face" }, cache: "no-store" });
  const text = await reply.text();
  waiting = null;
  if (form.matches("[data-join]") && reply.ok) {
    remember(form.elements.seat.value, plain(form.elements.code.value));
    history.replaceState(null, "", location.pathname + query);
  }
  if (form.matches("[data-rate]") && reply.ok) forgetDraft();
  swap(text, reply.headers.get("ETag") ?? "", { asked: true });
}

async function look() {
  if (waiting) return send(waiting);
  if (!mine.seat || shown().face === "join") return undefined;
  return ask();
}

async function ask() {
  const headers = { Authorization: `Seat ${mine.seat}`, "X-Part": "face" };
  if (tag) headers["If-None-Match"] = tag;
  const reply = await fetch(`${face.dataset.look}${query}`, { headers, cache: "no-store" });
  if (reply.status === 401) remember("", "");
  if (reply.ok || reply.status === 401) swap(await reply.text(), reply.headers.get("ETag") ?? "");
  return undefined;
}

async function keepLooking() {
  try {
    if (!document.hidden) await look();
    status.hidden = true;
  } catch {
    status.hidden = false;
    status.textContent = status.dataset.offline;
  }
  setTimeout(keepLooking, PAUSE);
}

face.addEventListener("submit", (event) => {
  event.preventDefault();
  waiting = event.target;
  send(waiting).catch(() => {
    status.hidden = false;
    status.textContent = status.dataset.offline;
  });
});

// A sheet that is being filled in survives a reload.
const draftName = () => `${DRAFT}-${shown().round}`;
face.addEventListener("change", (event) => {
  const form = event.target.closest("[data-rate]");
  if (form) sessionStorage.setItem(draftName(), new URLSearchParams(new FormData(form)).toString());
});

function forgetDraft() {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(DRAFT)) sessionStorage.removeItem(name);
}

function restoreDraft(form) {
  for (const [name, value] of new URLSearchParams(sessionStorage.getItem(draftName()) ?? "")) {
    const chosen = form.querySelector(`input[type=radio][name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
    if (chosen) chosen.checked = true;
  }
}

face.addEventListener("click", (event) => {
  const button = event.target.closest("[data-clear]");
  if (!button) return;
  for (const radio of face.querySelectorAll(`input[name^="${button.dataset.clear}-"]`)) radio.checked = false;
  button.closest("form").dispatchEvent(new Event("change", { bubbles: true }));
});

function prepare() {
  for (const form of face.querySelectorAll("[data-without-script]")) form.hidden = true;
  for (const button of face.querySelectorAll("[data-clear]")) button.hidden = false;
  const sheet = face.querySelector("[data-rate]");
  if (sheet) restoreDraft(sheet);
}

async function start() {
  prepare();
  const { seat, face: kind } = shown();
  if (seat) remember(seat, mine.code); // drawn without script a moment ago
  const code = decodeURIComponent(location.hash.slice(1));
  const field = face.querySelector("#code");
  const isAnother = code !== "" && plain(code) !== mine.code;
  if (kind === "join" && mine.seat && !isAnother) await ask().catch(() => undefined);
  else if (field && code) field.value = code;
  await keepLooking();
}

start();
