// What lets somebody answer: a card, or a token from the mail. It comes in the fragment of an address, which no server sees.

const LIKE_DIGITS = { O: "0", I: "1", L: "1" };

export function normalised(code) {
  const signs = code.toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/[OIL]/g, (sign) => LIKE_DIGITS[sign]);
  return /^[0-9A-HJKMNP-TV-Z]{13}$/.test(signs) ? `${signs.slice(0, 4)}-${signs.slice(4, 8)}-${signs.slice(8)}` : "";
}

export function newSecret() {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function byLot(forms) {
  // Numbers above the last whole multiple are drawn again: every form is equally likely.
  const limit = 256 - (256 % forms.length);
  let number = limit;
  while (number >= limit) [number] = crypto.getRandomValues(new Uint8Array(1));
  return forms[number % forms.length];
}

export function fromFragment(fragment) {
  const text = fragment.replace(/^#/, "");
  if (normalised(text)) return { card: normalised(text), secret: "" };
  const part = new URLSearchParams(text);
  return checked({ card: normalised(part.get("c") ?? ""), secret: part.get("r") ?? part.get("s") ?? "", key_group: part.get("g") ?? "", signature: part.get("t") ?? "" });
}

export function fromReceipt(line, wave) {
  const [, its, secret = "", third = "", signature = ""] = line.match(/lerend\s+(\w+)\s+([0-9a-f]{64})\s+([\w-]+)(?:\s+([0-9a-f]+))?/i) ?? [];
  if (its !== wave) return null;
  return checked(signature ? { secret, key_group: third, signature } : { secret, card: normalised(third) });
}

// A token is 32 random bytes and a signature of 256; a longer key may come.
function checked(pass) {
  if (!/^[0-9a-f]{64}$/.test(pass.secret)) return null;
  if (pass.card) return { card: pass.card, secret: pass.secret };
  return pass.key_group && /^[0-9a-f]{512,1100}$/.test(pass.signature) ? { secret: pass.secret, key_group: pass.key_group, signature: pass.signature } : null;
}

export function receiptLine(pass, wave) {
  return ["lerend", wave, pass.secret, ...(pass.card ? [pass.card] : [pass.key_group, pass.signature])].join(" ");
}

export function receiptAddress(pass, start) {
  // Shorter than the line, and a phone opens it at once. A token is too long for a picture that a phone can read.
  return pass.card ? new URL(`${start.split("?")[0]}#r=${pass.secret}&c=${pass.card.replaceAll("-", "")}`, location.href).href : "";
}

export const nameOf = (pass) => pass.card || pass.secret.slice(0, 16);
