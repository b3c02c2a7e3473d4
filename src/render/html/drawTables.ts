import { formatValue } from '../../common/formatValue';
import type { Activation } from '../../common/types';
import type { LayerSummary } from '../../model/listLayers';
import type { LayerStatistics } from '../../statistics/LayerStatistics';
import { escapeXml } from '../svg/escapeXml';

/** What is to be said of a layer, as pairs of a name and a value. */
export function drawStatistics({ className, shape }: Activation, statistics: LayerStatistics): string {
  const { minimum, maximum, mean, standardDeviation, zeros, nans, infinities, dead, maps } = statistics;
  const pairs: [name: string, value: string][] = [
    ['Class', className || '–'],
    ['Shape', shape.join(' × ')],
    ['Minimum', formatValue(minimum)],
    ['Maximum', formatValue(maximum)],
    ['Mean', formatValue(mean)],
    ['Standard deviation', formatValue(standardDeviation)],
    ['Zeros', formatShare(zeros)],
    ['Dead maps', `${dead.length} of ${maps.length}`],
  ];
  if (nans > 0) pairs.push(['NaN', formatShare(nans)]);
  if (statistics.lostNaN) pairs.push(['NaN', 'went in and came out as numbers']);
  if (infinities > 0) pairs.push(['Infinite', formatShare(infinities)]);
  const items = pairs.map(([name, value]) => `<div><dt>${name}</dt><dd>${escapeXml(value)}</dd></div>`);
  return `<dl>${items.join('')}</dl>`;
}

export function drawLayerTable(layers: readonly LayerSummary[]): string {
  const rows = layers.map(
    ({ path, shortName = path, className, outputShape, parameters, receptiveField }) => {
      const cells = [
        className,
        outputShape.map((size) => size ?? '?').join(' × '),
        parameters.toLocaleString('en'),
        receptiveField ? receptiveField.join(' × ') : '–',
      ];
      const [text, ...numbers] = cells.map((cell) => escapeXml(cell));
      return `<tr><th scope="row">${escapeXml(shortName)}</th><td>${text}</td>${numbers.map((cell) => `<td class="number">${cell}</td>`).join('')}</tr>`;
    },
  );
  return `<section aria-labelledby="layers">
<h2 id="layers">All layers</h2>
<div class="table" tabindex="0" role="group" aria-labelledby="layers">
<table>
<thead><tr><th scope="col">Layer</th><th scope="col">Class</th><th scope="col" class="number">Output shape</th><th scope="col" class="number">Parameters</th><th scope="col" class="number">Receptive field</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table>
</div>
</section>`;
}

function formatShare(share: number): string {
  return `${formatValue(share * 100, 3)} %`;
}
