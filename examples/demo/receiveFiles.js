// Takes files that are dropped on the page or pasted into it: a picture, or a network.

/**
 * @param {Document} document
 * @param {{ onPicture: (file: File) => void, onModel: (files: File[]) => void, onError: (text: string) => void }} takers
 */
export function receiveFiles(document, { onPicture, onModel, onError }) {
  const mark = (isOver) => document.documentElement.toggleAttribute('data-drop', isOver);

  function take(files) {
    if (files.length === 0) return;
    // Whatever is no picture may be a network: what it is is told by what is in it.
    if (files.every(({ type }) => type.startsWith('image/'))) onPicture(files[0]);
    else onModel(files);
  }

  document.addEventListener('dragover', (event) => {
    // Or the browser would leave the page to show the file.
    event.preventDefault();
    mark(true);
  });
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!relatedTarget) mark(false);
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    mark(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) return take(files);
    // An address only. Fetching it would tell another server about this page, and it need not let the page read it.
    const isAddress = event.dataTransfer.types.includes('text/uri-list');
    onError(
      isAddress
        ? 'That is the address of a picture on another page. Save the picture and drop the file here.'
        : 'There is no file in what was dropped. Drop a picture, or the file of a network.',
    );
  });
  document.addEventListener('paste', ({ clipboardData, target }) => {
    if (target instanceof HTMLInputElement) return;
    const files = [...clipboardData.files];
    if (files.length > 0) take(files);
    else onError('There is no picture in the clipboard. Copy the picture itself, not its address.');
  });
}
