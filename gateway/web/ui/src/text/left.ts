/** How long something counts yet, as people say it: a key of the catalogue and its number. */
export interface Left {
  readonly key: 'left.today' | 'left.days' | 'left.months' | 'left.years';
  readonly n: number;
}

const mostDays = 60, mostMonths = 24;
const daysOfMonth = 30.44, daysOfYear = 365.25;

export function leftOf(days: number): Left {
  if (days < 1) return { key: 'left.today', n: 0 };
  if (days <= mostDays) return { key: 'left.days', n: days };
  const months = Math.floor(days / daysOfMonth);
  return months < mostMonths ? { key: 'left.months', n: months } : { key: 'left.years', n: Math.floor(days / daysOfYear) };
}
