import { signal } from '@preact/signals';

import type { Outcome, Problem } from '../api/client.ts';

/** What was done a moment ago and can be taken back for a while. */
export interface Undo {
  readonly words: string;
  readonly until: number;
  readonly undo: () => Promise<Outcome<unknown>>;
}
export const undoFor = 30_000;  // milliseconds

export const undo = signal<Undo | null>(null);
export const undoProblem = signal<Problem | null>(null);

export function offerUndo(words: string, back: () => Promise<Outcome<unknown>>): void {
  undoProblem.value = null;
  const offered = { words, until: Date.now() + undoFor, undo: back };
  undo.value = offered;
  setTimeout(() => {
    if (undo.value === offered) undo.value = null;
  }, undoFor);
}
