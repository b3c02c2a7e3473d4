'use client';

import { useEffect, useRef } from 'react';
import { drawFigures } from './drawFigures';
import { drawInWorker } from './drawInWorker';

export function FeatureMaps() {
  const main = useRef(null);
  useEffect(() => {
    const draw = new URLSearchParams(location.search).has('worker') ? drawInWorker : drawFigures;
    draw(main.current).then((result) => {
      window.result = result;
    });
  }, []);
  return <main ref={main} />;
}
