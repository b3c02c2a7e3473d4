// Makes any picture of a digit into what the article's network was trained on: light strokes on black, in a square.

/**
 * @param {{ width: number, height: number, data: Uint8ClampedArray }} picture RGBA bytes
 * @returns {{ image: { width: number, height: number, data: Float32Array }, steps: string[] }} grey values 0..1, and
 * what was done to the picture, in words
 */
export function fitToNetwork(picture) {
  const { width, height } = picture;
  const steps = [];
  let grey = toGrey(picture);
  if (isDarkOnLight(grey, width, height)) {
    grey = grey.map((value) => 1 - value);
    steps.push('inverted, since it is dark on light');
  }
  if (width === height) return { image: { width, height, data: grey }, steps };

  const edge = Math.max(width, height);
  const [left, top] = [Math.floor((edge - width) / 2), Math.floor((edge - height) / 2)];
  const data = new Float32Array(edge * edge);
  for (let y = 0; y < height; y++)
    data.set(grey.subarray(y * width, (y + 1) * width), (top + y) * edge + left);
  steps.push(`centred in a square of ${edge} × ${edge}`);
  return { image: { width: edge, height: edge, data }, steps };
}

/** Rec. 709 luma, with white paper behind what is transparent. */
function toGrey({ width, height, data }) {
  return Float32Array.from({ length: width * height }, (_, pixel) => {
    const [red, green, blue, alpha] = data.subarray(pixel * 4, pixel * 4 + 4);
    const luma = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
    return luma * (alpha / 255) + 1 - alpha / 255;
  });
}

/** Paper is what the border shows most. */
function isDarkOnLight(grey, width, height) {
  const border = grey.filter((_, pixel) => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return x === 0 || y === 0 || x === width - 1 || y === height - 1;
  });
  return border.reduce((sum, value) => sum + value, 0) / border.length > 0.5;
}
