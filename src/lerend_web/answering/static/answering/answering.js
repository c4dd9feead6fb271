// Answering, checking, sending, and the receipt.

import * as device from "./device.js";
import { watch as watchWriting } from "./hints.js";
import { toSheet } from "./pages.js";
import { receiptAddress, receiptLine } from "./passes.js";
import { HOLDS, picture } from "./qr.js";
import { postUntilHeard } from "./send.js";
import { forget, save, session, take, wipe } from "./session.js";
import { countDown as countSeconds } from "./shared.js";
import * as sheet from "./sheet.js";
import { say, show, tell } from "./words.js";

const AFTER = 60; // seconds without a touch that a kiosk shows the receipt

let sending = 0; // number of the sending that counts; 0 = none
let first = 0; // the screen at which this document's own history begins

export function answering(go) {
  if (session.isSent) return thank();
  const record = session.pass || document.body.dataset.kiosk ? null : device.kept(document.body.dataset.wave);
  if (record && !record.isSent) {
    // The page was loaded anew in the middle. Without a step of its own this may be somebody else's window: ask.
    if (history.state?.own) return goOn(record, go);
    if (!history.state) return offerToGoOn(record, go);
  }
  const isReady = Boolean(session.pass && session.form === document.body.dataset.form);
  show("no-pass", !isReady);
  const form = show("sheet", isReady);
  if (!isReady) return undefined;
  sheet.fill();
  listen(form);
  const isKept = Boolean(session.own && !document.body.dataset.trial);
  for (const note of form.querySelectorAll("[data-own]")) note.hidden = Boolean(note.dataset.own) !== isKept;
  first = session.screen;
  goTo(session.screen, { isStep: true });
  history.replaceState(step(), "");
  return undefined;
}

async function goOn(record, go) {
  take(record);
  if (session.form === document.body.dataset.form) return answering(go);
  try {
    return await go(toSheet());
  } catch {
    wipe();
    return offerToGoOn(record, go);
  }
}

function offerToGoOn(record, go) {
  show("kept");
  document.getElementById("go-on").onclick = () => {
    show("kept", false);
    goOn(record, go);
  };
}

// What the browser's history keeps of a screen: its number, and on an own device that it was one.
const step = () => (session.own ? { screen: session.screen, own: true } : { screen: session.screen });

function listen(form) {
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", ({ target }) => {
    if (target.type === "radio") sheet.offerToClear(target.closest("fieldset"));
    if (target.tagName === "TEXTAREA") {
      sheet.countDown(target);
      watchWriting(target);
    }
    sheet.gather();
  });
  form.addEventListener("click", ({ target }) => {
    if (target.className === "clear") sheet.clear(target.closest("fieldset"));
  });
  document.getElementById("next").addEventListener("click", () => goTo(session.screen + 1));
  document.getElementById("back").addEventListener("click", back);
  document.getElementById("send").addEventListener("click", send);
  document.querySelector("#problems ul").addEventListener("click", ({ target }) => goToField(target.closest("[data-field]")?.dataset.field));
}

function back() {
  if (session.screen > first) return history.back();
  if (session.screen === 0) return undefined;
  first = session.screen - 1;
  history.replaceState({ ...step(), screen: first }, "");
  return goTo(first, { isStep: true });
}

// `isStep`: the browser's history is there already.
export function goTo(number, { isStep = false, focus = null } = {}) {
  const screens = sheet.screens();
  sending = 0;
  session.screen = Math.min(number, screens.length - 1);
  if (!isStep) history.pushState(step(), "");
  if (session.screen === screens.length - 1) sheet.review((screen, group) => goTo(screen, { focus: group?.querySelector("input") }));
  sheet.draw(session.screen);
  document.getElementById("back").disabled = session.screen === 0;
  document.getElementById("send").disabled = false;
  save();
  (focus ?? sheet.heading()).focus();
  if (!focus) scrollTo(0, 0);
}

function goToField(field) {
  const [room, name] = field?.split(/\.(.*)/s) ?? [];
  const short = { answers: "a", background: "b", comments: "c" }[room] ?? room;
  const input = document.getElementsByName(`${short}.${name}`)[0];
  if (input) goTo(sheet.screens().indexOf(input.closest(".screen")), { focus: input });
}

function message() {
  const { secret, ...pass } = session.pass;
  const { form, answers, background, comments } = session;
  return { secret, ...pass, form, language: document.documentElement.lang, answers, background, comments };
}

async function send() {
  const turn = (sending = Date.now());
  sheet.gather();
  document.getElementById("send").disabled = true;
  show("problems", false);
  tell("status", say("sending"));
  const reply = await postUntilHeard(document.body.dataset.deliver, message(), {
    onWaiting: () => tell("status", say(session.own ? "offline-own" : "offline")),
    isWanted: () => sending === turn,
  });
  if (!reply || sending !== turn) return;
  sending = 0;
  if (reply.status === 200 && reply.receipt) acknowledged(reply.receipt);
  else refused(reply);
}

function refused(reply) {
  document.getElementById("send").disabled = false;
  tell("status", "");
  sheet.showProblems(reply.message, reply.problems ?? {});
}

function acknowledged(receipt) {
  session.receipt = receipt;
  session.isSent = true;
  save();
  thank();
}

// The thank-you page loaded anew, on the device that sent: its receipt is there still.
export function received() {
  const record = history.state?.own && !document.body.dataset.kiosk ? device.kept(document.body.dataset.wave) : null;
  if (!record?.isSent) return;
  take(record);
  thank();
  document.querySelector("#own .tick").hidden = !record.keepsAnswers; // without answers there are none to keep
}

// What was answered goes out of the document; the receipt stays until the page is left.
export function thank() {
  const { received } = document.body.dataset;
  document.body.dataset.sent = "1";
  document.getElementById("sheet")?.remove();
  show("no-pass", false);
  show("thanks");
  history.replaceState(session.own ? { own: true } : null, "", received);
  if (session.receipt) {
    show("receipt");
    tell("sign", `${session.receipt.slice(0, 4)}-${session.receipt.slice(4)}`);
  }
  document.querySelector("#thanks h1").focus();
  scrollTo(0, 0);
  if (session.own) ownDevice();
  else sharedDevice();
}

function sharedDevice() {
  const { receipt } = session;
  wipe();
  Object.assign(session, { own: false, receipt, isSent: true });
  show("shared");
  document.getElementById("next-person").onclick = nextPerson;
  if (!document.body.dataset.kiosk) return;
  const again = () => countSeconds(AFTER, "wipe-status", nextPerson);
  for (const sign of ["pointerdown", "keydown"]) document.getElementById("main").addEventListener(sign, again);
  again();
}

function nextPerson() {
  wipe();
  location.replace(document.body.dataset.enter);
}

function ownDevice() {
  show("own");
  const { wave, start } = document.body.dataset;
  const link = document.getElementById("save-receipt");
  link.href = URL.createObjectURL(new Blob([`${receiptLine(session.pass, wave)}\n`], { type: "text/plain" }));
  const address = receiptAddress(session.pass, start);
  const button = show("show-code", Boolean(address) && address.length <= HOLDS);
  button.onclick = () => {
    const place = document.getElementById("code-picture");
    if (!place.firstChild) place.append(picture(address, button.textContent));
    place.hidden = !place.hidden;
    button.setAttribute("aria-expanded", String(!place.hidden));
  };
  keepOrRemove();
}

function keepOrRemove() {
  const tick = document.getElementById("keep-answers");
  tick.checked = session.keepsAnswers;
  tick.onchange = () => {
    session.keepsAnswers = tick.checked;
    save();
    const word = tick.checked ? "kept" : "not-kept";
    tell("own-status", say(document.body.dataset.trial ? "trial" : word));
  };
  document.getElementById("remove").onclick = () => {
    forget();
    document.getElementById("own").querySelectorAll(".choices, .tick, #code-picture").forEach((one) => one.remove());
    tell("own-status", say("removed"));
    session.own = false;
    session.pass = null;
  };
}
