import type { Figure, RgbaImage } from '../../src/common/types';
import { renderPng } from '../../src/render/png/renderPng';
import { renderSvg } from '../../src/render/svg/renderSvg';
import { describeRenderer } from './conformance';

/** Has the browser decode a picture, as a page that shows it would. */
async function show(picture: Blob): Promise<RgbaImage> {
  const url = URL.createObjectURL(picture);
  const image = new Image();
  image.src = url;
  await image.decode();
  URL.revokeObjectURL(url);
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const context = canvas.getContext('2d')!;
  context.drawImage(image, 0, 0);
  const { width, height, data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return { width, height, data: new Uint8ClampedArray(data) };
}

for (const pixels of ['image', 'path'] as const) {
  describeRenderer({
    name: `renderSvg shown by a browser, pixels: '${pixels}'`,
    render: (figure) => renderSvg(figure, { pixels }),
    decode: (figure, options) =>
      show(new Blob([renderSvg(figure, { pixels, ...options })], { type: 'image/svg+xml' })),
    pixelSizes: [1, 3],
    hasGap: true,
    hasColorBar: true,
  });
}

describeRenderer({
  name: 'renderPng shown by a browser, with a title',
  render: (figure: Figure) => renderPng(figure),
  decode: async (figure, options) =>
    show(new Blob([await renderPng(figure, options)], { type: 'image/png' })),
  pixelSizes: [1, 4],
  hasGap: true,
  hasColorBar: true,
});
