import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import { Traffic, type Counted, type Sample } from '../text/traffic.ts';
import { isHidden } from './talk.ts';

const sampledEach = 2000;  // milliseconds

const traffic = new Traffic();
export const samples = signal<readonly Sample[]>([]);
export const isStill = signal(false);  // somebody wants to look at it at leisure

/** Samples what is told of the sessions while the page is looked at; what was seen stays until the browser loads the pages anew.
 *  `isCurrent`: the box tells each change. Where it has to be asked there is nothing to be sampled so often. */
export function useTraffic(rows: readonly Counted[] | undefined, isCurrent: boolean): void {
  const current = useRef(isCurrent);
  current.current = isCurrent;
  useEffect(() => void (rows && isCurrent && traffic.take(rows)), [rows, isCurrent]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (isHidden.value) return;
      traffic.sample(Date.now() / 1000, current.current);
      if (!isStill.value) samples.value = traffic.samples;
    }, sampledEach);
    return () => clearInterval(timer);
  }, []);
}
