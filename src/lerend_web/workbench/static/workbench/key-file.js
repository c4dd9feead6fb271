// Makes a key holder's pair of keys in the browser. The private half goes into a file that the holder saves, and
// nowhere else: the form sends the public half only.
//
//   <form data-key-file data-wave="…">        data-key-file becomes: ready, made, printed, held, saved, unsupported or failed
//     <input data-key-label name="…">         goes into the file; fixed once the file is made
//     <input data-key-public name="…">        gets the public key, base64; should be hidden
//     <button type="button" data-key-make>
//     <a data-key-download>                   shown once there is a file
//     <button data-key-print>                 likewise, if there is one; shows and prints the sheet:
//     <input type="checkbox" data-key-in-hand>  says that the sheet came out of the printer
//     <div data-key-sheet>                    with an <ol data-key-lines>, for paper only
//     <button data-key-submit>                can be pressed once the file has been saved
//     <p data-key-when="unsupported failed">  any element: shown in these states only
//   </form>

// A key on paper, as urn/key_sheets.py reads it: four lines of thirteen signs of five bits, each with a check.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SIGNS = 13;

const checkOf = (values) => ALPHABET[values.reduce((sum, value, place) => sum + (2 * place + 1) * value, 0) % 32];

export const sheetLines = (privateKey) => {
  const bits = Array.from(atob(privateKey), (byte) => byte.charCodeAt(0).toString(2).padStart(8, "0")).join("") + "0000";
  const values = bits.match(/.{5}/g).map((five) => parseInt(five, 2));
  const lines = [];
  for (let start = 0; start < values.length; start += SIGNS) {
    const part = values.slice(start, start + SIGNS);
    const signs = part.map((value) => ALPHABET[value]).join("");
    lines.push(`${signs.slice(0, 4)} ${signs.slice(4, 8)} ${signs.slice(8)} ${checkOf(part)}`);
  }
  return lines;
};

const base64 = (text) => text.replace(/-/g, "+").replace(/_/g, "/").padEnd(44, "=");

// The same bytes as holder_file in lerend_web/urn/sealing.py. An older browser without X25519 throws.
export const makeKeyFile = async (wave, label) => {
  const pair = await crypto.subtle.generateKey({ name: "X25519" }, true, ["deriveBits"]);
  const { x, d } = await crypto.subtle.exportKey("jwk", pair.privateKey);
  const content = { lerend_key_file: 1, wave, label, public: base64(x), private: base64(d) };
  return { publicKey: content.public, lines: sheetLines(content.private), text: JSON.stringify(content, null, 2) + "\n" };
};

export const isSupported = async () => {
  try {
    await makeKeyFile("", "");
    return true;
  } catch {
    return false;
  }
};

const show = (form, state) => {
  form.dataset.keyFile = state;
  for (const one of form.querySelectorAll("[data-key-when]"))
    one.hidden = !one.dataset.keyWhen.split(" ").includes(state);
  form.querySelector("[data-key-make]").disabled = state !== "ready" && state !== "failed";
  form.querySelector("[data-key-submit]").disabled = !["held", "saved"].includes(state);
  for (const one of form.querySelectorAll("[data-key-download], [data-key-print]"))
    one.hidden = !["made", "printed", "held", "saved"].includes(state);
};

const fillSheet = (sheet, lines, holder) => {
  const written = lines.map((line) => Object.assign(document.createElement("li"), { textContent: line }));
  sheet?.querySelector("[data-key-lines]").replaceChildren(...written);
  sheet?.querySelector("[data-key-holder]").replaceChildren(holder);
};

const make = async (form) => {
  const label = form.querySelector("[data-key-label]");
  const { publicKey, lines, text } = await makeKeyFile(form.dataset.wave, label.value.trim());
  label.readOnly = true;
  form.querySelector("[data-key-public]").value = publicKey;
  const download = form.querySelector("[data-key-download]");
  download.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  download.download = download.download || `lerend-key-${form.dataset.wave}.json`;
  fillSheet(form.querySelector("[data-key-sheet]"), lines, label.value.trim());
  show(form, "made");
  download.focus();
};

// The browser does not say whether anything came out of the printer: the holder does.
const print = (form) => {
  const sheet = form.querySelector("[data-key-sheet]");
  const tidy = () => {
    delete document.body.dataset.printing;
    sheet.hidden = true;
    if (form.dataset.keyFile === "made") show(form, "printed");
  };
  sheet.hidden = false;
  document.body.dataset.printing = "key-sheet";
  addEventListener("afterprint", tidy, { once: true });
  window.print();
};

export const attach = async (form) => {
  form.querySelector("[data-key-make]").addEventListener("click", () => make(form).catch(() => show(form, "failed")));
  form.querySelector("[data-key-download]").addEventListener("click", () => show(form, "saved"));
  form.querySelector("[data-key-print]")?.addEventListener("click", () => print(form));
  form.querySelector("[data-key-in-hand]")?.addEventListener("change", ({ target }) => show(form, target.checked ? "held" : "printed"));
  show(form, (await isSupported()) ? "ready" : "unsupported");
};

if (typeof document !== "undefined") document.querySelectorAll("form[data-key-file]").forEach(attach);
