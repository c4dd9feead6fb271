// The start: a code or a pass, whose device this is, and which form, by lot.

import * as device from "./device.js";
import { toSheet } from "./pages.js";
import { byLot, fromFragment, nameOf, newSecret, normalised } from "./passes.js";
import { forget, session, save, take, wipe } from "./session.js";
import { say, show, tell } from "./words.js";

export function starting(go) {
  const form = document.getElementById("enter");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    readCode(form, go);
  });
  adoptPostedCode();
  if (document.body.dataset.page === "start") offer(go);
}

// After the road without script the code stands in a hidden field; the script takes over from there.
function adoptPostedCode() {
  const field = document.querySelector("#without input[name=code]");
  if (field && normalised(field.value)) session.pass = { card: normalised(field.value), secret: "" };
  field?.form.remove();
}

async function readCode(form, go) {
  const card = normalised(form.elements.code.value);
  if (!card) return refuse(form, say(form.elements.code.value.trim() ? "code-short" : "no-code"));
  try {
    const body = new URLSearchParams(new FormData(form));
    const reply = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "omit", cache: "no-store" });
    const found = await reply.json();
    if (!found.wave) return refuse(form, found.message);
    session.pass = { card, secret: "" };
    form.reset();
    // The enter page does not know the wave; the address of its start differs by that one step only.
    await go(document.body.dataset.start ?? new URL(`${found.wave}/${location.search}`, form.action).href);
  } catch {
    refuse(form, say("no-page"));
  }
}

function refuse(form, sentence) {
  tell("code-error", sentence);
  form.elements.code.setAttribute("aria-invalid", "true");
  form.elements.code.focus();
}

function offer(go) {
  const { wave } = document.body.dataset;
  const record = device.kept(wave, session.pass ? nameOf(session.pass) : "");
  if (record && !session.pass?.secret) offerToGoOn(record, go);
  const isReady = Boolean(session.pass);
  show("enter", !isReady);
  show(document.body.dataset.kiosk ? "kiosk-start" : "device", isReady);
  if (isReady) tell("code-status", say("code-read"));
  for (const button of document.querySelectorAll("[data-own]")) {
    if (button.tagName === "BUTTON") button.addEventListener("click", () => begin(Boolean(button.dataset.own), go));
  }
}

function offerToGoOn(record, go) {
  const place = show("kept");
  for (const one of place.querySelectorAll("[data-when]")) one.hidden = (one.dataset.when === "sent") !== record.isSent;
  const goOn = document.getElementById("go-on");
  goOn.hidden = record.isSent;
  goOn.addEventListener("click", () => {
    take(record);
    open(go);
  });
  document.getElementById("forget").addEventListener("click", () => {
    session.pass = record.pass;
    forget();
    session.pass = record.pass.card && !record.isSent ? { card: record.pass.card, secret: "" } : null;
    place.hidden = true;
    tell("status", say("removed"));
    offer(go);
  });
}

function begin(own, go) {
  const { forms, short, wave } = document.body.dataset;
  const before = device.kept(wave, nameOf(session.pass));
  if (own && before && !session.pass.secret) session.pass = before.pass; // The card is bound to this secret already.
  session.own = own;
  session.pass.secret ||= newSecret();
  session.form = (!own && short) || byLot(forms.split(" ").filter(Boolean));
  open(go);
}

async function open(go) {
  try {
    await go(toSheet());
    save();
  } catch {
    tell("status", say("no-page"));
  }
}
