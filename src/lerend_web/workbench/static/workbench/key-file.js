// Makes a key holder's pair of keys in the browser. The private half goes into a file that the holder saves, and
// nowhere else: the form sends the public half only.
//
//   <form data-key-file data-wave="…">        data-key-file becomes: ready, made, saved, unsupported or failed
//     <input data-key-label name="…">         goes into the file; fixed once the file is made
//     <input data-key-public name="…">        gets the public key, base64; should be hidden
//     <button type="button" data-key-make>
//     <a data-key-download>                   shown once there is a file
//     <button data-key-submit>                can be pressed once the file has been saved
//     <p data-key-when="unsupported failed">  any element: shown in these states only
//   </form>

const base64 = (text) => text.replace(/-/g, "+").replace(/_/g, "/").padEnd(44, "=");

// The same bytes as holder_file in lerend_web/urn/sealing.py. An older browser without X25519 throws.
export const makeKeyFile = async (wave, label) => {
  const pair = await crypto.subtle.generateKey({ name: "X25519" }, true, ["deriveBits"]);
  const { x, d } = await crypto.subtle.exportKey("jwk", pair.privateKey);
  const content = { lerend_key_file: 1, wave, label, public: base64(x), private: base64(d) };
  return { publicKey: content.public, text: JSON.stringify(content, null, 2) + "\n" };
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
  form.querySelector("[data-key-submit]").disabled = state !== "saved";
  form.querySelector("[data-key-download]").hidden = state !== "made" && state !== "saved";
};

const make = async (form) => {
  const label = form.querySelector("[data-key-label]");
  const { publicKey, text } = await makeKeyFile(form.dataset.wave, label.value.trim());
  label.readOnly = true;
  form.querySelector("[data-key-public]").value = publicKey;
  const download = form.querySelector("[data-key-download]");
  download.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  download.download = download.download || `lerend-key-${form.dataset.wave}.json`;
  show(form, "made");
  download.focus();
};

export const attach = async (form) => {
  form.querySelector("[data-key-make]").addEventListener("click", () => make(form).catch(() => show(form, "failed")));
  form.querySelector("[data-key-download]").addEventListener("click", () => show(form, "saved"));
  show(form, (await isSupported()) ? "ready" : "unsupported");
};

if (typeof document !== "undefined") document.querySelectorAll("form[data-key-file]").forEach(attach);
