// A small curve that grows from left to right, and its latest value in figures.

const SVG = 'http://www.w3.org/2000/svg';
const [WIDTH, HEIGHT] = [240, 72];

/** How much of the curve each new value is; the rest is what was before. */
const SHARE = 0.1;

/**
 * @param {string} name
 * @param {{ top: number, format: (value: number) => string }} options `top` is the value at the upper edge
 */
export function createCurve(name, { top, format }) {
  const root = document.createElement('figure');
  const caption = document.createElement('figcaption');
  const value = document.createElement('b');
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('role', 'img');
  const single = createLine('single');
  const mean = createLine('mean');
  svg.append(single, mean);
  caption.append(name, value);
  root.append(caption, svg);

  let points = [];
  let average;
  let first;
  let waits = false;

  function createLine(part) {
    const line = document.createElementNS(SVG, 'polyline');
    line.setAttribute('class', part);
    line.setAttribute('vector-effect', 'non-scaling-stroke');
    return line;
  }

  function draw() {
    waits = false;
    const write = (key) =>
      points
        .map(
          (point) =>
            `${(point.x * WIDTH).toFixed(1)},${((1 - Math.min(1, point[key] / top)) * HEIGHT).toFixed(1)}`,
        )
        .join(' ');
    single.setAttribute('points', write('value'));
    mean.setAttribute('points', write('average'));
    value.textContent = average === undefined ? '' : format(average);
    const from = average === undefined ? 'no value yet' : `from ${format(first)} to ${format(average)}`;
    svg.setAttribute('aria-label', `${name}: ${from}`);
  }

  function redraw() {
    if (!waits) requestAnimationFrame(draw);
    waits = true;
  }

  draw();
  return {
    root,
    /** @param {number} x 0..1 */
    add(x, latest) {
      average = average === undefined ? latest : average + SHARE * (latest - average);
      first ??= latest;
      points.push({ x, value: latest, average });
      redraw();
    },
    clear() {
      points = [];
      average = undefined;
      first = undefined;
      redraw();
    },
  };
}
