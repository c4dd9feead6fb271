// A device that others use too: nothing stays behind. On a kiosk the page also wipes itself when nobody is there.

import { say } from "./words.js";

const QUIET = 40; // seconds without a touch before the question; another 20 before wiping
const LAST = 20;

let alarm = 0;
let ticking = 0;

export function watch(onLeft) {
  const restart = () => {
    if (ticking) return;
    clearTimeout(alarm);
    alarm = setTimeout(() => ask(onLeft, restart), QUIET * 1000);
  };
  for (const sign of ["pointerdown", "keydown", "scroll", "input"]) addEventListener(sign, restart, { passive: true });
  restart();
}

function ask(onLeft, restart) {
  const question = document.getElementById("still");
  if (!question) {
    // Before the first question there is little to lose, and on the page with the code often nothing at all.
    const hasStarted = document.body.dataset.page !== "enter" || document.getElementById("code").value;
    alarm = setTimeout(hasStarted ? onLeft : restart, LAST * 1000);
    return;
  }
  const stay = () => {
    stopCounting();
    restart();
  };
  question.showModal();
  question.oncancel = stay; // the key Escape
  document.getElementById("still-here").onclick = () => {
    question.close();
    stay();
  };
  countDown(LAST, "still-says", onLeft);
}

function stopCounting() {
  clearInterval(ticking);
  ticking = 0;
}

export function countDown(seconds, place, onEnd) {
  stopCounting();
  let left = seconds;
  const tick = () => {
    document.getElementById(place).textContent = say("in-seconds", { seconds: left });
    if (left <= 0) {
      stopCounting();
      onEnd();
    }
    left -= 1;
  };
  ticking = setInterval(tick, 1000);
  tick();
}
