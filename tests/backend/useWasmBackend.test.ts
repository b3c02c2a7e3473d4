import { describe, expect, it } from 'vitest';
import { runScript } from '../runScript';

/** Each in a process of its own, since a backend is set up once a process. */
const IMPORTS = `
  import * as tf from '@tensorflow/tfjs-core';
  import { useWasmBackend, visualizeLayers, loadArticleCnn } from 'layerscope';
`;

describe('useWasmBackend', () => {
  it('sets up WASM SIMD with no path and nothing on the console', () => {
    expect(
      runScript(`${IMPORTS}
        await useWasmBackend();
        const sum = tf.add(tf.tensor1d([1, 2]), tf.tensor1d([3, 4]));
        console.log(tf.getBackend(), [...(await sum.data())].join(), tf.env().getBool('WASM_HAS_SIMD_SUPPORT'));`),
    ).toEqual({ status: 0, stdout: 'wasm 4,6 true\n', stderr: '' });
  });

  it('is harmless when repeated, at the same time too, and keeps what the app has', () => {
    expect(
      runScript(`${IMPORTS}
        await Promise.all([useWasmBackend(), useWasmBackend({ allowPlain: true }), loadArticleCnn()]);
        const tensor = tf.tensor1d([1, 2]);
        const { backend } = tf.engine();
        await useWasmBackend();
        console.log(tf.engine().backend === backend, [...(await tensor.data())].join());`),
    ).toEqual({ status: 0, stdout: 'true 1,2\n', stderr: '' });
  });

  it('starts once however often it is called', () => {
    expect(
      runScript(`${IMPORTS}
        let starts = 0;
        const { instantiate } = WebAssembly;
        WebAssembly.instantiate = (...args) => {
          if (WebAssembly.Module.exports(args[0]).length > 100) starts++; // Node itself instantiates a small one
          return instantiate(...args);
        };
        await Promise.all(Array.from({ length: 5 }, () => useWasmBackend()));
        console.log(starts);`),
    ).toEqual({ status: 0, stdout: '1\n', stderr: '' });
  });

  it('leaves a backend that the app has set alone until it is asked for', () => {
    const { status, stdout } = runScript(`${IMPORTS}
      import '@tensorflow/tfjs-backend-cpu';
      await tf.setBackend('cpu');
      const model = await loadArticleCnn();
      const figures = await visualizeLayers(model, { width: 28, height: 28, data: new Uint8Array(784) });
      console.log(tf.getBackend(), figures.length);
      await useWasmBackend();
      console.log(tf.getBackend());
      await tf.setBackend('cpu');
      console.log(tf.getBackend());`);
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'cpu 2\nwasm\ncpu\n' });
  });

  it('is the default of what runs a network', () => {
    expect(
      runScript(`${IMPORTS}
        await loadArticleCnn();
        console.log(tf.getBackend());`),
    ).toEqual({ status: 0, stdout: 'wasm\n', stderr: '' });
  });

  it('says so where there is no SIMD, and runs the plain build where that is allowed', () => {
    expect(
      runScript(`${IMPORTS}
        import '@tensorflow/tfjs-backend-wasm';
        tf.env().set('WASM_HAS_SIMD_SUPPORT', false);
        await useWasmBackend().catch((error) => console.log(error.message));
        await useWasmBackend({ allowPlain: true });
        console.log(tf.getBackend(), [...(await tf.square(tf.tensor1d([3])).data())].join());`),
    ).toEqual({
      status: 0,
      stdout:
        'useWasmBackend: this machine has no WebAssembly SIMD; pass { allowPlain: true } to run the plain build, which is several times slower\nwasm 9\n',
      stderr: '',
    });
  });

  it('refuses what is no option', () => {
    expect(
      runScript(`${IMPORTS}
        await useWasmBackend({ allowPlain: 1 }).catch((error) => console.log(error.name, error.message));
        await useWasmBackend({ threads: 'two' }).catch((error) => console.log(error.name, error.message));
        await useWasmBackend({ threads: 0 }).catch((error) => console.log(error.name, error.message));
        await useWasmBackend({ threads: 1.5 }).catch((error) => console.log(error.name, error.message));
        await useWasmBackend({ paths: 7 }).catch((error) => console.log(error.name, error.message));
        await useWasmBackend({ paths: { 'tfjs-backend-wasm.wasm': '/x' } }).catch((error) => console.log(error.message));
        await useWasmBackend(null).catch((error) => console.log(error.message));
        console.log(tf.getBackend());`),
    ).toEqual({
      status: 0,
      stdout: [
        'TypeError allowPlain: expected true or false, got 1',
        'TypeError threads: expected true, false or a whole number of at least 1, got "two"',
        'RangeError threads: expected true, false or a whole number of at least 1, got 0',
        'RangeError threads: expected true, false or a whole number of at least 1, got 1.5',
        "TypeError paths: expected a folder's URL or a URL for each file name, got 7",
        'paths: expected a URL for tfjs-backend-wasm-simd.wasm, got undefined',
        'options: expected an object, got null',
        'undefined',
        '',
      ].join('\n'),
      stderr: '',
    });
  });

  it('has no threads in Node, and says so', () => {
    expect(
      runScript(`${IMPORTS}
        await useWasmBackend({ threads: true }).catch((error) => console.log(error.message));
        await useWasmBackend();
        await useWasmBackend({ threads: 2 }).catch((error) => console.log(error.message));
        console.log(tf.getBackend());`),
    ).toEqual({
      status: 0,
      stdout: [
        'threads: expected a web page, got Node, where TensorFlow.js cannot start its threads',
        'threads: expected a web page, got Node, where TensorFlow.js cannot start its threads',
        'wasm',
        '',
      ].join('\n'),
      stderr: '',
    });
  });

  it('reads files from a folder of the app, and says so if there are none, and can be called again', () => {
    expect(
      runScript(`${IMPORTS}
        await useWasmBackend({ paths: 'nowhere/' }).catch((error) => console.log(error.message));
        console.log(tf.engine().registry.wasm);
        await useWasmBackend({ paths: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/' });
        console.log(tf.getBackend(), [...(await tf.square(tf.tensor1d([3])).data())].join());`),
    ).toEqual({
      status: 0,
      stdout: expect.stringMatching(
        /^paths: expected a \.wasm file at nowhere\/tfjs-backend-wasm-simd\.wasm, got none .*ENOENT.*nowhere\/tfjs-backend-wasm-simd\.wasm.*\nundefined\nwasm 9\n$/,
      ),
      stderr: '',
    });
  });

  it('can be started again by tfjs when the app has disposed it', () => {
    expect(
      runScript(`${IMPORTS}
        await useWasmBackend();
        tf.engine().reset();
        await tf.setBackend('wasm');
        console.log(tf.getBackend(), [...(await tf.square(tf.tensor1d([3])).data())].join());
        tf.removeBackend('wasm');
        await useWasmBackend();
        console.log(tf.getBackend(), [...(await tf.square(tf.tensor1d([4])).data())].join());`),
    ).toEqual({ status: 0, stdout: 'wasm 9\nwasm 16\n', stderr: '' });
  });

  it('leaves the kernels of an app that imports tfjs’s backend, with nothing on the console', () => {
    expect(
      runScript(`${IMPORTS}
        import '@tensorflow/tfjs-backend-wasm';
        const kernel = tf.getKernel('Add', 'wasm');
        await useWasmBackend();
        const product = tf.matMul(tf.ones([2, 3]), tf.ones([3, 2]));
        console.log(tf.getBackend(), [...(await product.data())].join(), tf.getKernel('Add', 'wasm') === kernel);`),
    ).toEqual({ status: 0, stdout: 'wasm 3,3,3,3 true\n', stderr: '' });
  });

  it('uses the backend that the app has started, with its kernels', () => {
    expect(
      runScript(`${IMPORTS}
        import { getThreadsCount } from '@tensorflow/tfjs-backend-wasm';
        await tf.setBackend('wasm');
        const { backend } = tf.engine();
        const kernel = tf.getKernel('Add', 'wasm');
        await useWasmBackend();
        await loadArticleCnn();
        console.log(tf.engine().backend === backend, tf.getKernel('Add', 'wasm') === kernel, getThreadsCount());`),
    ).toEqual({ status: 0, stdout: 'true true 1\n', stderr: '' });
  });

  it('is shared by the imported and the required copy of this package', () => {
    expect(
      runScript(`${IMPORTS}
        import { createRequire } from 'node:module';
        const other = createRequire(process.cwd() + '/')('layerscope');
        await Promise.all([useWasmBackend(), other.useWasmBackend()]);
        console.log(tf.getBackend());`),
    ).toEqual({ status: 0, stdout: 'wasm\n', stderr: '' });
  });

  it('works when required', () => {
    const { status, stdout, stderr } = runScript(`
      import { createRequire } from 'node:module';
      const require = createRequire(process.cwd() + '/');
      const { useWasmBackend } = require('layerscope');
      const tf = require('@tensorflow/tfjs-core');
      await useWasmBackend();
      console.log(tf.getBackend());`);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'wasm\n', stderr: '' });
  });
});
