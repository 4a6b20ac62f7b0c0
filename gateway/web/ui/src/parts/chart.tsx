import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { pathOf, scaleOf, timeSplits, valueSplits, type Range } from '../text/plot.ts';

export interface Line {
  readonly kind: string;  // a class of style.css
  readonly values: readonly (number | null)[];
}
interface ChartProps {
  label: string;
  at: readonly number[];  // seconds since 1970, rising
  lines: readonly Line[];
  timeText: (seconds: number) => string;
  valueText: (value: number) => string;
}
const height = 180, left = 90, below = 26, above = 10, right = 36;  // pixels; a label is as wide as `left`
const leastSpan = 60;   // seconds: fewer would have the same label at many places
const leastValue = 1000;

function timesOf(at: readonly number[]): Range {
  const high = at.at(-1) ?? Date.now() / 1000;
  return { low: Math.min(at[0] ?? high, high - leastSpan), high };
}
const valuesOf = (lines: readonly Line[]): Range =>
  ({ low: 0, high: Math.max(leastValue, ...lines.flatMap((line) => line.values.map((value) => (value ?? 0) * 1.1))) });

function Drawing({ at, lines, timeText, valueText, width }: ChartProps & { width: number }): JSX.Element {
  const times = timesOf(at), values = valuesOf(lines), foot = height - below, end = width - right;
  const x = scaleOf(times, left, end), y = scaleOf(values, foot, above);
  return (
    <svg width={width} height={height} aria-hidden="true">
      {timeSplits(times, end - left, left, x).map(({ value, place }) => (
        <g key={value}><path class="grid" d={`M${place} ${above}V${foot}`} /><text x={place} y={height - 6} text-anchor="middle">{timeText(value)}</text></g>
      ))}
      {valueSplits(values, 4, y).map(({ value, place }) => (
        <g key={value}><path class="grid" d={`M${left} ${place}H${end}`} /><text x={left - 8} y={place + 5} text-anchor="end">{valueText(value)}</text></g>
      ))}
      {lines.map((line) => <path key={line.kind} class={line.kind} d={pathOf(at, line.values, x, y)} />)}
    </svg>
  );
}

/** Lines over time. Whoever does not see them is told `label`, and finds the numbers in a table beside. */
export function Chart(given: ChartProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null), width = useSignal(0);
  useEffect(() => {
    const part = place.current;
    if (part === null) return;
    const watch = new ResizeObserver(() => void (width.value = part.clientWidth));
    watch.observe(part);
    return () => watch.disconnect();
  }, []);
  return <div class="chart" ref={place} role="img" aria-label={given.label}>{width.value > left + right && <Drawing {...given} width={width.value} />}</div>;
}
