// Sentences that only the script says. They stand in the page, so that they are in the page's language.

export function say(key, values = {}) {
  const sentence = document.querySelector(`#words [data-word="${key}"]`)?.textContent ?? "";
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function tell(id, sentence) {
  const place = document.getElementById(id);
  if (!place) return;
  place.textContent = sentence;
  if ("hidden" in place.dataset || place.classList.contains("error")) place.hidden = !sentence;
}

export function show(id, yes = true) {
  const place = document.getElementById(id);
  if (place) place.hidden = !yes;
  return place;
}
