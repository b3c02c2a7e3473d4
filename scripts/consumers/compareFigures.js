/**
 * Compares what a page drew with what Node drew.
 *
 * @throws Error naming the first byte that differs.
 */
export function compareFigures({ pictures, canvases }, expected, { example = false, guide = false } = {}) {
  requireEqual('figures on canvases', canvases.length, expected.length);
  const hasPictures = !example && !guide;
  if (hasPictures) requireEqual('figures as bytes', pictures.length, expected.length);
  expected.forEach(({ picture, white, transparent }, index) => {
    if (hasPictures) comparePixels(`figure ${index}`, unpack(pictures[index]), picture);
    compareCanvas(`canvas ${index}`, unpack(canvases[index]), example ? transparent : white);
  });
}

/** A page writes the title above the maps in a font of its own; the maps are the same. */
function compareCanvas(name, canvas, expected) {
  const title = (canvas.height - expected.height) * canvas.width * 4;
  if (title > 0 && canvas.data.subarray(0, title).every((byte) => byte === 255)) {
    throw new Error(`${name}: expected a title, got an empty strip`);
  }
  const maps = { ...canvas, height: expected.height, data: canvas.data.subarray(Math.max(0, title)) };
  comparePixels(name, maps, expected);
}

function comparePixels(name, actual, expected) {
  requireEqual(
    `${name}: size`,
    `${actual.width} × ${actual.height}`,
    `${expected.width} × ${expected.height}`,
  );
  requireEqual(`${name}: bytes`, actual.data.length, expected.data.length);
  const at = expected.data.findIndex((byte, index) => actual.data[index] !== byte);
  if (at >= 0) requireEqual(`${name}: byte ${at}`, actual.data[at], expected.data[at]);
}

function requireEqual(name, actual, expected) {
  if (actual !== expected) throw new Error(`${name}: expected ${expected}, as in Node, got ${actual}`);
}

function unpack({ width, height, data }) {
  return { width, height, data: Buffer.from(data, 'base64') };
}
