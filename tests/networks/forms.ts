import type { GraphModel } from '@tensorflow/tfjs-converter';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { loadGraph } from '../model/graph/graphDef';
import { loadLayersNetwork } from './loadLayersNetwork';
import type { NetworkFixture } from './networkFixtures';
import { writeNetworkGraph } from './writeNetworkGraph';

/** TensorFlow.js has no operation for a transposed convolution of three sizes in a graph model. */
const inGraphs = (name: string) => name !== 'volumes_up';

export const GRAPH_FORMS = [
  {
    form: 'graph models as TensorFlow writes them',
    networks: inGraphs,
    load: (network: NetworkFixture): Promise<GraphModel> => loadGraph(writeNetworkGraph(network, false)),
  },
  {
    form: 'graph models with their nodes fused',
    networks: inGraphs,
    load: (network: NetworkFixture): Promise<GraphModel> => loadGraph(writeNetworkGraph(network, true)),
  },
] as const;

export const LAYERS_FORM = {
  form: 'layers models',
  networks: () => true,
  load: (network: NetworkFixture): Promise<LayersModel> => loadLayersNetwork(network),
} as const;

/** The kinds of models that a network is built as, and which of the networks can be. */
export const FORMS = [LAYERS_FORM, ...GRAPH_FORMS] as const;
