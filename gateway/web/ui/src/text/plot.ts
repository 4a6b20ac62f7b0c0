// Lines over time as they are drawn: places in pixels, from the top left.

export interface Range {
  readonly low: number;
  readonly high: number;
}
export interface Split {
  readonly value: number;
  readonly place: number;
}
export type Scale = (value: number) => number;

export const scaleOf = ({ low, high }: Range, from: number, to: number): Scale => (value) => from + ((value - low) / (high - low)) * (to - from);

const clockSteps = [5, 10, 15, 30, 60, 120, 300, 600];  // seconds that people count by
/** 1, 2 or 5 and noughts. */
function roundStep(least: number): number {
  const noughts = 10 ** Math.floor(Math.log10(least));
  return noughts * ([1, 2, 5].find((one) => one * noughts >= least) ?? 10);
}

function splits({ low, high }: Range, step: number, scale: Scale): Split[] {
  const first = Math.ceil(low / step), last = Math.floor(high / step);
  return Array.from({ length: last - first + 1 }, (_, at) => ({ value: (first + at) * step, place: scale((first + at) * step) }));
}

/** So that labels of `room` pixels stand beside each other on `size`. */
export function timeSplits(range: Range, size: number, room: number, scale: Scale): Split[] {
  const least = ((range.high - range.low) * room) / size;
  return splits(range, clockSteps.find((one) => one >= least) ?? Math.ceil(least / 600) * 600, scale);
}
export function valueSplits(range: Range, most: number, scale: Scale): Split[] {
  return splits(range, roundStep((range.high - range.low) / most), scale);
}

/** What an SVG path is drawn by; a value that nobody knows is a gap, and one between two gaps a dot. */
export function pathOf(at: readonly number[], values: readonly (number | null)[], x: Scale, y: Scale): string {
  let isDrawing = false;
  const one = (n: number): string => n.toFixed(1);
  return at.map((time, n) => {
    const value = values[n], begins = !isDrawing;
    isDrawing = value != null;
    if (value == null) return '';
    const isAlone = begins && values[n + 1] == null;
    return `${begins ? 'M' : 'L'}${one(x(time))} ${one(y(value))}${isAlone ? 'h0' : ''}`;
  }).join('');
}
