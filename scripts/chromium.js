/** The Chromium that scripts/test.js has found; empty if there is none, and then no test that needs one is run. */
export const CHROMIUM = process.env.LAYERSCOPE_CHROMIUM ?? '';

/** How every test starts it: without a sandbox, for tests run as root in a container, and without calls home. */
export const LAUNCH_OPTIONS = {
  executablePath: CHROMIUM,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
