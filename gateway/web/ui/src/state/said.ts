import { signal } from '@preact/signals';

/** The last thing that was done, for the eye and, politely, for the ear. */
export const said = signal('');

export function say(words: string): void {
  said.value = '';
  queueMicrotask(() => void (said.value = words));
}
