import { crc32 } from '../../common/crc32';
import type { FilmTiming } from './FilmOptions';
import type { Lifetime } from './findLifetimes';

/** Something that is drawn for a while. */
export interface Shown extends Pick<Lifetime<unknown>, 'from' | 'to'> {
  readonly svg: string;
}

/**
 * Has drawn parts come and go, by CSS and without a script. What is there all the time stays as it is; what is not there in the
 * last frame is hidden where nothing is played.
 *
 * @returns The parts in their order, and the style that plays them.
 */
export function animate(
  parts: readonly Shown[],
  { durations, plays }: FilmTiming,
): { parts: string[]; style: string } {
  // Keyframes go by their names in the whole page, where there may be another film.
  const bytes = new TextEncoder().encode(JSON.stringify([parts, durations, plays]));
  const name = `film-${crc32(bytes).toString(36)}`;
  const whole = durations.reduce((sum, duration) => sum + duration, 0);
  const starts = durations.map((_, frame) => sumOf(durations.slice(0, frame)));
  const percent = (frame: number) => Number(((100 * starts[frame]!) / whole).toFixed(4));

  const keyframes = new Map<string, string>();
  const wrapped = parts.map(({ from, to, svg }) => {
    const isLast = to === durations.length;
    if (from === 0 && isLast) return svg;
    const id = `${name}-${from}-${to}`;
    const begin =
      from === 0 ? '0%{visibility:visible}' : `0%{visibility:hidden}${percent(from)}%{visibility:visible}`;
    keyframes.set(id, begin + (isLast ? '' : `${percent(to)}%{visibility:hidden}`));
    return `<g class="${name} ${id}"${isLast ? '' : ' visibility="hidden"'}>${svg}</g>`;
  });
  if (keyframes.size === 0) return { parts: wrapped, style: '' };
  const style = [
    `.${name}{animation:${whole}ms step-end ${plays === 0 ? 'infinite' : plays} forwards}`,
    ...[...keyframes].map(([id, steps]) => `.${id}{animation-name:${id}}@keyframes ${id}{${steps}}`),
    `@media (prefers-reduced-motion:reduce){.${name}{animation:none}}`,
  ];
  return { parts: wrapped, style: `<style>${style.join('')}</style>` };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
