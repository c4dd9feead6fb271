// A QR code of one fixed size: version 8, error correction L, bytes (ISO/IEC 18004). It holds 192 bytes; a receipt is shorter.

const SIZE = 49;
const DATA = 97; // data bytes in each of the two blocks
const CHECK = 24; // check bytes in each
const CENTRES = [6, 24, 42]; // of the alignment squares
const VERSION_BITS = 0x085bc;
export const HOLDS = 2 * DATA - 2;

const EXP = new Uint8Array(510);
const LOG = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power += 1) {
  EXP[power] = EXP[power + 255] = value;
  LOG[value] = power;
  value = (value << 1) ^ (value & 128 ? 0x11d : 0);
}
const times = (a, b) => (a && b ? EXP[LOG[a] + LOG[b]] : 0);

function checkBytes(block) {
  let generator = [1];
  for (let power = 0; power < CHECK; power += 1) {
    generator = [...generator, 0].map((one, place) => one ^ (place ? times(generator[place - 1], EXP[power]) : 0));
  }
  const rest = [...block, ...Array(CHECK).fill(0)];
  for (let place = 0; place < block.length; place += 1) {
    const lead = rest[place];
    generator.forEach((one, offset) => { rest[place + offset] ^= times(one, lead); });
  }
  return rest.slice(block.length);
}

function codewords(text) {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > HOLDS) throw new RangeError("too long for this code");
  // Four bits say "bytes", eight say how many: everything after lies half a byte further.
  const halves = [4, bytes.length >> 4, bytes.length & 15, ...[...bytes].flatMap((byte) => [byte >> 4, byte & 15]), 0];
  const data = Array.from({ length: halves.length / 2 }, (_, place) => (halves[2 * place] << 4) | halves[2 * place + 1]);
  for (let turn = 0; data.length < 2 * DATA; turn += 1) data.push(turn % 2 ? 0x11 : 0xec);
  const blocks = [data.slice(0, DATA), data.slice(DATA)];
  const weave = (rows) => rows[0].flatMap((one, place) => [one, rows[1][place]]);
  return [...weave(blocks), ...weave(blocks.map(checkBytes))];
}

function frame() {
  const cells = Array.from({ length: SIZE }, () => Array(SIZE).fill(null));
  const square = (row, column, radius, isDark) => {
    for (let down = -radius; down <= radius; down += 1) {
      for (let right = -radius; right <= radius; right += 1) {
        const [y, x] = [row + down, column + right];
        if (y >= 0 && x >= 0 && y < SIZE && x < SIZE) cells[y][x] = isDark(Math.max(Math.abs(down), Math.abs(right)));
      }
    }
  };
  for (let place = 0; place < SIZE; place += 1) cells[6][place] = cells[place][6] = place % 2 === 0;
  for (const row of CENTRES) {
    // Three of the nine places are taken by the large squares in the corners.
    for (const column of CENTRES) if (row + column !== 12 && row + column !== 48 || row === 24) square(row, column, 2, (ring) => ring !== 1);
  }
  for (const [row, column] of [[3, 3], [3, SIZE - 4], [SIZE - 4, 3]]) square(row, column, 4, (ring) => ring < 4 && ring !== 2);
  for (let bit = 0; bit < 18; bit += 1) {
    const [far, near] = [SIZE - 11 + (bit % 3), Math.floor(bit / 3)];
    cells[near][far] = cells[far][near] = Boolean((VERSION_BITS >> bit) & 1);
  }
  return cells;
}

function formatBits(mask) {
  const data = 8 | mask; // 01 = level L
  let rest = data;
  for (let turn = 0; turn < 10; turn += 1) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  return ((data << 10) | rest) ^ 0x5412;
}

function writeFormat(cells, mask) {
  const bits = formatBits(mask);
  const bit = (place) => Boolean((bits >> place) & 1);
  for (let place = 0; place < 6; place += 1) cells[place][8] = cells[8][SIZE - 1 - place] = bit(place);
  cells[7][8] = bit(6);
  cells[8][8] = bit(7);
  cells[8][7] = bit(8);
  for (let place = 6; place < 8; place += 1) cells[8][SIZE - 1 - place] = bit(place);
  for (let place = 9; place < 15; place += 1) cells[8][14 - place] = bit(place);
  for (let place = 8; place < 15; place += 1) cells[SIZE - 15 + place][8] = bit(place);
  cells[SIZE - 8][8] = true;
}

// One mask for all codes: (row + column) even. Any mask may be used; choosing the best only helps poor print.
export function qr(text) {
  const cells = frame();
  writeFormat(cells, 0);
  const bits = codewords(text).flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((place) => (byte >> place) & 1));
  let next = 0;
  for (let right = SIZE - 1, isUp = true; right > 0; right -= 2, isUp = !isUp) {
    if (right === 6) right = 5;
    for (let step = 0; step < SIZE; step += 1) {
      const row = isUp ? SIZE - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (cells[row][column] !== null) continue;
        cells[row][column] = Boolean((bits[next] ?? 0) ^ ((row + column) % 2 === 0));
        next += 1;
      }
    }
  }
  return cells;
}

export function picture(text, label) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", `-4 -4 ${SIZE + 8} ${SIZE + 8}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", qr(text).flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ""))).join(""));
  svg.append(path);
  return svg;
}
