import { describe, expect, it } from 'vitest';
import { layerTable } from '../../src/cli/layerTable';

describe('layerTable', () => {
  it('aligns names on the left and numbers on the right', () => {
    const table = layerTable(
      [
        {
          path: 'conv1',
          className: 'Conv2D',
          outputShape: [null, 26, 26, 16],
          parameters: 160,
          receptiveField: [3, 3],
        },
        { path: 'dense_layer', className: 'Dense', outputShape: [null, 10], parameters: 1234567 },
      ],
      1234727,
    );
    expect(table.split('\n')).toEqual([
      'layer        class   output shape     parameters  receptive field',
      '───────────  ──────  ───────────────  ──────────  ───────────────',
      'conv1        Conv2D  [?, 26, 26, 16]         160            3 × 3',
      'dense_layer  Dense   [?, 10]           1,234,567',
      '───────────  ──────  ───────────────  ──────────  ───────────────',
      '2 layers, 1,234,727 parameters',
      '',
    ]);
  });

  it('lets no name command the terminal', () => {
    const evil = { path: 'a\u001b[2Jb', className: 'X\n', outputShape: [null], parameters: 0 };
    const table = layerTable([evil], 0);
    expect(table).not.toContain('\u001b');
    expect(table).toContain('a\ufffd[2Jb  X      [?]');
    expect(table).toContain('1 layer, 0 parameters');
  });
});
