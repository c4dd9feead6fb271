// RFC 9474, RSABSSA-SHA384-PSS-Randomized: the person's side of lerend_web/urn/tokens.py. All values are Uint8Array;
// a public key is its SPKI. A finished token is 32 random bytes and then the signature.
const PREFIX = 32;
const SALT = 48;
const PSS = { name: "RSA-PSS", hash: "SHA-384" };

const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const sha384 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-384", joined(...parts)));
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const number = (bytes) => BigInt("0x" + (Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("") || "0"));
const octets = (value, length) =>
  Uint8Array.from(value.toString(16).padStart(2 * length, "0").match(/../g), (pair) => parseInt(pair, 16));

const power = (base, exponent, n) => {
  let result = 1n;
  for (; exponent; exponent >>= 1n, base = (base * base) % n) if (exponent & 1n) result = (result * base) % n;
  return result;
};

// undefined when there is none
const inverseOf = (value, n) => {
  let [a, b, x, y] = [n, value % n, 0n, 1n];
  while (b) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return a === 1n ? ((x % n) + n) % n : undefined;
};

const keyOf = async (spki) => {
  const key = await crypto.subtle.importKey("spki", spki, PSS, true, ["verify"]);
  const { n, e } = await crypto.subtle.exportKey("jwk", key);
  const [modulus, exponent] = [n, e].map((text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0)));
  return { key, n: number(modulus), e: number(exponent), length: modulus.length };
};

const mask = async (seed, length) => {
  const blocks = [];
  for (let i = 0; i * 48 < length; i++) blocks.push(await sha384(seed, octets(BigInt(i), 4)));
  return joined(...blocks).slice(0, length);
};

// EMSA-PSS, for a modulus of whole bytes
const encoded = async (prepared, salt, length) => {
  const digest = await sha384(new Uint8Array(8), await sha384(prepared), salt);
  const block = joined(new Uint8Array(length - SALT - 48 - 2), [1], salt);
  const masks = await mask(digest, block.length);
  const masked = block.map((byte, i) => byte ^ masks[i]);
  masked[0] &= 127;
  return joined(masked, digest, [188]);
};

export const blindWith = async (spki, prepared, salt, inverse) => {
  const { n, e, length } = await keyOf(spki);
  const r = inverseOf(number(inverse), n);
  const m = number(await encoded(prepared, salt, length));
  if (r === undefined || inverseOf(m, n) === undefined) throw new Error("blinding");
  return { blinded: octets((m * power(r, e, n)) % n, length), inverse, prepared };
};

export const blind = async (spki, message) => {
  const { n, length } = await keyOf(spki);
  let inverse = 0n; // evenly among 2 to n - 1
  while (inverse < 2n || inverse >= n) inverse = number(random(length));
  return blindWith(spki, joined(random(PREFIX), message), random(SALT), octets(inverse, length));
};

export const finalise = async (spki, { inverse, prepared }, blindSignature) => {
  const { n, length } = await keyOf(spki);
  const s = (number(blindSignature) * number(inverse)) % n;
  const token = joined(prepared.slice(0, PREFIX), octets(s, length));
  const fits = blindSignature.length === length && number(blindSignature) < n;
  if (!fits || !(await verify(spki, prepared.slice(PREFIX), token))) throw new Error("token");
  return token;
};

export const verify = async (spki, message, token) => {
  const { key, n, length } = await keyOf(spki);
  const signature = token.slice(PREFIX);
  if (signature.length !== length || number(signature) >= n) return false;
  const prepared = joined(token.slice(0, PREFIX), message);
  return crypto.subtle.verify({ name: "RSA-PSS", saltLength: SALT }, key, signature, prepared);
};
