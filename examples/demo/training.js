// Training as the page sees it: a button to start and one to stop, how far it is, and how well it goes.
import { createCurve } from './curve.js';

const EPOCHS = 3;

/**
 * @param {HTMLElement} element
 * @param {object} events
 * @param {() => Float32Array[]} events.initialWeights
 * @param {(weights: Float32Array[]) => Promise<void>} events.onWeights is waited for before others are asked for
 * @param {(reason: unknown) => void} events.onError
 */
export function createTraining(element, { initialWeights, onWeights, onError }) {
  const find = (selector) => element.querySelector(selector);
  const [start, stop, count] = [find('#train'), find('#stop'), find('#count')];
  const [progress, state] = [find('#progress'), find('#training-state')];
  const loss = createCurve('Loss', { top: 2.5, format: (value) => value.toFixed(2) });
  const accuracy = createCurve('Read correctly', {
    top: 1,
    format: (value) => `${Math.round(100 * value)} %`,
  });
  find('.curves').append(loss.root, accuracy.root);
  let worker;

  function begin() {
    end();
    const digits = Number(count.value);
    find('.training').hidden = false;
    loss.clear();
    accuracy.clear();
    // Without a value, a bar that is busy.
    progress.removeAttribute('value');
    state.textContent = `Drawing ${digits.toLocaleString('en')} digits …`;
    setRunning(true);
    worker = new Worker(new URL('./trainingWorker.js', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data, target }) => {
      // What a worker has said before it was stopped may still arrive.
      if (target === worker) handle[data.type](data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (event.target === worker) handle.failed({ text: event.message ?? 'its worker could not be loaded' });
    });
    worker.postMessage({
      type: 'start',
      weights: initialWeights(),
      count: digits,
      epochs: EPOCHS,
      seed: Math.floor(Math.random() * 2 ** 31),
    });
  }

  let tested;
  const handle = {
    digits({ share }) {
      progress.value = share;
    },
    batch(result) {
      if (result.done === 1) {
        tested = undefined;
        state.textContent = 'Learning …';
      }
      progress.value = result.done / result.total;
      loss.add(result.done / result.total, result.loss);
      accuracy.add(result.done / result.total, result.accuracy);
    },
    epoch(result) {
      tested = result.accuracy;
      state.textContent = `Learning … It reads ${percent(tested)} of the digits set apart.`;
    },
    async weights({ weights }) {
      const present = worker;
      await onWeights(weights).catch(() => undefined);
      present?.postMessage({ type: 'drawn' });
    },
    done() {
      end();
      state.textContent = `Done. It reads ${percent(tested)} of digits that it has not seen.`;
    },
    failed({ text }) {
      end();
      state.textContent = 'The training has failed.';
      onError(`The training has failed: ${text}`);
    },
  };

  function end() {
    worker?.terminate();
    worker = undefined;
    setRunning(false);
  }

  function setRunning(isRunning) {
    const hadFocus = document.activeElement === stop;
    stop.disabled = !isRunning;
    count.disabled = isRunning;
    start.textContent = isRunning ? 'Restart' : 'Train';
    if (!isRunning && hadFocus) start.focus();
  }

  function halt() {
    if (!worker) return;
    end();
    if (!progress.hasAttribute('value')) progress.value = 0;
    state.textContent = 'Stopped. The network keeps what it has learnt so far.';
  }

  start.addEventListener('click', begin);
  stop.addEventListener('click', halt);
  return { stop: halt };
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}
