// What stays on somebody's own device, and only there: written after the person said that nobody else uses it.

const key = (wave, name) => `lerend:${wave}:${name}`;

function all() {
  try {
    return Object.keys(localStorage).filter((one) => one.startsWith("lerend:"));
  } catch {
    return []; // A browser may refuse storage altogether.
  }
}

export function keep(wave, name, record) {
  try {
    localStorage.setItem(key(wave, name), JSON.stringify(record));
  } catch {
    // Full or refused: then memory is all there is.
  }
}

export function kept(wave, name = "") {
  const keys = name ? [key(wave, name)] : all().filter((one) => one.startsWith(key(wave, "")));
  // Two people on one device: only the card itself says whose record it is.
  if (keys.length !== 1) return null;
  try {
    return JSON.parse(localStorage.getItem(keys[0]));
  } catch {
    return null;
  }
}

export function forget(wave, name) {
  try {
    localStorage.removeItem(key(wave, name));
  } catch {
    // Nothing was there.
  }
}

export function forgetClosed(today) {
  for (const one of all()) {
    try {
      if (JSON.parse(localStorage.getItem(one)).closes < today) localStorage.removeItem(one);
    } catch {
      localStorage.removeItem(one);
    }
  }
}
