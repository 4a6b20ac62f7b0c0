import { t, wordOf } from '../words/index.ts';

// What is stated of the step "noc" of the setting-up: that the centre is told, or that this comes later and who agreed to it.

const told = 'told: ', later = 'later: ';
export const toldTo = (operator: string): string => told + operator;
export const laterBy = (consent: string): string => later + consent;

/** What somebody stated of a step, in words. */
export function statedText(stated: string): string {
  if (stated.startsWith(told)) return t('setup.noc_told_to', { who: stated.slice(told.length) });
  if (stated.startsWith(later)) return t('setup.noc_later_by', { who: stated.slice(later.length) });
  return wordOf('setup_stated', stated);
}
