// Makes a holder's keys for a whole series of pulses in the browser: a pair for each, all private halves in one file that the
// holder saves. The form sends the public halves only. Marks are those of key-file.js:
//
//   <form data-key-series="[codes of the waves]" data-series="…">   data-state becomes: ready, made, saved, unsupported or failed

import { isSupported, makeKeyFile } from "./key-file.js";

// The same bytes as series_file in lerend_web/urn/key_series.py.
const makeSeriesFile = async (codes, label) => {
  const keys = [];
  for (const wave of codes) {
    const { publicKey, text } = await makeKeyFile(wave, label);
    keys.push({ wave, public: publicKey, private: JSON.parse(text).private });
  }
  return {
    publicKeys: JSON.stringify(Object.fromEntries(keys.map((key) => [key.wave, key.public]))),
    text: JSON.stringify({ lerend_key_series: 1, label, keys }, null, 2) + "\n",
  };
};

const show = (form, state) => {
  form.dataset.state = state;
  for (const one of form.querySelectorAll("[data-key-when]"))
    one.hidden = !one.dataset.keyWhen.split(" ").includes(state);
  form.querySelector("[data-key-make]").disabled = state !== "ready" && state !== "failed";
  form.querySelector("[data-key-submit]").disabled = state !== "saved";
  form.querySelector("[data-key-download]").hidden = !["made", "saved"].includes(state);
};

const make = async (form) => {
  const label = form.querySelector("[data-key-label]");
  const { publicKeys, text } = await makeSeriesFile(JSON.parse(form.dataset.keySeries), label.value.trim());
  label.readOnly = true;
  form.querySelector("[data-key-public]").value = publicKeys;
  const download = form.querySelector("[data-key-download]");
  download.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  download.download = `lerend-keys-${form.dataset.series}.json`;
  show(form, "made");
  download.focus();
};

const attach = async (form) => {
  form.querySelector("[data-key-make]").addEventListener("click", () => make(form).catch(() => show(form, "failed")));
  form.querySelector("[data-key-download]").addEventListener("click", () => show(form, "saved"));
  show(form, (await isSupported()) ? "ready" : "unsupported");
};

document.querySelectorAll("form[data-key-series]").forEach(attach);
