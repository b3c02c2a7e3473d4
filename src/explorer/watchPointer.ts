/**
 * Follows the pointer over an element.
 *
 * @param onPoint Called with where it is, in CSS pixels from the left and the top of `box`, and the size of that; with
 * `undefined` when it leaves. A finger that is lifted leaves what it touched last.
 */
export function watchPointer(
  element: HTMLElement,
  box: Element,
  onPoint: (at: { x: number; y: number; width: number; height: number } | undefined) => void,
): void {
  const follow = ({ clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = box.getBoundingClientRect();
    onPoint({ x: clientX - left, y: clientY - top, width, height });
  };
  element.addEventListener('pointermove', follow);
  element.addEventListener('pointerdown', follow);
  element.addEventListener('pointerleave', ({ pointerType }) => {
    if (pointerType !== 'touch') onPoint(undefined);
  });
}

/** The square of a grid of values, drawn over a whole box, at a point of it; `undefined` outside. */
export function findSquare(
  at: { x: number; y: number; width: number; height: number } | undefined,
  rows: number,
  columns: number,
): { row: number; column: number } | undefined {
  if (!at) return undefined;
  const row = Math.floor((at.y / at.height) * rows);
  const column = Math.floor((at.x / at.width) * columns);
  return row >= 0 && column >= 0 && row < rows && column < columns ? { row, column } : undefined;
}
