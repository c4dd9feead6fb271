// Door 1 in the browser: nothing happens until somebody presses Start. The secret of the link comes behind the #, which
// no server sees; what is sent is a hash of it and a number that says nothing.

import { blind, finalise } from "./tokens.js";

const PURPOSE = "lerend invitation shown 1\0";
const STARTED = "lerend.started"; // the wave that somebody on this device started with; no secret
const one = (id) => document.getElementById(id);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const octets = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

class Refusal extends Error {}

let link = null;

function takeLink() {
  const [, group, secret] = location.hash.match(/^#([0-9a-z]{26})\.([0-9a-f]{32})$/) ?? [];
  if (group) {
    link = { group, secret };
    history.replaceState(null, "", location.pathname + location.search);
  }
  one("ready").hidden = !link;
  if (!link) tell("none");
  else if (!globalThis.crypto?.subtle) tell("old");
  else tell("");
}

function tell(word) {
  one("status").hidden = !word;
  one("status").textContent = word ? one("status").dataset[word] : "";
}

async function ask(address, body) {
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const reply = await fetch(address, { ...options, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" });
  if (reply.status === 429) throw new Refusal("often");
  if (reply.status === 410) throw new Refusal("closed");
  if (reply.status === 400) throw new Refusal("refused");
  if (!reply.ok) throw new Error("reply");
  return reply.json();
}

async function shown(secret) {
  const purpose = new TextEncoder().encode(PURPOSE);
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from([...purpose, ...octets(secret)]))));
}

// Asked once, so that a second try after a broken line asks for the same signature, which is free.
let ballot = null;

async function ballotFor(found) {
  if (!ballot) {
    const secret = crypto.getRandomValues(new Uint8Array(32));
    const key = fromBase64(found.token_key);
    ballot = { secret, key, blinding: await blind(key, secret) };
  }
  return ballot;
}

async function begin(isAnew) {
  one("start").disabled = true;
  one("again").hidden = one("kept").hidden = true;
  tell("busy");
  let found;
  try {
    found = await ask("key", { group: link.group });
    const there = `${found.answering}/${found.wave}/`;
    if (!isAnew && started() === found.wave && !ballot) return offerToGoOn(there);
    await take(found, there);
  } catch (error) {
    tell(error instanceof Refusal ? error.message : "offline");
    if (found && error.message === "refused") offerKept(`${found.answering}/${found.wave}/`);
  } finally {
    one("start").disabled = false;
  }
}

async function take(found, there) {
  const { secret, key, blinding } = await ballotFor(found);
  const asked = { group: link.group, invitation: await shown(link.secret), blinded: hex(blinding.blinded) };
  const { signature } = await ask("sign", asked);
  const token = await finalise(key, blinding, octets(signature));
  remember(found.wave);
  const pass = new URLSearchParams({ g: link.group, s: hex(secret), t: hex(token) });
  link = ballot = null;
  location.replace(`${there}?lang=${document.documentElement.lang}#${pass}`);
}

function started() {
  try {
    return localStorage.getItem(STARTED);
  } catch {
    return null; // a browser that keeps nothing
  }
}

function remember(wave) {
  try {
    localStorage.setItem(STARTED, wave);
  } catch {
    // as above
  }
}

function offerToGoOn(there) {
  tell("");
  one("ready").hidden = true;
  one("again").hidden = false;
  one("go-on").href = there;
  one("again").querySelector("h2").focus();
}

function offerKept(there) {
  one("kept").hidden = false;
  one("kept").querySelector("a").href = there;
}

// The choice of language is another page: the link goes along behind the #.
function changeLanguage(event) {
  if (!link) return;
  event.preventDefault();
  location.replace(`${event.target.href}#${link.group}.${link.secret}`);
}

one("without-script").hidden = true;
one("start").addEventListener("click", () => begin(false));
one("anew").addEventListener("click", () => begin(true));
document.querySelectorAll("[data-language]").forEach((choice) => choice.addEventListener("click", changeLanguage));
addEventListener("hashchange", takeLink);
addEventListener("pageshow", (event) => event.persisted && location.reload());
takeLink();
