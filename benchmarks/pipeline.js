import * as tf from '@tensorflow/tfjs-core';
import { createActivationModel, visualizeLayers } from 'layerscope';
import { drawDigit } from 'layerscope/data';
import { fillRectangles } from './figures.js';
import { createTwoOutputModel, readAndDispose } from './network.js';

/** The whole way, from an image of bytes to the drawn figures of both convolutions. */
export function createPipelineGroup(model) {
  const image = drawDigit(3);
  const activationModel = createActivationModel(model);
  const twoOutputModel = createTwoOutputModel(model);
  const values = (layers) => layers.map(({ output }) => output.data);
  return {
    title: 'From an image to the pixels of both figures',
    reference: 'visualizeLayers on a warm model',
    rounds: 60,
    contestants: {
      'visualizeLayers on a warm model': { run: () => visualizeLayers(model, image), values },
      'visualizeLayers on an activation model': {
        run: () => visualizeLayers(activationModel, image),
        values,
      },
      'tfjs-layers, d3 string a value, fillRect on @napi-rs/canvas': {
        run: () => drawByHand(twoOutputModel, image),
        values: (canvases) =>
          canvases.map(
            (canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data,
          ),
      },
    },
  };
}

function drawByHand(twoOutputModel, { data, height, width }) {
  const input = tf.tidy(() => tf.div(tf.tensor4d(Float32Array.from(data), [1, height, width, 1]), 255));
  const outputs = twoOutputModel.predict(input);
  const shapes = outputs.map(({ shape }) => shape);
  input.dispose();
  return readAndDispose(outputs).map((values, index) =>
    fillRectangles({ shape: shapes[index], data: values }),
  );
}
