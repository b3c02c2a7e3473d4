/** Has the figures drawn by a worker and puts its canvases into `main`. */
export async function drawInWorker(main) {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  const { data } = await new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = ({ message }) => reject(new Error(`worker: ${message}`));
  });
  worker.terminate();
  const canvases = data.bitmaps.map((bitmap) => {
    const canvas = document.createElement('canvas');
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext('2d').drawImage(bitmap, 0, 0);
    return canvas;
  });
  main.append(...canvases);
  return data;
}
