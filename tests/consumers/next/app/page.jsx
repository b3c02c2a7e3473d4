import { FeatureMaps } from './FeatureMaps';

export default function Page() {
  return <FeatureMaps />;
}
