import { formatValue } from '../../common/formatValue';
import type { Histogram } from '../../statistics/LayerStatistics';

const HEIGHT = 64;

/** Draws a histogram as a small picture; the heights follow the root, so that a bin of few values can be seen. */
export function drawHistogram({ from, binWidth, counts }: Histogram): string {
  if (counts.length === 0) return '';
  const most = Math.max(...counts);
  const bars = counts.map((count, bin) => {
    const height = Math.round(Math.sqrt(count / most) * HEIGHT * 10) / 10;
    const ends = `${formatValue(from + bin * binWidth)} to ${formatValue(from + (bin + 1) * binWidth)}`;
    const bar = `<rect x="${bin}" y="${HEIGHT - height}" width=".85" height="${height}">`;
    return `${bar}<title>${ends}: ${count}</title></rect>`;
  });
  const [lowest, highest] = [formatValue(from), formatValue(from + counts.length * binWidth)];
  return `<figure>
<svg role="img" aria-label="Histogram from ${lowest} to ${highest}" viewBox="0 0 ${counts.length} ${HEIGHT}" preserveAspectRatio="none">
${bars.join('')}
</svg>
<figcaption><span>${lowest}</span><span>Histogram</span><span>${highest}</span></figcaption>
</figure>`;
}
