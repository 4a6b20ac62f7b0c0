import type { JSX } from 'preact';

import { wordOf } from '../words/index.ts';

/** "process_down:keyd" in words. */
function faultText(id: string): string {
  const at = id.indexOf(':'), key = at < 0 ? id : id.slice(0, at), what = at < 0 ? '' : id.slice(at + 1);
  return wordOf('fault', key).replace('{what}', what);
}

export const Faults = ({ ids }: { ids: readonly string[] }): JSX.Element => <ul>{ids.map((id) => <li key={id}>{faultText(id)}</li>)}</ul>;
