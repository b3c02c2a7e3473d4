// The page: an image on the one side, a network on the other, and between them the explorer of layerscope.
import { createCamera } from './camera.js';
import { createDrawingPad } from './drawingPad.js';
import { createMessage } from './message.js';
import { createNetworkPanel } from './networkPanel.js';
import { createNetworkView } from './networkView.js';
import { readPicture } from './readPicture.js';
import { receiveFiles } from './receiveFiles.js';
import { createSamples } from './samples.js';
import { isBlank } from './toInput.js';

const find = (selector) => document.querySelector(selector);

const message = createMessage(find('.message'));
const view = createNetworkView(find('.view'), find('.answer'));
const pad = createDrawingPad(find('.pad'), (strokes) => show({ strokes }));
const samples = createSamples(find('.samples'), (digit, image) => {
  camera.stop();
  pad.showPicture(image, `The drawn digit ${digit}`);
  show({ image });
});
const camera = createCamera({
  button: find('#camera'),
  video: find('.pad video'),
  onFrame: (picture) => view.show({ picture }),
  onEnd(picture) {
    if (picture) pad.showPicture(picture, 'The last picture of the camera');
  },
  onError: message.show,
});
const network = createNetworkPanel(find('main'), view, message);

/** The explorer says on the page what is wrong with an image. */
function show(source) {
  message.clear();
  view.show(source).catch(() => undefined);
}

async function openPicture(file) {
  try {
    const picture = await readPicture(file);
    camera.stop();
    pad.showPicture(picture, `The picture ${file.name}`);
    show({ picture });
    if (isBlank(picture))
      message.show(`“${file.name}” is all of one colour, so there is nothing in it to read.`);
  } catch (error) {
    message.show(error);
  }
}

pad.canvas.addEventListener('pointerdown', () => camera.stop());
pad.onHistory((canUndo) => {
  find('#undo').disabled = !canUndo;
});
find('#undo').addEventListener('click', () => pad.undo());
find('#clear').addEventListener('click', () => {
  camera.stop();
  pad.clear();
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.target instanceof HTMLInputElement)
    return;
  event.preventDefault();
  pad.undo();
});
find('#open-picture').addEventListener('click', () => find('#picture-file').click());
find('#picture-file').addEventListener('change', ({ target }) => {
  const [file] = target.files;
  if (file) openPicture(file);
  // Or choosing the same file once more would be no change.
  target.value = '';
});
receiveFiles(document, {
  onPicture: openPicture,
  onModel: network.openFiles,
  onError: message.show,
});

samples.pick(3);
network.start();
