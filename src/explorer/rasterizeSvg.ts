/**
 * Draws an SVG document as a PNG file.
 *
 * @throws Error (the promise is rejected) if the page may not show it: its security policy needs `img-src data:`.
 */
export async function rasterizeSvg(document: Document, svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const image = document.createElement('img');
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode().catch((cause: unknown) => {
    throw new Error(
      'toPng: expected a page whose security policy allows img-src data:, got one that does not',
      {
        cause,
      },
    );
  });
  const canvas = Object.assign(document.createElement('canvas'), {
    width: image.naturalWidth,
    height: image.naturalHeight,
  });
  canvas.getContext('2d')!.drawImage(image, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob)
    throw new Error(`toPng: expected a picture that a canvas holds, got ${canvas.width} × ${canvas.height}`);
  return new Uint8Array(await blob.arrayBuffer());
}
