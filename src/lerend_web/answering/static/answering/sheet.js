// The questionnaire on screen: a few questions at a time, and what was answered.

import { save, session } from "./session.js";
import { say } from "./words.js";

const sheet = () => document.getElementById("sheet");
export const screens = () => [...sheet().querySelectorAll(".screen")];

export function gather() {
  const values = { answers: {}, background: {}, comments: {} };
  const rooms = { a: values.answers, b: values.background, c: values.comments };
  for (const field of sheet().elements) {
    const [, room, name] = field.name?.match(/^([abc])\.(.+)$/) ?? [];
    if (!room || (field.type === "radio" && !field.checked)) continue;
    if (room === "c" && !field.value.trim()) continue;
    rooms[room][name] = field.value;
  }
  Object.assign(session, values);
  save();
}

export function fill() {
  const rooms = { a: session.answers, b: session.background, c: session.comments };
  for (const field of sheet().elements) {
    const [, room, name] = field.name?.match(/^([abc])\.(.+)$/) ?? [];
    if (!room || !(name in rooms[room])) continue;
    if (field.type === "radio") field.checked = field.value === rooms[room][name];
    else field.value = rooms[room][name];
  }
  sheet().querySelectorAll("fieldset").forEach(offerToClear);
  sheet().querySelectorAll("textarea").forEach(countDown);
}

// A radio button cannot be undone by itself; this button can. It only shows when there is something to clear.
export function offerToClear(group) {
  const chosen = group.querySelector("input:checked");
  let button = group.querySelector("button");
  if (chosen && !button) {
    button = document.createElement("button");
    button.type = "button";
    button.className = "clear";
    button.textContent = say("clear");
    button.setAttribute("aria-describedby", group.querySelector("legend").id ||= `l-${group.id}`);
    group.append(button);
  }
  if (button) button.hidden = !chosen;
}

export function clear(group) {
  for (const field of group.querySelectorAll("input")) field.checked = false;
  offerToClear(group);
  group.querySelector("input").focus();
  document.getElementById("status").textContent = say("cleared");
  gather();
}

export function countDown(area) {
  let place = area.nextElementSibling;
  if (!place) {
    place = document.createElement("p");
    place.className = "note count";
    area.after(place);
  }
  const left = 500 - area.value.length;
  place.textContent = left < 100 ? say("characters", { left }) : "";
}

function isOpen(group) {
  return !group.querySelector("input:checked");
}

// Every section with its groups of answers, in the order of the form; a section may reach over two parts.
function sections() {
  const found = new Map();
  for (const screen of sheet().querySelectorAll(".part[data-part] .screen")) {
    const name = screen.dataset.section || say("part", { number: screen.closest(".part").dataset.part });
    found.set(name, [...(found.get(name) ?? []), ...screen.querySelectorAll("fieldset")]);
  }
  return [...found];
}

// One row a section: how many are open, and a button that goes to the first of them.
export function review(goTo) {
  const all = screens();
  document.getElementById("parts").replaceChildren(...sections().map(([name, groups]) => {
    const open = groups.filter(isOpen);
    const [row, button, state] = ["li", "button", "span"].map((kind) => document.createElement(kind));
    button.type = "button";
    button.className = "plain";
    button.textContent = name;
    button.addEventListener("click", () => goTo(all.indexOf((open[0] ?? groups[0]).closest(".screen")), open[0]));
    state.textContent = open.length ? say("left-open", { open: open.length, count: groups.length }) : say("all-answered");
    row.append(button, state);
    return row;
  }));
  quote();
}

function quote() {
  const said = document.getElementById("said");
  const written = [...sheet().querySelectorAll("textarea")].filter((area) => area.value.trim());
  said.hidden = !written.length;
  said.querySelector("dl").replaceChildren(...written.flatMap((area) => {
    const [where, what] = [document.createElement("dt"), document.createElement("dd")];
    where.textContent = area.labels[0].firstChild.textContent.trim();
    what.textContent = area.value;
    return [where, what];
  }));
}

export function draw(number) {
  const all = screens();
  const current = all[number];
  const part = current.closest(".part");
  for (const one of all) one.hidden = one !== current;
  for (const one of sheet().querySelectorAll(".part")) one.hidden = one !== part;
  part.querySelector(".what").textContent = current.dataset.section && ` · ${current.dataset.section}`;
  const isLast = number === all.length - 1;
  document.getElementById("next").hidden = isLast;
  document.getElementById("send").hidden = !isLast;
  document.getElementById("status").textContent = "";
  where(current);
}

function where(current) {
  const groups = [...sheet().querySelectorAll("fieldset")];
  const here = groups.filter((group) => current.contains(group));
  document.getElementById("where").textContent = here.length
    ? say("questions", { first: groups.indexOf(here[0]) + 1, last: groups.indexOf(here.at(-1)) + 1, count: groups.length }) : "";
}

export function heading() {
  return [...sheet().querySelectorAll(".part h2")].find((one) => !one.closest(".part").hidden);
}

export function showProblems(message, problems) {
  const box = document.getElementById("problems");
  const items = Object.entries(problems).map(([field, text]) => {
    const row = document.createElement("li");
    row.textContent = text;
    row.dataset.field = field;
    return row;
  });
  if (message) box.querySelector("h2").textContent = message;
  box.querySelector("ul").replaceChildren(...items);
  box.hidden = false;
  box.focus();
}
