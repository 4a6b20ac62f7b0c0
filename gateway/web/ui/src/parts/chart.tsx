import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';

export interface Line {
  readonly name: string;
  readonly color: string;  // a custom property of style.css
  readonly values: readonly (number | null)[];
}
interface ChartProps {
  label: string;
  at: readonly number[];  // seconds since 1970, rising
  lines: readonly Line[];
  timeText: (seconds: number) => string;
  valueText: (value: number) => string;
}
const height = 180;  // pixels

const leastSpan = 60;  // seconds: fewer would have the same label at many places
function spanOf(first: number | null, last: number | null): [number, number] {
  const end = last ?? Date.now() / 1000;
  return [Math.min(first ?? end, end - leastSpan), end];
}

function optionsOf({ lines, timeText, valueText }: ChartProps, place: HTMLElement): uPlot.Options {
  const styles = getComputedStyle(place), color = (name: string): string => styles.getPropertyValue(name).trim();
  const axis = { stroke: color('--ink'), grid: { stroke: color('--line'), width: 1 }, ticks: { stroke: color('--line'), width: 1 }, font: '14px sans-serif' };
  return {
    width: place.clientWidth, height, cursor: { drag: { x: false, y: false } }, legend: { show: false },
    scales: { x: { range: (_, first, last) => spanOf(first, last) }, y: { range: (_, __, most) => [0, Math.max(1000, most * 1.1)] } },
    axes: [{ ...axis, space: 90, values: (_, splits) => splits.map(timeText) }, { ...axis, size: 90, values: (_, splits) => splits.map(valueText) }],
    series: [{}, ...lines.map((line, at) => ({ label: line.name, stroke: color(line.color), width: 2, points: { show: false }, ...(at > 0 && { dash: [6, 4] }) }))],
  };
}

/** Lines over time. Whoever does not see them is told `label`, and finds the numbers in a table beside. The library comes when a chart is shown. */
export function Chart(given: ChartProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null), plot = useRef<uPlot | null>(null), latest = useRef(given);
  latest.current = given;
  const dataOf = ({ at, lines }: ChartProps): uPlot.AlignedData => [[...at], ...lines.map((line) => [...line.values])];
  useEffect(() => {
    let isGone = false;
    const resized = new ResizeObserver(() => {
      if (place.current) plot.current?.setSize({ width: place.current.clientWidth, height });
    });
    void import('uplot').then(({ default: Plot }) => {
      if (isGone || !place.current) return;
      plot.current = new Plot(optionsOf(latest.current, place.current), dataOf(latest.current), place.current);
      resized.observe(place.current);
    });
    return () => {
      isGone = true;
      resized.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, []);
  useEffect(() => void plot.current?.setData(dataOf(given)), [given.at]);
  return <div class="chart" ref={place} role="img" aria-label={given.label} />;
}
