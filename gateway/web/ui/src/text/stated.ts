import { language } from '../state/language.ts';
import { t, wordOf } from '../words/index.ts';
import { whenText } from './format.ts';

// What is stated of the step "noc" of the setting-up: that the centre is told, or that this comes later and who agreed to it.

const told = 'told: ', later = 'later: ';
export const toldTo = (operator: string): string => told + operator;
export const laterBy = (consent: string): string => later + consent;

const moment = /^\d{4}-\d\d-\d\dT/, digest = /^[0-9a-f]{64}$/;

/** What somebody stated of a step, in words. */
export function statedText(stated: string): string {
  if (stated.startsWith(told)) return t('setup.noc_told_to', { who: stated.slice(told.length) });
  if (stated.startsWith(later)) return t('setup.noc_later_by', { who: stated.slice(later.length) });
  if (moment.test(stated)) return t('setup.time_stated', { time: whenText(stated, language.value, true) });
  if (digest.test(stated)) return t('setup.identity_stated', { fingerprint: stated.replace(/(.{4})(?=.)/g, '$1 ') });
  return wordOf('setup_stated', stated);
}
