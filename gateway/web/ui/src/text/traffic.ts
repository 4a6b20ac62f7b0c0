// What passes through the box, of what it tells of its sessions. Octets and seconds.

export interface Counted {
  readonly tenant: string;
  readonly session: number;
  readonly bytes_up: number;
  readonly bytes_down: number;
}
/** Octets a second until `at`, seconds since 1970; null: nobody looked. */
export interface Sample {
  readonly at: number;
  readonly up: number | null;
  readonly down: number | null;
}
export interface Minute {
  readonly at: number;
  readonly up: number;
  readonly down: number;
}

const most = 900;        // samples: half an hour of one each two seconds
const longestGap = 10;   // seconds without a look; what passed then is of no second

/** Counts on from what each session had when it was looked at before. What a session brought when it was first seen, or while nobody
 *  looked, is of no known second. */
export class Traffic {
  private known: ReadonlyMap<string, Counted> | null = null;
  private isFresh = true;  // there is nothing yet to count on from
  private up = 0;
  private down = 0;
  private sampledAt = 0;
  samples: readonly Sample[] = [];

  take(rows: readonly Counted[]): void {
    const now = new Map(rows.map((row) => [`${row.tenant} ${row.session}`, row]));
    for (const [key, row] of this.known === null ? [] : now) {
      const before = this.known?.get(key);
      this.up += Math.max(0, row.bytes_up - (before?.bytes_up ?? 0));
      this.down += Math.max(0, row.bytes_down - (before?.bytes_down ?? 0));
    }
    this.isFresh ||= this.known === null;
    this.known = now;
  }

  /** `isCurrent`: what was taken last is how it is. */
  sample(at: number, isCurrent: boolean): void {
    const seconds = at - this.sampledAt, isGap = !isCurrent || this.isFresh || seconds > longestGap;
    if (seconds <= 0) return;
    const next = isGap ? { at, up: null, down: null } : { at, up: this.up / seconds, down: this.down / seconds };
    this.samples = [...this.samples.slice(1 - most), next];
    if (!isCurrent || (this.sampledAt !== 0 && seconds > longestGap)) this.known = null;
    this.isFresh = this.known === null;
    this.up = this.down = 0;
    this.sampledAt = at;
  }
}

/** The mean of each whole or begun minute that was looked at, the newest first. */
export function minutesOf(samples: readonly Sample[]): readonly Minute[] {
  const sums = new Map<number, { up: number; down: number; n: number }>();
  for (const { at, up, down } of samples) {
    if (up === null || down === null) continue;
    const minute = Math.floor(at / 60) * 60, sum = sums.get(minute) ?? { up: 0, down: 0, n: 0 };
    sums.set(minute, { up: sum.up + up, down: sum.down + down, n: sum.n + 1 });
  }
  return [...sums].map(([at, { up, down, n }]) => ({ at, up: up / n, down: down / n })).reverse();
}
