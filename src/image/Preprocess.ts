/**
 * What becomes of a picture's bytes, 0..255, on their way into a network, which must be what it was trained with:
 *
 * - `'unit'`: 0..1
 * - `'tf'`: -1..1
 * - `'torch'`: 0..1, minus `[0.485, 0.456, 0.406]`, divided by `[0.229, 0.224, 0.225]`; for red, green and blue
 * - `'caffe'`: 0..255, blue first, minus `[103.939, 116.779, 123.68]`
 * - `'none'`: 0..255 as they are
 *
 * `'tf'`, `'torch'` and `'caffe'` are the modes of Keras' `keras.applications.imagenet_utils.preprocess_input`.
 */
export type Preprocess = 'unit' | 'tf' | 'torch' | 'caffe' | 'none' | PreprocessSteps;

/**
 * The same step by step: `((value or 255 - value) · scale + offset - mean) / std`. A list has a number for each channel, in the
 * order in which the network gets them: blue first with `order: 'bgr'`.
 */
export interface PreprocessSteps {
  /**
   * What a byte is multiplied by; not 0.
   * @defaultValue 1 / 255
   */
  scale?: number | undefined;
  /**
   * What is added then.
   * @defaultValue 0
   */
  offset?: number | readonly number[] | undefined;
  /**
   * What is subtracted then, in the units that `scale` and `offset` have led to.
   * @defaultValue 0
   */
  mean?: number | readonly number[] | undefined;
  /**
   * What it is divided by then, in the same units; above 0.
   * @defaultValue 1
   */
  std?: number | readonly number[] | undefined;
  /**
   * Whether red comes first or blue. Another order than `'rgb'` needs three channels.
   * @defaultValue `'rgb'`
   */
  order?: 'rgb' | 'bgr' | undefined;
  /**
   * Whether black and white change places before anything else: a byte becomes 255 - byte.
   * @defaultValue false
   */
  invert?: boolean | undefined;
}
