// Paints what is on the pad: ink in the colour of the page's text, on its paper.

/** Width of the pen's line in parts of the side: what a digit of MNIST has, 2.4 of 28 pixels. */
const PEN = 2.4 / 28;

/** Paints strokes, or a picture, into a canvas as large as the page shows it. */
export function paintPad(canvas, { strokes, picture }) {
  const side = Math.round(canvas.clientWidth * devicePixelRatio);
  if (side === 0) return;
  // Setting the size, even the same one, clears the canvas.
  Object.assign(canvas, { width: side, height: side });
  const context = canvas.getContext('2d');
  const ink = getComputedStyle(canvas).color;
  if (picture) paintPicture(context, side, picture, ink);
  else paintStrokes(context, side, strokes, ink);
}

/** Paints lines with round ends, as smooth as the pen was moved: through the middles between its points. */
export function paintStrokes(context, side, strokes, ink) {
  Object.assign(context, { lineWidth: PEN * side, lineCap: 'round', lineJoin: 'round', strokeStyle: ink });
  for (const stroke of strokes) {
    const points = stroke.map(([x, y]) => [x * side, y * side]);
    const last = points.at(-1);
    context.beginPath();
    context.moveTo(...points[0]);
    for (let at = 1; at < points.length - 1; at++) {
      const [[x, y], [nextX, nextY]] = [points[at], points[at + 1]];
      context.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
    }
    context.lineTo(...last);
    context.stroke();
  }
}

function paintPicture(context, side, { width, height, data }, ink) {
  const stamp = document.createElement('canvas');
  Object.assign(stamp, { width, height });
  const stampContext = stamp.getContext('2d');
  const isGrey = data.length === width * height;
  const pixels = isGrey ? new ImageData(width, height) : new ImageData(data, width, height);
  // A drawn digit is ink of some strength.
  if (isGrey) for (let at = 0; at < data.length; at++) pixels.data[at * 4 + 3] = data[at];
  stampContext.putImageData(pixels, 0, 0);
  if (isGrey) {
    stampContext.globalCompositeOperation = 'source-in';
    stampContext.fillStyle = ink;
    stampContext.fillRect(0, 0, width, height);
  }
  const scale = side / Math.max(width, height);
  context.imageSmoothingEnabled = scale < 4;
  context.imageSmoothingQuality = 'high';
  const [shownWidth, shownHeight] = [width * scale, height * scale];
  context.drawImage(stamp, (side - shownWidth) / 2, (side - shownHeight) / 2, shownWidth, shownHeight);
}
