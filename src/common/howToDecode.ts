/** What makes pixels of an image, for the messages of functions that do not wait and so take nothing that is yet to be decoded. */
export const HOW_TO_DECODE =
  'readImageFile of layerscope/node decodes files to that, on a page getImageData of a canvas';
