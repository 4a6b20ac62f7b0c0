import type { JSX } from 'preact';

import { language } from '../state/language.ts';
import { whenText } from '../text/format.ts';
import { leftOf } from '../text/left.ts';
import { t, wordOf } from '../words/index.ts';
import { MarkView, type Mark } from './notice.tsx';

const marks: Readonly<Record<string, Mark>> = {
  valid: 'good', fresh: 'good', soon: 'warn', not_yet: 'warn', requested: 'warn', ended: 'bad', missing: 'bad', stale: 'bad', none: 'plain',
};

/** The state of something that ends, as a sign and a word. */
export function StateView({ state }: { state: string }): JSX.Element {
  return <MarkView mark={marks[state] ?? 'unknown'} words={wordOf('cert_state', state)} />;
}

/** How much time is left, and until when. */
export function Remaining({ state, days, until }: { state: string; days?: number | undefined; until?: string | undefined }): JSX.Element {
  if (until === undefined) return <>{t('app.nothing')}</>;
  const left = leftOf(days ?? 0);
  return <>{state !== 'ended' && <><span class="strong">{t(left.key, { n: left.n })}</span><br /></>}<span class="whole">{whenText(until, language.value)}</span></>;
}
