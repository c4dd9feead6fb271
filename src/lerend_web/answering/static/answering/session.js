// All that this page knows about the person at the screen. It lives in memory; on an own device a copy stays (device.js).

import * as device from "./device.js";
import { nameOf } from "./passes.js";

const empty = () => ({ pass: null, own: null, form: "", answers: {}, background: {}, comments: {}, screen: 0, receipt: "", isSent: false, keepsAnswers: false });

export const session = empty();

export function wipe() {
  Object.assign(session, empty());
}

export function take(record) {
  Object.assign(session, empty(), record, { own: true });
}

export function save() {
  if (!session.own || !session.pass || document.body.dataset.trial) return;
  const { own, ...record } = session;
  if (record.isSent && !record.keepsAnswers) Object.assign(record, { answers: {}, background: {}, comments: {} });
  device.keep(document.body.dataset.wave, nameOf(session.pass), { ...record, closes: document.body.dataset.closes });
}

export function forget() {
  if (session.pass) device.forget(document.body.dataset.wave, nameOf(session.pass));
}
