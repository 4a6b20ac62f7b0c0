import { textOf, texts } from '../state/language.ts';
import type { words } from './table.ts';

export type Key = keyof typeof words;
export type Values = Readonly<Record<string, string | number>>;

export function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function t(key: Key, values: Values = {}): string {
  return filled(textOf(key), values);
}

/** Of an id that the box gave. */
export const hasWords = (group: string, id: string): boolean => `${group}.${id}` in texts.value;

/** Of an id that the box gave; one that has no words here stands for itself. */
export const wordOf = (group: string, id: string): string => (hasWords(group, id) ? t(`${group}.${id}` as Key) : id);
