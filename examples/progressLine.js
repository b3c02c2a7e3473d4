// Says how a training is going: a line that is written over in a terminal, a line an epoch elsewhere.

/** Milliseconds between two states of the line; quicker ones cannot be read. */
const INTERVAL = 100;

/**
 * @param {{ isTTY?: boolean, columns?: number, write: (text: string) => unknown }} stream
 * @param {number} epochs how many there will be
 * @param {() => number} now milliseconds
 * @returns callbacks for `trainArticleCnn`, and `end`, which clears the line
 */
export function createProgress(stream, epochs, now = () => performance.now()) {
  let epochStart = now();
  let shownAt = Number.NEGATIVE_INFINITY;
  let rate = 0;
  const clear = () => {
    if (stream.isTTY) stream.write('\r\x1b[K');
  };
  return {
    onBatch({ epoch, batch, batches, loss, accuracy }) {
      const time = now();
      rate = batch / Math.max(0.001, (time - epochStart) / 1000);
      if (!stream.isTTY || (time - shownAt < INTERVAL && batch < batches)) return;
      shownAt = time;
      const left = (batches - batch + (epochs - epoch) * batches) / rate;
      const parts = [
        `epoch ${epoch}/${epochs}`,
        `batch ${String(batch).padStart(String(batches).length)}/${batches}`,
        `loss ${loss.toFixed(3)}`,
        `accuracy ${formatShare(accuracy, 1)}`,
        `${rate.toFixed(0)} steps/s`,
        `${formatTime(left)} left`,
      ];
      // A line that is longer than the terminal is wide could not be written over.
      stream.write(`\r${parts.join('  ').slice(0, (stream.columns ?? 80) - 1)}\x1b[K`);
    },
    onEpoch({ epoch, loss, accuracy, validationLoss, validationAccuracy }) {
      clear();
      const parts = [
        `loss ${loss.toFixed(4)}`,
        `accuracy ${formatShare(accuracy)}`,
        `validation loss ${validationLoss.toFixed(4)}`,
        `validation accuracy ${formatShare(validationAccuracy)}`,
        `${rate.toFixed(1)} steps/s`,
      ];
      stream.write(`epoch ${epoch}/${epochs}: ${parts.join(', ')}\n`);
      epochStart = now();
    },
    end: clear,
  };
}

/** @param {number} share 0..1 */
export function formatShare(share, decimals = 2) {
  return `${(100 * share).toFixed(decimals)} %`;
}

function formatTime(seconds) {
  const whole = Math.ceil(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
