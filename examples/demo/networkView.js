// The explorer of the network that has been chosen, and the image that goes through it.
import { listLayers } from 'layerscope';
import { mountExplorer } from 'layerscope/explorer';
import { toInput } from './toInput.js';

/**
 * @param {HTMLElement} host
 * @param {HTMLElement} answer says, near the pad, what the network reads where the explorer is out of sight
 */
export function createNetworkView(host, answer) {
  let shown;
  let opening = Promise.resolve();
  let source;

  const inputFor = (model) => toInput(source, shapeOf(networkOf(model)));

  /** Repeats the best of what the network puts out. */
  function repeatBest() {
    const best = host.querySelector('.layerscope-output [data-best]');
    answer.hidden = !best;
    if (!best) return;
    answer.querySelector('b').textContent = best.firstElementChild.textContent;
    answer.querySelector('span').textContent = best.lastElementChild.textContent;
  }

  /** Puts another explorer in the place of the present one, once it shows something. */
  async function mount(model, preprocess) {
    const place = document.createElement('div');
    place.className = 'waiting';
    host.append(place);
    const first = source;
    let explorer;
    try {
      explorer = mountExplorer(place, model, {
        resize: 'antialias',
        layers: chooseLayers(networkOf(model)),
        preprocess,
      });
      await explorer.update(inputFor(model));
    } catch (error) {
      explorer?.destroy();
      place.remove();
      throw error;
    }
    shown?.explorer.destroy();
    place.className = '';
    host.replaceChildren(place);
    shown = { model, preprocess, explorer };
    // Someone may have gone on drawing meanwhile.
    if (source !== first) await explorer.update(inputFor(model));
  }

  return {
    /**
     * Shows another network, or the present one with other weights. If that fails, the one before stays.
     *
     * @param {string} [preprocess] what the values of an image become, by default what the network asks for
     * @throws Error of `mountExplorer` or of the first image
     */
    async open(model, preprocess) {
      // One after the other, so that the last that was asked for is the one that stays.
      const opened = opening.then(() => {
        const isShown = shown?.model === model && shown.preprocess === preprocess;
        return isShown ? shown.explorer.update() : mount(model, preprocess);
      });
      opening = opened.catch(() => undefined);
      await opened;
      repeatBest();
    },
    /** @param {object} next as `toInput` takes it */
    async show(next) {
      source = next;
      if (!shown) return;
      await shown.explorer.update(inputFor(shown.model));
      repeatBest();
    },
    /** Sends the present image through the network again, whose weights have changed. */
    async refresh() {
      await shown?.explorer.update();
      repeatBest();
    },
  };
}

/** What has been opened from a file has the network in it. */
function networkOf(model) {
  return 'format' in model ? model.model : model;
}

/** What it takes as `[batch, height, width, channels]`, `null` for what is open; a graph says -1 of that. */
function shapeOf({ inputs: [{ shape }] }) {
  const [batch, height, width, channels] = shape.map((size) => (size > 0 ? size : null));
  if (shape.length !== 2) return [batch, height, width, channels ?? (shape.length === 3 ? 1 : null)];
  // A picture as a row of numbers.
  const side = height && Math.sqrt(height);
  return [batch, side, side, 1];
}

/** The convolutions, as the explorer itself would; in a network without any, all maps, or else what has learnt something. */
function chooseLayers(model) {
  const layers = listLayers(model);
  if (layers.some(({ className }) => className.includes('Conv'))) return undefined;
  const maps = layers.filter(
    ({ className, outputShape }) =>
      !['InputLayer', 'Placeholder'].includes(className) && outputShape?.length === 4,
  );
  const shown = maps.length > 0 ? maps : layers.filter(({ parameters }) => parameters > 0);
  return shown.map(({ path }) => path);
}
