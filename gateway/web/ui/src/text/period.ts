import { t } from '../words/index.ts';

/** "2026-Q4", and "2026-12", as they are said. */
export function periodText(period: string): string {
  const [, year = '', isQuarter = '', n = ''] = /^(\d{4})-(Q?)(\d{1,2})$/.exec(period) ?? [];
  return year === '' ? period : t(isQuarter === '' ? 'app.month' : 'app.quarter', { year, n });
}
