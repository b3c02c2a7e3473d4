// The pad: strokes of mouse, finger or pen, or a picture to look at.
import { paintPad } from './paintPad.js';

/** Parts of the pad's side within which a pen that only touches it trembles. */
const TOUCH = 0.008;

/**
 * @param {HTMLElement} element has a canvas, and a hint that is shown while the pad is empty
 * @param {(strokes: [number, number][][]) => void} onDraw called with all strokes as the pen moves, in parts of the side
 */
export function createDrawingPad(element, onDraw) {
  const canvas = element.querySelector('canvas');
  const hint = element.querySelector('.hint');
  let strokes = [];
  let picture;
  let pen;
  let tellHistory = () => {};

  function paint() {
    paintPad(canvas, { strokes, picture });
    hint.hidden = picture !== undefined || strokes.length > 0;
  }

  function changed() {
    canvas.setAttribute(
      'aria-label',
      strokes.length > 0 ? 'Drawing pad with a drawing' : 'Drawing pad, empty',
    );
    paint();
    tellHistory(strokes.length > 0);
    onDraw(strokes);
  }

  function pointOf({ clientX, clientY }) {
    const { left, top, width } = canvas.getBoundingClientRect();
    return [(clientX - left) / width, (clientY - top) / width];
  }

  canvas.addEventListener('pointerdown', (event) => {
    // A second finger is no pen.
    if (pen !== undefined || event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    pen = event.pointerId;
    picture = undefined;
    strokes.push([pointOf(event)]);
    changed();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (event.pointerId !== pen) return;
    const stroke = strokes.at(-1);
    // Between two frames the pen may have been at many places; Safari before 18.2 does not tell.
    const events = event.getCoalescedEvents?.() ?? [];
    for (const point of (events.length > 0 ? events : [event]).map(pointOf)) {
      const [start] = stroke;
      if (stroke.length === 1 && Math.hypot(point[0] - start[0], point[1] - start[1]) < TOUCH) continue;
      stroke.push(point);
    }
    changed();
  });
  for (const end of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(end, ({ pointerId }) => {
      if (pointerId === pen) pen = undefined;
    });
  }
  new ResizeObserver(paint).observe(canvas);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);

  return {
    canvas,
    /** @param {(canUndo: boolean) => void} tell called whenever there is more or less to undo */
    onHistory(tell) {
      tellHistory = tell;
    },
    undo() {
      if (strokes.length === 0) return;
      strokes = strokes.slice(0, -1);
      changed();
    },
    clear() {
      strokes = [];
      picture = undefined;
      changed();
    },
    /** Shows a picture in place of strokes: grey or RGBA pixels. */
    showPicture(pixels, description) {
      strokes = [];
      picture = pixels;
      canvas.setAttribute('aria-label', description);
      paint();
      tellHistory(false);
    },
  };
}
