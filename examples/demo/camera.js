// Live pictures of the camera, one at a time: the next is taken when the network has seen the last.

/** Side of the picture that is taken from the middle of what the camera sees. */
const SIDE = 320;

/**
 * @param {object} parts
 * @param {HTMLButtonElement} parts.button starts and stops it; is shown only where there is a camera
 * @param {HTMLVideoElement} parts.video
 * @param {(picture: ImageData) => Promise<void>} parts.onFrame is waited for
 * @param {(last: ImageData | undefined) => void} parts.onEnd
 * @param {(text: string) => void} parts.onError
 */
export function createCamera({ button, video, onFrame, onEnd, onError }) {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: SIDE, height: SIDE });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let stream;
  let last;

  async function findCamera() {
    const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    button.hidden = !devices.some(({ kind }) => kind === 'videoinput');
  }

  async function start() {
    button.disabled = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      video.srcObject = stream;
      await video.play();
    } catch (error) {
      stop();
      onError(explain(error));
      return;
    } finally {
      button.disabled = false;
    }
    // Unplugged, or taken back by the reader.
    stream.getVideoTracks()[0].addEventListener('ended', stop);
    video.hidden = false;
    setRunning(true);
    follow(stream);
  }

  async function follow(followed) {
    while (stream === followed) {
      last = takePicture();
      // The explorer shows on the page what is wrong with a picture.
      await onFrame(last).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }

  /** The square in the middle. */
  function takePicture() {
    const side = Math.min(video.videoWidth, video.videoHeight);
    const [left, top] = [(video.videoWidth - side) / 2, (video.videoHeight - side) / 2];
    context.drawImage(video, left, top, side, side, 0, 0, SIDE, SIDE);
    return context.getImageData(0, 0, SIDE, SIDE);
  }

  function stop() {
    if (!stream) return;
    for (const track of stream.getTracks()) track.stop();
    stream = undefined;
    video.srcObject = null;
    video.hidden = true;
    setRunning(false);
    onEnd(last);
    last = undefined;
  }

  function setRunning(isRunning) {
    button.textContent = isRunning ? 'Stop' : 'Camera';
    button.ariaLabel = isRunning ? 'Stop the camera' : null;
  }

  button.addEventListener('click', () => (stream ? stop() : start()));
  navigator.mediaDevices?.addEventListener?.('devicechange', findCamera);
  findCamera();
  return { stop };
}

function explain({ name, message }) {
  if (name === 'NotAllowedError')
    return 'The camera may not be used. Allow it in the browser’s settings for this page.';
  if (name === 'NotFoundError') return 'No camera was found. Draw a digit, or open a picture instead.';
  if (name === 'NotReadableError')
    return 'The camera is in use elsewhere. Close the other program and try again.';
  return `The camera could not be started: ${message}`;
}
