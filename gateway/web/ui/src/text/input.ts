// What people type in Japanese: full-width digits, dots, hyphens and spaces mean the half-width ones where a name, number or
// address is asked for. What was changed is shown to them.

const dashes = /[\u2010-\u2015\u2212\u30fc\uff70]/g;

/** Of a name, number, address or code; free text is left alone. */
export function normalised(typed: string): string {
  return typed.normalize('NFKC').replace(dashes, '-').replace(/\u3002/g, '.').replace(/\u3001/g, ',').trim();
}

/** One-time and recovery codes are told with blanks and hyphens for the eye. */
export const withoutBlanks = (typed: string): string => normalised(typed).replace(/\s+/g, '');

/** A port's number; null: it is none. */
export function portOf(typed: string): number | null {
  const text = normalised(typed), port = Number(text);
  return /^[0-9]{1,5}$/.test(text) && port >= 1 && port <= 65535 ? port : null;
}

/** Is Enter part of the conversion of kana, not of the form? */
export function isConverting(event: { isComposing: boolean; keyCode: number }): boolean {
  return event.isComposing || event.keyCode === 229;
}
