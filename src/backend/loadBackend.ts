/** Loads what starts the backend. With it come the kernels, which TensorFlow.js then has registered. */
export const loadStarter = () => import('./startBackend');

/** Loads what puts right what TensorFlow.js computes wrong. */
export const loadCorrections = () => import('./corrections/installCorrections');
