// Sending: one request of a fixed size, again and again until the server says that it has the answers.

const STEPS = [16384, 65000]; // The size of a request must not tell how much somebody wrote.
const WAITS = [2, 4, 8, 15, 30]; // seconds

export function padded(message) {
  const bare = JSON.stringify({ ...message, padding: "" });
  const size = new TextEncoder().encode(bare).length;
  const goal = STEPS.find((step) => step >= size) ?? size;
  return JSON.stringify({ ...message, padding: "x".repeat(goal - size) });
}

export async function post(address, message) {
  const stop = new AbortController();
  const alarm = setTimeout(() => stop.abort(), 20000);
  try {
    const response = await fetch(address, {
      method: "POST", body: padded(message), signal: stop.signal, credentials: "omit", cache: "no-store", redirect: "error",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
    });
    return { status: response.status, ...(await response.json()) };
  } catch {
    return { status: 0 }; // No connection, or an answer that is not the server's.
  } finally {
    clearTimeout(alarm);
  }
}

function untilOnlineOr(seconds) {
  return new Promise((go) => {
    const alarm = setTimeout(done, seconds * 1000);
    function done() {
      clearTimeout(alarm);
      removeEventListener("online", done);
      go();
    }
    addEventListener("online", done);
  });
}

// `isWanted` ends the trying: the person may go back and change something.
export async function postUntilHeard(address, message, { onWaiting, isWanted }) {
  for (let turn = 0; isWanted(); turn += 1) {
    const reply = await post(address, message);
    const isHeard = reply.status !== 0 && reply.status !== 429 && reply.status < 500;
    if (isHeard) return reply;
    if (isWanted()) onWaiting();
    await untilOnlineOr(WAITS[Math.min(turn, WAITS.length - 1)]);
  }
  return null;
}
