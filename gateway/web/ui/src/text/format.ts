import type { Language } from '../state/language.ts';

// Numbers and times as they are shown: twenty-four hours, Japan's time, years of the common era.

const zone = 'Asia/Tokyo';
/** Made when it is needed first, since the page before sign-in shows no time and is to be there at once. */
function later<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
const parts = later(() => new Intl.DateTimeFormat('en-CA', {
  timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
}));

function fields(time: Date): Record<string, string> {
  return Object.fromEntries(parts().formatToParts(time).map((part) => [part.type, part.value]));
}

/** "2026年11月21日 14:05" */
export function whenText(time: string | number | undefined, language: Language, withSeconds = false): string {
  if (time === undefined || time === '') return '—';
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return String(time);
  const f = fields(date);
  const clock = `${f['hour']}:${f['minute']}${withSeconds ? `:${f['second']}` : ''}`;
  if (language === 'en') return `${f['year']}-${f['month']}-${f['day']} ${clock}`;
  return `${f['year']}年${Number(f['month'])}月${Number(f['day'])}日 ${clock}`;
}

/** Of what began then and goes on: today's time of day is enough. */
export function sinceText(time: string, language: Language, now: number = Date.now()): string {
  const whole = whenText(time, language), today = whenText(now, language).replace(/ .*/, ' ');
  return whole.startsWith(today) ? whole.slice(today.length) : whole;
}

/** For an input of the kind datetime-local, in Japan's time. */
export function localText(time: number): string {
  const f = fields(new Date(time));
  return `${f['year']}-${f['month']}-${f['day']}T${f['hour']}:${f['minute']}`;
}
/** RFC 3339, of what such an input holds. */
export function instantOf(local: string): string | undefined {
  const date = new Date(`${local}${local.length === 16 ? ':00' : ''}+09:00`);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Three digits. */
export function octetsText(octets: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = octets, unit = 0;
  while (size >= 999.5 && unit < units.length - 1) size /= 1000, unit += 1;
  return `${unit === 0 ? String(size) : size.toPrecision(3)} ${units[unit]}`;
}

export const numberText = (number: number): string => new Intl.NumberFormat('ja-JP').format(number);

/** "2:05", "1:02:05" */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds)), hours = Math.floor(whole / 3600);
  const two = (n: number): string => String(n).padStart(2, '0');
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** Of a fingerprint, what people compare: sixteen digits in groups of four. */
export const spoken = (fingerprint: string): string => fingerprint.slice(0, 16).replace(/(.{4})(?=.)/g, '$1 ');

const collator = later(() => new Intl.Collator('ja', { numeric: true }));
export const byName = (a: string, b: string): number => collator().compare(a, b);
