import type { LayersModel } from '@tensorflow/tfjs-layers';
import { describeValue } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import type { ImageInput } from '../image/ImageInput';
import { IMAGE_OPTIONS } from '../image/imageToTensor';
import { requireImageKind } from '../image/readImage';
import { requireImageOptions } from '../image/requireImageOptions';
import type { OpenedModel } from '../model/OpenedModel';
import { unwrapModel } from '../model/unwrapModel';
import { createExplorerView } from './createExplorerView';
import { createFrameQueue } from './createFrameQueue';
import type { Explorer, MountExplorerOptions } from './Explorer';
import { createElements } from './elements';
import { openNetwork } from './openNetwork';
import { readSettings } from './readSettings';
import { styles } from './styles';

/**
 * Puts an interactive view of a network into an element of the page: the input, the feature maps of the chosen layers,
 * what the network puts out, and for each value what it saw of the input.
 *
 * @param element Gets the view as its last child; a child of a shadow root will do.
 * @param model A layers model of TensorFlow.js with one image as its input, or what `openModel` has returned of one; it stays
 * the caller's. What was opened brings its `preprocess` and `classNames`, unless the options have their own.
 * @throws TypeError or RangeError naming the argument that is wrong; then the page is as it was.
 */
export function mountExplorer(
  element: HTMLElement,
  model: LayersModel | OpenedModel,
  options: MountExplorerOptions = {},
): Explorer {
  const document = element?.ownerDocument;
  const window = document?.defaultView;
  if (!window || typeof element.append !== 'function') {
    throw new TypeError(`element: expected an element of a page, got ${describeValue(element)}`);
  }
  requireOptions(options, {
    ...IMAGE_OPTIONS,
    layers: true,
    img: true,
    scaling: true,
    sort: true,
    columns: true,
    maps: true,
    classNames: true,
    colormap: true,
    theme: true,
  });
  const { model: opened, classNames } = unwrapModel<LayersModel>(model);
  const { layers, img, resize, imageBackground, preprocess, maxPixels, ...rest } = options;
  if (img !== undefined) requireImageKind(img);
  requireImageOptions({ resize, imageBackground, preprocess, maxPixels });
  const settings = readSettings({ ...(classNames && { classNames }), ...rest });
  const network = openNetwork(model, layers, { resize, imageBackground, preprocess, maxPixels });

  const make = createElements(document);
  const view = createExplorerView(window, make, network, settings);
  // Of the view's own shadow root, where it stands in one. A constructed sheet needs no permission of a security policy.
  const host = element.getRootNode() as Document | ShadowRoot;
  const sheets = 'adoptedStyleSheets' in host ? host : document;
  const sheet = new window.CSSStyleSheet();
  sheet.replaceSync(styles);
  sheets.adoptedStyleSheets = [...sheets.adoptedStyleSheets, sheet];
  element.append(view.root);

  let present = img;
  let destroyed = false;
  const closer = import('./createCloserLook').then(({ createCloserLook }) => {
    const loaded = createCloserLook(make, opened, settings.colormap, view.detailEvents);
    if (destroyed) return loaded;
    sheet.replaceSync(styles + loaded.styles);
    view.equip(loaded);
    return loaded;
  });
  closer.catch(() => undefined); // The first update tells.
  // A page in the background is given no frames, but its maps may be asked for all the same.
  const requestFrame = (callback: () => void) => {
    if (document.hidden) window.setTimeout(callback);
    else window.requestAnimationFrame(callback);
  };
  const queue = createFrameQueue(requestFrame, async (image: ImageInput) => {
    try {
      const [look] = await Promise.all([network.look(image), closer]);
      if (destroyed) return;
      view.draw(look);
      present = image;
    } catch (error) {
      if (!destroyed) view.complain(error);
      throw error;
    }
  });

  const explorer: Explorer = {
    async update(image = present) {
      if (destroyed) throw new Error('explorer: expected a live explorer, got one that has been destroyed');
      if (image === undefined) {
        throw new TypeError('img: expected an image, since none has been shown yet, got undefined');
      }
      await queue.push(image);
    },
    destroy() {
      if (destroyed) return;
      destroyed = true;
      queue.stop();
      view.destroy();
      network.dispose();
      sheets.adoptedStyleSheets = sheets.adoptedStyleSheets.filter((other) => other !== sheet);
    },
    toSvg: async () => view.toSvg(),
    toPng: async () => (await closer).rasterizeSvg(document, view.toSvg()),
  };
  // The view shows the reason as a message.
  if (img !== undefined) explorer.update(img).catch(() => undefined);
  return explorer;
}
