import type { JSX } from 'preact';

import type { Followed } from '../state/follow.ts';
import { language } from '../state/language.ts';
import { whenText } from '../text/format.ts';
import { t } from '../words/index.ts';

/** Where the box does not tell what changes, how old the data is. */
export function Older({ load, every }: { load: Followed<unknown>; every: number }): JSX.Element | null {
  if (!load.isAsked.value || load.data.value === null) return null;
  return <p class="strong">{t('app.asked', { n: every / 1000, time: whenText(load.asOf.value, language.value, true) })}</p>;
}
