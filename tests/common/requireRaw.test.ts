import { dispose, memory, ones } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { requireRaw } from '../../src/common/requireRaw';
import { computeActivations, createActivationModel, imageToTensor, loadArticleCnn } from '../../src/index';

/** What `reactive` of @vue/reactivity does, as far as anybody here can tell. */
function reactive<Value extends object>(value: Value): Value {
  return new Proxy(value, {
    get(target, key, receiver) {
      if (key === '__v_raw') return target;
      const inside: unknown = Reflect.get(target, key, receiver);
      return typeof inside === 'object' && inside !== null ? reactive(inside) : inside;
    },
  });
}

const words =
  /^(model|activationModel|img): expected it as it is, got a reactive proxy of Vue; .*shallowRef.*markRaw/;

describe('requireRaw', () => {
  it('lets anything else pass', () => {
    for (const value of [undefined, null, 1, 'a', {}, [], new Proxy({}, {})]) requireRaw('value', value);
  });

  it('says what to do with a model, an activation model and a tensor that Vue has made reactive', async () => {
    const model = await loadArticleCnn();
    const activationModel = createActivationModel(model);
    const img = ones([28, 28, 1]);
    const before = memory().numTensors;
    expect(() => createActivationModel(reactive(model))).toThrow(words);
    await expect(computeActivations(reactive(activationModel), img)).rejects.toThrow(words);
    await expect(imageToTensor(reactive(img), [null, 28, 28, 1])).rejects.toThrow(words);
    expect(memory().numTensors).toBe(before);
    dispose(img);
    activationModel.dispose();
    model.dispose();
  });
});
