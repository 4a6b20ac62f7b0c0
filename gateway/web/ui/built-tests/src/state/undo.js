import { signal } from '@preact/signals';
export const undoFor = 30_000; // milliseconds
export const undo = signal(null);
export const undoProblem = signal(null);
export function offerUndo(words, back) {
    undoProblem.value = null;
    const offered = { words, until: Date.now() + undoFor, undo: back };
    undo.value = offered;
    setTimeout(() => {
        if (undo.value === offered)
            undo.value = null;
    }, undoFor);
}
