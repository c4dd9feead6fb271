// While somebody writes: what may give a person away. It is looked for here, on the device, by its form alone; nothing is
// sent, nothing is blocked, and who writes decides.

import { say } from "./words.js";

const PAUSE = 500; // milliseconds without a key, so that a screen reader is not interrupted at each letter

const KINDS = [
  ["hint-mail", /[^\s@]+@[^\s@]+\.\p{L}{2,}/gu],
  ["hint-number", /\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}\b|(?:\+|\b)\d(?:[ .\-/()]{0,2}\d){6,}/giu],
  // A capital in the middle of a sentence; all capitals (CNC, HR) is no name.
  ["hint-name", /(?<=[\p{L}\p{N},;)"”'’]\s+)\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)*/gu],
];

const MOST = 3; // at a time; more would not be read

let waiting = 0;

export function hintsIn(text) {
  let left = text;
  return KINDS.flatMap(([kind, form]) => {
    const words = left.match(form) ?? [];
    left = left.replace(form, (word) => "_".repeat(word.length)); // the same letters are told once
    return [...new Set(words)].map((word) => [kind, word]);
  });
}

export function watch(area) {
  clearTimeout(waiting);
  const place = placeOf(area); // now, so that it is there before it says anything
  waiting = setTimeout(() => {
    const text = hintsIn(area.value).slice(0, MOST).map(([kind, word]) => say(kind, { word })).join(" ");
    if (place.textContent !== text) place.textContent = text;
  }, PAUSE);
}

function placeOf(area) {
  let place = area.parentElement.querySelector("[role=status]");
  if (!place) {
    place = document.createElement("p");
    place.className = "note look";
    place.setAttribute("role", "status");
    area.parentElement.append(place);
  }
  return place;
}
