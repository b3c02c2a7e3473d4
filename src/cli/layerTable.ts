import { formatShape } from '../common/errors';
import type { LayerSummary } from '../model/listLayers';
import { printableTitle } from '../render/grid/printableTitle';

const HEADINGS = ['layer', 'class', 'output shape', 'parameters', 'receptive field'] as const;

/** Columns of numbers, which end at the same place. */
const RIGHT = [3, 4];

/**
 * Writes the layers of a model as a table with a line for each use of a layer, and the sum of what the model has learnt.
 *
 * @param parameters Of the whole model, in which a layer that is used twice counts once.
 */
export function layerTable(layers: readonly LayerSummary[], parameters: number): string {
  const rows = layers.map((layer) => [
    printableTitle(layer.shortName ?? layer.path),
    printableTitle(layer.className) + (layer.trainingOnly ? ' (training only)' : ''),
    formatShape(layer.outputShape),
    formatCount(layer.parameters),
    layer.receptiveField?.join(' × ') ?? '',
  ]);
  const table = [[...HEADINGS], ...rows];
  const widths = HEADINGS.map((_, column) => Math.max(...table.map((cells) => [...cells[column]!].length)));
  const lines = table.map((cells) =>
    cells
      .map((cell, column) => pad(cell, widths[column]!, RIGHT.includes(column)))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  const [heading, ...body] = lines;
  const total = `${formatCount(layers.length)} ${layers.length === 1 ? 'layer' : 'layers'}, ${formatCount(parameters)} parameters`;
  return `${[heading, rule, ...body, rule, total].join('\n')}\n`;
}

function pad(cell: string, width: number, right: boolean): string {
  const space = ' '.repeat(width - [...cell].length);
  return right ? space + cell : cell + space;
}

/** A whole number with a comma before every three digits. */
function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
