// The page at which people answer. Without this script everything goes by forms; with it the answers stay here until sent.

import * as device from "./device.js";
import { answering, goTo, received, thank } from "./answering.js";
import { visit } from "./pages.js";
import { fromFragment } from "./passes.js";
import { session, wipe } from "./session.js";
import * as shared from "./shared.js";
import { starting } from "./starting.js";
import { withdrawing } from "./withdrawing.js";

const pages = { enter: starting, start: starting, answer: answering, withdraw: withdrawing, received };
const page = () => document.body.dataset.page;

function arrive() {
  document.documentElement.classList.add("has-script");
  pages[page()]?.(go);
  if (document.body.dataset.kiosk) document.querySelectorAll("[data-kiosk-only]").forEach((one) => { one.hidden = false; });
}

// To another page of ours, with what is in memory.
async function go(address) {
  await visit(address);
  document.getElementById("main").focus();
  scrollTo(0, 0);
  arrive();
}

function leave() {
  wipe();
  location.replace(document.body.dataset.enter);
}

function takeFragment() {
  const pass = fromFragment(location.hash);
  if (!pass) return;
  history.replaceState(null, "", location.pathname + location.search);
  session.pass = pass;
}

// The choice of language keeps pass and answers; without either it is an ordinary link.
async function changeLanguage(event) {
  const link = event.target.closest?.("a.language");
  if (!link || !session.pass) return;
  event.preventDefault();
  const address = new URL(link.href, location.href);
  if (session.form && page() === "answer") address.searchParams.set("form", session.form);
  try {
    await go(session.isSent ? addressOfAnswer(address) : address.href);
  } catch {
    location.assign(link.href);
  }
}

// After sending, the address says `received`; the receipt is shown inside the answering page.
function addressOfAnswer(address) {
  const there = new URL(document.body.dataset.answer, location.href);
  there.searchParams.set("lang", address.searchParams.get("lang"));
  if (session.form) there.searchParams.set("form", session.form);
  return there.href;
}

function leaving(event) {
  // Somebody else may press "back" on this device: the page goes out of memory, and so does the copy a browser keeps.
  if (session.own || page() === "promise") return;
  wipe();
  document.querySelectorAll("form").forEach((one) => one.reset());
  if (page() === "answer") document.getElementById("main").replaceChildren();
  if (event.persisted) document.body.dataset.left = "1";
}

function returning(event) {
  if (event.persisted && document.body.dataset.left) location.replace(document.body.dataset.start ?? document.body.dataset.enter);
}

function stepping(event) {
  if (document.body.dataset.sent) thank();
  else if (page() === "answer" && Number.isInteger(event.state?.screen)) goTo(event.state.screen, { isStep: true });
}

// An ordinary jump would put a step into the history that is no step of the questionnaire.
function skip(event) {
  if (!event.target.closest?.("a.skip")) return;
  event.preventDefault();
  document.getElementById("main").focus();
}

function warn(event) {
  if (session.own === false && !session.isSent && page() === "answer" && !document.body.dataset.kiosk) event.preventDefault();
}

takeFragment();
device.forgetClosed(new Date().toISOString().slice(0, 10));
document.addEventListener("click", changeLanguage);
document.addEventListener("click", skip);
addEventListener("popstate", stepping);
addEventListener("hashchange", () => fromFragment(location.hash) && location.reload());
addEventListener("pagehide", leaving);
addEventListener("pageshow", returning);
addEventListener("beforeunload", warn);
if (document.body.dataset.kiosk) shared.watch(leave);
arrive();
