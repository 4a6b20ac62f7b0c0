import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import { Traffic, type Counted, type Sample } from '../text/traffic.ts';
import { isHidden } from './talk.ts';

const sampledEach = 2000;  // milliseconds

const traffic = new Traffic();
export const samples = signal<readonly Sample[]>([]);

/** Samples what is told of the sessions, as long as the page is looked at; what was seen stays until the browser loads the pages anew. */
export function useTraffic(rows: readonly Counted[] | undefined): void {
  useEffect(() => void (rows && traffic.take(rows)), [rows]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (isHidden.value) return;
      traffic.sample(Date.now() / 1000);
      samples.value = traffic.samples;
    }, sampledEach);
    return () => clearInterval(timer);
  }, []);
}
