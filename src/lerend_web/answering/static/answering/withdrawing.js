// Changing and withdrawing, with the whole receipt: the one on this device, a file, or typed.

import * as device from "./device.js";
import { toSheet } from "./pages.js";
import { fromReceipt } from "./passes.js";
import { post } from "./send.js";
import { forget, session, take } from "./session.js";
import { say, show, tell } from "./words.js";

export function withdrawing(go) {
  const form = document.getElementById("withdraw");
  if (!form) return;
  const { wave, start } = document.body.dataset;
  const record = device.kept(wave);
  if (!session.pass?.secret && record?.isSent) take(record);
  if (session.pass?.secret) {
    show("here");
    show("receipt-field", false);
    form.elements.receipt.required = false;
  }
  show("receipt-file");
  show("change");
  document.getElementById("file").addEventListener("change", async ({ target }) => {
    form.elements.receipt.value = (await target.files[0]?.text())?.trim() ?? "";
  });
  document.getElementById("change").addEventListener("click", () => {
    if (!readPass(form)) return;
    Object.assign(session, { isSent: false, receipt: "", screen: 0 });
    go(session.own && session.form ? toSheet() : start).catch(() => tell("status", say("no-page")));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (readPass(form)) pull(form);
  });
}

function readPass(form) {
  if (session.pass?.secret) return true;
  session.pass = fromReceipt(form.elements.receipt.value, document.body.dataset.wave);
  tell("receipt-error", session.pass ? "" : say("receipt-wrong"));
  if (!session.pass) form.elements.receipt.focus();
  return Boolean(session.pass);
}

async function pull(form) {
  tell("status", say("sending"));
  const reply = await post(form.action, session.pass);
  if (reply.status !== 200) {
    tell("status", reply.message ?? say("no-page"));
    return;
  }
  forget();
  Object.assign(session, { pass: null, answers: {}, background: {}, comments: {}, receipt: "", isSent: false });
  show("pull", false);
  show("withdrawn").querySelector("p").focus();
}
