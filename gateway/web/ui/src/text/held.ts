// A list that changes while somebody reads it: rows that are held still, and rows that somebody has pinned.

export interface Row {
  readonly tenant: string;
  readonly session: number;
}
export const keyOf = (row: Row): string => `${row.tenant} ${row.session}`;

export interface Held<T> {
  readonly rows: readonly T[];
  /** Keys of those that are not there any more. */
  readonly gone: ReadonlySet<string>;
  /** How many there are that are not shown. */
  readonly fresh: number;
}

/** `still`: the rows as they were when they were held; null: they are not. `pinned`: each as it was seen last, by its key. A row that
 *  ended stays where it is held or pinned. `isKnown`: whether a row that is not among the `live` ones has really ended. */
export function heldOf<T extends Row>(live: readonly T[], still: readonly T[] | null, pinned: ReadonlyMap<string, T>, isKnown: (row: T) => boolean): Held<T> {
  if (still === null && pinned.size === 0) return { rows: live, gone: new Set(), fresh: 0 };
  const alive = new Set(live.map(keyOf)), shown = still ?? live, there = new Set(shown.map(keyOf));
  const rows = [...shown, ...[...pinned].filter(([key]) => !there.has(key)).map(([, row]) => row)];
  const gone = new Set(rows.filter((row) => !alive.has(keyOf(row)) && isKnown(row)).map(keyOf));
  return { rows, gone, fresh: still === null ? 0 : live.filter((row) => !there.has(keyOf(row)) && !pinned.has(keyOf(row))).length };
}
