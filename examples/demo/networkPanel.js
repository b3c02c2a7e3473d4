// Which network is looked into: the trained one, the same one as it learns, or one of the reader's own.
import { buildArticleCnn, listLayers, loadArticleCnn } from 'layerscope';
import { openModelFiles } from './openModelFiles.js';
import { createTraining } from './training.js';
import { copyWeights, setWeights } from './weights.js';

/**
 * @param {HTMLElement} element
 * @param {ReturnType<typeof import('./networkView.js').createNetworkView>} view
 * @param {ReturnType<typeof import('./message.js').createMessage>} message
 */
export function createNetworkPanel(element, view, message) {
  const find = (selector) => element.querySelector(selector);
  const radios = [...element.querySelectorAll('[name=network]')];
  const ownState = find('#own-state');
  const preprocess = find('#preprocess');
  /** The article's network, with the weights that it ships with or those that it has learnt. */
  let article;
  let shipped;
  let learnt;
  let own;
  /** What the values of an image become for it; nothing where it is what the network itself asks for. */
  let ownPreprocess = '';

  const training = createTraining(find('[data-network=learning]'), {
    initialWeights: startFromChance,
    async onWeights(weights) {
      learnt = weights;
      setWeights(article, weights);
      await view.refresh();
    },
    onError: message.show,
  });

  function startFromChance() {
    const untrained = buildArticleCnn();
    learnt = copyWeights(untrained);
    untrained.dispose();
    setWeights(article, learnt);
    view.refresh().catch(() => undefined);
    return learnt;
  }

  function choose(name) {
    message.clear();
    for (const radio of radios) radio.checked = radio.value === name;
    for (const part of element.querySelectorAll('[data-network]'))
      part.hidden = part.dataset.network !== name;
    if (name !== 'learning') training.stop();
  }

  async function showArticle(weights) {
    setWeights(article, weights);
    await view.open(article);
  }

  const open = {
    trained: () => showArticle(shipped),
    async learning() {
      if (!learnt) startFromChance();
      await showArticle(learnt);
    },
    async own() {
      if (own) await view.open(own, ownPreprocess || undefined);
    },
  };

  /** Opens a model, and lets go of the one before only when this one is on the page. */
  async function openFiles(files) {
    message.clear();
    let model;
    try {
      if (!article) throw new Error('The page is still loading. Try again in a moment.');
      model = await openModelFiles(files);
      await view.open(model);
    } catch (error) {
      model?.dispose();
      message.show(error);
      return;
    }
    choose('own');
    own?.dispose();
    own = model;
    // What suited another network need not suit this one.
    preprocess.value = ownPreprocess = '';
    preprocess.disabled = false;
    ownState.textContent = describe(model, files);
  }

  preprocess.addEventListener('change', () => {
    message.clear();
    const before = ownPreprocess;
    ownPreprocess = preprocess.value;
    open.own().catch((error) => {
      preprocess.value = ownPreprocess = before;
      message.show(error);
    });
  });
  for (const radio of radios) {
    radio.disabled = true;
    radio.addEventListener('change', () => {
      choose(radio.value);
      open[radio.value]().catch(message.show);
    });
  }
  find('#open-model').addEventListener('click', () => find('#model-files').click());
  find('#model-files').addEventListener('change', ({ target }) => {
    const files = [...target.files];
    if (files.length > 0) openFiles(files);
    // Or choosing the same files once more would be no change.
    target.value = '';
  });

  return {
    openFiles,
    /** Loads the trained network, without which there is nothing to see. */
    async start() {
      try {
        article = await loadArticleCnn();
        shipped = copyWeights(article);
        await view.open(article);
        for (const radio of radios) radio.disabled = false;
      } catch (error) {
        find('.loading')?.replaceChildren('The network could not be started.');
        message.show(error);
      }
    },
  };
}

/** What has been opened, by the name of its file; of several files, by the network's own if it has one. */
function describe({ model, classNames }, files) {
  const [, ...shape] = model.inputs[0].shape;
  const layers = listLayers(model);
  const weights = model.countParams?.() ?? layers.reduce((sum, { parameters }) => sum + parameters, 0);
  const name = files.length === 1 ? files[0].name : (model.name ?? 'model.json');
  const input = shape.map((length) => (length > 0 ? length : 'any')).join(' × ');
  const classes = classNames ? `, ${classNames.length} classes` : '';
  return `${name}: ${layers.length} layers, ${weights.toLocaleString('en')} weights, input ${input}${classes}`;
}
