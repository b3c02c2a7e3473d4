/**
 * What is to be reached, each with the row that shows it. `ratio` compares medians of ratios to the group's reference,
 * `time` milliseconds a call.
 */
const GOALS = [
  {
    goal: 'activations of one image, activation model, at most 1.2 × the direct operations',
    group: 'Activations of both convolutions, one image',
    row: 'layerscope, activationModel.predict and dataSync',
    measure: 'ratio',
    atMost: 1.2,
  },
  {
    goal: 'the same through computeActivations, which also reads and checks the image: 1.2 ×',
    group: 'Activations of both convolutions, one image',
    row: 'layerscope, computeActivations of a tensor',
    measure: 'ratio',
    atMost: 1.2,
  },
  {
    goal: 'figure and RGBA of the article’s 48 maps within 0.5 ms',
    group: 'Figure and RGBA of the article’s 48 maps, a pixel a value',
    row: 'layerscope, createFigure and renderRgba',
    measure: 'time',
    atMost: 0.5,
  },
  {
    goal: 'visualizeLayers on a warm model below 1.5 ms',
    group: 'From an image to the pixels of both figures',
    row: 'visualizeLayers on a warm model',
    measure: 'time',
    atMost: 1.5,
  },
  {
    goal: 'renderPng at least 3 × as fast as fast-png at 837 × 837',
    group: 'PNG, 837 × 837',
    row: 'renderRgba, fast-png',
    measure: 'ratio',
    atLeast: 3,
  },
  {
    goal: 'renderPng at least 3 × as fast as @napi-rs/canvas at 837 × 837',
    group: 'PNG, 837 × 837',
    row: 'renderRgba, @napi-rs/canvas',
    measure: 'ratio',
    atLeast: 3,
  },
];

/** Compares the results with the goals: `{ goal, measured, reached }` each. */
export function judgeGoals(results) {
  return GOALS.map(({ goal, group, row, measure, atMost = Infinity, atLeast = 0 }) => {
    const { median } = results.find(({ title }) => title === group).rows.find(({ name }) => name === row)[
      measure
    ];
    return {
      goal,
      measured: measure === 'time' ? `${median.toFixed(2)} ms` : `${median.toFixed(2)} ×`,
      reached: median <= atMost && median >= atLeast,
    };
  });
}
