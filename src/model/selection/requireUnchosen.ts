/**
 * Refuses what an activation model has been made with already, beside such a model.
 *
 * @throws TypeError naming the option that is there.
 */
export function requireUnchosen(layers: unknown, preActivation?: unknown): void {
  if (layers !== undefined) {
    throw new TypeError('layers: expected none, since the activation model has chosen its layers already');
  }
  if (preActivation !== undefined) {
    throw new TypeError('preActivation: expected none, since the activation model has been made already');
  }
}
