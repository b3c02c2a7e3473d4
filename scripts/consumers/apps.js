/**
 * The apps, each installed and built once, and its views, each opened in Chromium.
 *
 * `shared` is the folder of the app that the files of tests/consumers/shared go to; `serve` the folder that a web server
 * would serve, `start` a server of the tool's own, its last argument a port. `worker` and `threads` say that the app can
 * draw in a worker, and on threads: `?worker`, `?threads`; `isolated` that it is opened on a cross-origin-isolated page, too.
 * `minified: false` says of a build that the sizes of its files are not what an app would serve.
 * `versions` are those of its packages that the app is installed with instead, under the name of `copy`.
 * `guide` is the folder that the programs of docs/guide.md go to, and says of a view that it draws as they do: two canvases.
 * The views called "awaiting" draw that at the top level of a module, as tests/consumers/shared/awaiting.js does.
 */
export const apps = [
  {
    source: 'tests/consumers/vite',
    shared: '.',
    views: [
      { name: 'vite', serve: 'dist', worker: true, isolated: true, threads: true },
      {
        name: 'vite dev',
        start: ['vite/bin/vite.js', '--strictPort', '--host', '127.0.0.1', '--port'],
        worker: true,
        developing: true,
      },
    ],
  },
  {
    source: 'tests/consumers/vite5',
    guide: 'guide',
    views: [
      { name: 'vite 5, the guide', serve: 'dist', guide: true },
      { name: 'vite 5, in a worker', serve: 'dist-worker', page: '/worker.html', guide: true },
    ],
  },
  {
    source: 'tests/consumers/vite7',
    shared: 'shared',
    guide: 'guide',
    views: [
      { name: 'vite 7, awaiting', serve: 'dist', guide: true },
      { name: 'vite 7, in a worker', serve: 'dist-worker', page: '/worker.html', guide: true },
    ],
  },
  // Rollup before 4.65 puts what a file loaded later has in common with the app into the app's own.
  {
    source: 'tests/consumers/vite7',
    copy: 'tests/consumers/vite7 with rollup 4.60',
    versions: { rollup: '4.60.0' },
    shared: 'shared',
    guide: 'guide',
    views: [
      { name: 'vite 7 with rollup 4.60, awaiting', serve: 'dist', guide: true },
      {
        name: 'vite 7 with rollup 4.60, in a worker',
        serve: 'dist-worker',
        page: '/worker.html',
        guide: true,
      },
    ],
  },
  {
    source: 'tests/consumers/rollup',
    shared: '.',
    minified: false,
    guide: 'guide',
    views: [
      { name: 'rollup', serve: '.', worker: true },
      { name: 'rollup, awaiting', serve: '.', page: '/awaiting.html', guide: true },
      { name: 'rollup, in a worker', serve: '.', page: '/worker.html', guide: true },
    ],
  },
  {
    source: 'tests/consumers/rollup',
    copy: 'tests/consumers/rollup 4.60',
    versions: { rollup: '4.60.0' },
    shared: '.',
    minified: false,
    guide: 'guide',
    views: [
      { name: 'rollup 4.60', serve: '.', worker: true },
      { name: 'rollup 4.60, awaiting', serve: '.', page: '/awaiting.html', guide: true },
      { name: 'rollup 4.60, in a worker', serve: '.', page: '/worker.html', guide: true },
    ],
  },
  {
    // It shares no bundles: of what a worker imports and loads later, too, Parcel's shared bundles leave modules out.
    source: 'tests/consumers/parcel',
    shared: 'shared',
    guide: 'guide',
    views: [
      { name: 'parcel, awaiting', serve: 'dist', guide: true },
      { name: 'parcel, in a worker', serve: 'dist', page: '/worker.html', guide: true },
    ],
  },
  {
    source: 'tests/consumers/astro',
    shared: 'src/shared',
    guide: 'src/guide',
    views: [
      { name: 'astro, awaiting', serve: 'dist', guide: true },
      { name: 'astro, in a worker', serve: 'dist', page: '/worker/', guide: true },
    ],
  },
  {
    source: 'tests/consumers/webpack',
    shared: 'src',
    views: [{ name: 'webpack', serve: '.', worker: true, isolated: true, threads: true }],
  },
  {
    source: 'tests/consumers/esbuild',
    shared: '.',
    guide: 'guide',
    views: [
      { name: 'esbuild, one file', serve: '.', isolated: true, threads: true },
      { name: 'esbuild, split', serve: '.', page: '/split.html', isolated: true, threads: true },
      { name: 'esbuild, the guide', serve: '.', page: '/guide.html', guide: true },
      { name: 'esbuild, in a worker', serve: '.', page: '/worker.html', guide: true },
    ],
  },
  {
    source: 'tests/consumers/next',
    shared: 'app',
    views: [
      {
        name: 'next',
        start: ['next/dist/bin/next', 'start', '--hostname', '127.0.0.1', '--port'],
        worker: true,
      },
    ],
  },
  {
    source: 'tests/consumers/page',
    built: false,
    views: [{ name: 'page without a bundler', serve: '.', isolated: true }],
  },
  {
    source: 'examples/vite-app',
    // It is for people to copy, so it leaves nothing for this check but its canvases.
    views: [{ name: 'examples/vite-app', serve: 'dist', example: true }],
  },
];
