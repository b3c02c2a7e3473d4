// The house in rooms: `npm run lint` fails where an import leads upwards or in a circle. docs/architecture.md says what
// each room is for.

/** From top to bottom: a room uses those below it and none above. */
const ROOMS = [
  'standalone',
  'compositions',
  'cli',
  'node',
  'explorer',
  'explain',
  'training',
  'render',
  'export',
  'figure',
  'statistics',
  'activations',
  'formats',
  'model',
  'image',
  'data',
  'backend',
  'common',
];

/** The compositions and the contents page are the files that lie loose in `src`; every other room is a folder. */
const pathOf = (room) => (room === 'compositions' ? '^src/[^/]+$' : `^src/${room}/`);

const upward = ROOMS.slice(1).map((room, index) => ({
  name: `${room} uses no room above it`,
  comment: `Rooms from top to bottom: ${ROOMS.join(', ')}. Move what both need into a room below.`,
  severity: 'error',
  from: { path: pathOf(room) },
  to: { path: ROOMS.slice(0, index + 1).map(pathOf) },
}));

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'every file is in a room',
      comment: 'A new room needs its place in the list of this file and in docs/architecture.md.',
      severity: 'error',
      from: { path: '^src/', pathNot: ROOMS.map(pathOf) },
      to: {},
    },
    {
      name: 'no circle of files',
      comment: 'Move what both files need into a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no circle of folders',
      comment: 'Of two folders, one is the other’s; move what both need into a third.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    {
      name: 'TensorFlow.js stays before the figure',
      comment: 'From the activation on, everything is plain data.',
      severity: 'error',
      from: { path: '^src/(common|figure|export|render)/', pathNot: '^src/render/film/recordFilm[.]ts$' },
      to: { path: '@tensorflow/' },
    },
    {
      name: 'modules of Node stay in node and cli',
      comment: 'What runs in pages too asks src/common/files/builtins.ts, which bundlers do not follow.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(node|cli)/' },
      to: { dependencyTypes: ['core'], dependencyTypesNot: ['type-only', 'type-import'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/training/assembly/' },
  },
};
