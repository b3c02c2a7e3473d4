// One message at a time, in plain words, until it is closed or something works again.

/** @param {HTMLElement} element a box with a `role="alert"` and a button to close it */
export function createMessage(element) {
  const text = element.querySelector('[role=alert]');
  const clear = () => {
    element.hidden = true;
    text.textContent = '';
  };
  element.querySelector('button').addEventListener('click', clear);
  return {
    clear,
    /** @param {unknown} reason an error, or the words themselves */
    show(reason) {
      element.hidden = false;
      text.textContent = reason instanceof Error ? reason.message : String(reason);
    },
  };
}
