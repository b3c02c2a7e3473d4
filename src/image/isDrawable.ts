import type { DrawableImage } from './ImageInput';

/**
 * Whether something can be drawn on a canvas: an image, canvas, video, `ImageBitmap`, or a canvas made for Node. They are
 * recognised by what they have: canvases a context, videos and images their own size.
 */
export function isDrawable(img: object): img is DrawableImage {
  const { getContext, naturalWidth, videoWidth, close } = img as Record<string, unknown>;
  return (
    typeof getContext === 'function' ||
    typeof naturalWidth === 'number' ||
    typeof videoWidth === 'number' ||
    (typeof close === 'function' && 'width' in img && 'height' in img)
  );
}
