// Reads the pixels of a picture that someone has dropped, pasted or opened.

/** Pixels above which a picture is refused before any of them is decoded: 50 million take 200 MB. */
const MOST = 50e6;

/** Longer side that a picture is made smaller to. No network here sees more of it. */
const SIDE = 1024;

/**
 * @param {File} file
 * @returns {Promise<ImageData>} no more than 1024 pixels wide and high
 * @throws Error in words for the page
 */
export async function readPicture(file) {
  const address = URL.createObjectURL(file);
  try {
    const picture = await load(address, file.name);
    // From the file's head: the pixels are decoded when they are first drawn.
    const { naturalWidth: width, naturalHeight: height } = picture;
    if (!(width > 0 && height > 0)) {
      throw new Error(`“${file.name}” does not say how large it is. Try a PNG or a JPEG file.`);
    }
    if (width * height > MOST) {
      throw new Error(
        `“${file.name}” has ${Math.round((width * height) / 1e6)} million pixels, ${width} × ${height}; this page takes ${MOST / 1e6} million at the most. Make it smaller and try again.`,
      );
    }
    return draw(picture, width, height, file.name);
  } finally {
    URL.revokeObjectURL(address);
  }
}

function load(address, name) {
  return new Promise((resolve, reject) => {
    const picture = new Image();
    picture.onload = () => resolve(picture);
    picture.onerror = () => {
      reject(new Error(`“${name}” is not a picture that this browser can read. Try a PNG or a JPEG file.`));
    };
    picture.src = address;
  });
}

function draw(picture, width, height, name) {
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const size = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = size;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.imageSmoothingQuality = 'high';
  try {
    context.drawImage(picture, 0, 0, ...size);
    return context.getImageData(0, 0, ...size);
  } catch (cause) {
    // A broken file, or an SVG file with parts that the page may not read.
    throw new Error(`The pixels of “${name}” cannot be read. Try a PNG or a JPEG file.`, { cause });
  }
}
