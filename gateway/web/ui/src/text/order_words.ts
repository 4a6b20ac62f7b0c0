// What became of an order of the operations centre, and what it is about, where the box says so in a sentence of its own
// (gateway/control/order_progress.cpp, gateway/model/cut.cpp). What people wrote stays as it is.

import { language } from '../state/language.ts';
import { t, type Key } from '../words/index.ts';
import { outcomeInJapanese } from './change_words.ts';
import { spoken } from './format.ts';

const outcomes: readonly (readonly [RegExp, Key])[] = [
  [/^its time was over$/, 'noc.order_late'],
  [/^another change was confirmed meanwhile$/, 'noc.order_overtaken'],
  [/may have done it$/, 'noc.order_perhaps'],
  [/^the key that signed it/, 'noc.order_keyless'],
  [/^it is carried out already/, 'noc.order_stays'],
  [/^the operations centre took it back$/, 'noc_order_state.withdrawn'],
  [/^cut\.unknown_name\b/, 'noc.order_no_terminal'],
];

export function outcomeInWords(outcome: string): string {
  const known = outcomes.find(([form]) => form.test(outcome));
  if (known) return t(known[1]);
  return language.value === 'ja' ? outcomeInJapanese(outcome) : outcome;
}

/** "certificate SHA256 of karte/desk-1", "certificates of karte/desk-1" */
export function revocationInWords(what: string): string {
  const found = /^certificates?(?: ([0-9a-f]{64}))? of ([^/]+)\/(.+)$/.exec(what);
  if (!found) return what;
  const [, certificate, tenant = '', terminal = ''] = found;
  return certificate === undefined
    ? t('noc.order_certificates', { tenant, terminal })
    : t('noc.order_certificate', { tenant, terminal, certificate: spoken(certificate) });
}
