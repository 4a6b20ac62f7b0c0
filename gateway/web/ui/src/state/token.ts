import { signal } from '@preact/signals';

/** The word that confirms the change that waits. In memory alone: a page that is loaded anew does not have it. */
export const confirmation = signal<{ readonly change: number; readonly token: string } | null>(null);
