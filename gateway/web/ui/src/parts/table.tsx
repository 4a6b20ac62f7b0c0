import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';


export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => ComponentChildren;
  readonly order?: (a: T, b: T) => number;
  readonly isNumber?: boolean;
  readonly isAction?: boolean;
}

interface TableProps<T> {
  title: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string | number;
  none: string;
}

/** A table for so many rows as are read at once. On a narrow screen each row becomes a list of its cells with their titles. */
export function Table<T>({ title, columns, rows, keyOf, none }: TableProps<T>): JSX.Element {
  if (rows.length === 0) return <p class="none">{none}</p>;
  return (
    <table class="rows">
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>{columns.map((column) => <th key={column.title} scope="col" class={column.isNumber ? 'number' : ''}>{column.title}</th>)}</tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column) => (
              <td key={column.title} class={[column.isNumber && 'number', column.isAction && 'action'].filter(Boolean).join(' ')}>
                <span class="cell-title" aria-hidden="true">{column.title}</span>
                <span class="cell">{column.cell(row)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export const rowHeight = 44;  // pixels; the style sheet has the same
const spare = 8;

/** Which rows are drawn of so many, when the view begins at `top` and is `height` pixels high. */
export function windowOf(top: number, height: number, all: number): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight) - spare, all));
  return { first, end: Math.min(all, Math.ceil((top + height) / rowHeight) + spare) };
}

/** Those that `isFirst` says stand on top. */
const ahead = <T,>(rows: readonly T[], isFirst: (row: T) => boolean): readonly T[] => [...rows.filter(isFirst), ...rows.filter((row) => !isFirst(row))];

interface Sorting {
  readonly column: number;
  readonly isDown: boolean;
}
export function sorted<T>(rows: readonly T[], columns: readonly Column<T>[], by: Sorting): readonly T[] {
  const order = columns[by.column]?.order;
  if (!order) return rows;
  return [...rows].sort((a, b) => (by.isDown ? order(b, a) : order(a, b)));
}

function Heading<T>({ column, at, by, sort }: { column: Column<T>; at: number; by: Sorting; sort: (at: number) => void }): JSX.Element {
  if (!column.order) return <th scope="col">{column.title}</th>;
  const isThis = by.column === at, direction = by.isDown ? 'descending' : 'ascending';
  return (
    <th scope="col" class={column.isNumber ? 'number' : ''} aria-sort={isThis ? direction : 'none'}>
      <button type="button" class="sort" onClick={() => sort(at)}>
        {column.title}
        <span aria-hidden="true" class="arrow">{isThis ? (by.isDown ? '▼' : '▲') : '↕'}</span>
      </button>
    </th>
  );
}

/** A browser leaves what has the focus where it is if an edge of it is in sight. */
const bringIn = (event: FocusEvent): void => (event.target as HTMLElement).scrollIntoView({ block: 'nearest', inline: 'nearest' });

/** A table for very many rows: those in view are drawn, in a part of fixed height that scrolls by itself. */
export function LongTable<T>({ title, columns, rows, keyOf, none, isFirst }: TableProps<T> & { isFirst?: (row: T) => boolean }): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null), by = useSignal<Sorting>({ column: 0, isDown: false });
  const top = useSignal(0), height = useSignal(600);
  useEffect(() => {
    const part = scroller.current;
    if (part === null) return;
    const seen = (): void => void (height.value = part.clientHeight);
    const watch = new ResizeObserver(seen);
    watch.observe(part);
    return () => watch.disconnect();
  }, [rows.length === 0]);
  const { column, isDown } = by.value;
  const inOrder = useMemo(() => sorted(rows, columns, { column, isDown }), [rows, column, isDown]);
  const all = isFirst ? ahead(inOrder, isFirst) : inOrder;
  if (rows.length === 0) return <p class="none">{none}</p>;
  const { first, end } = windowOf(top.value, height.value, rows.length);
  const sort = (at: number): void => void (by.value = { column: at, isDown: by.value.column === at && !by.value.isDown });
  const shown = all.slice(first, end);
  return (
    <div class="long" ref={scroller} tabIndex={0} role="region" aria-label={title} onFocusIn={bringIn} onScroll={(event) => void (top.value = event.currentTarget.scrollTop)}>
      <table aria-rowcount={rows.length + 1}>
        <caption class="unseen">{title}</caption>
        <thead><tr>{columns.map((column, at) => <Heading key={column.title} {...{ column, at, sort }} by={by.value} />)}</tr></thead>
        <tbody>
          <tr class="space" aria-hidden="true" style={{ height: `${first * rowHeight}px` }} />
          {shown.map((row, at) => (
            <tr key={keyOf(row)} aria-rowindex={first + at + 2}>
              {columns.map((column) => <td key={column.title} class={column.isNumber ? 'number' : ''}>{column.cell(row)}</td>)}
            </tr>
          ))}
          <tr class="space" aria-hidden="true" style={{ height: `${(rows.length - end) * rowHeight}px` }} />
        </tbody>
      </table>
    </div>
  );
}

/** A few views of one page; `first` is the one that is shown to begin with. */
export function Tabs({ views, first = 0 }: { views: readonly { readonly title: string; readonly show: () => ComponentChildren }[]; first?: number }): JSX.Element {
  const at = useSignal(first);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    at.value = (at.value + step + views.length) % views.length;
    const tabs = (event.currentTarget as HTMLElement).querySelectorAll<HTMLButtonElement>('[role=tab]');
    queueMicrotask(() => tabs[at.value]?.focus());
  };
  return (
    <>
      <div class="tabs" role="tablist" onKeyDown={move}>
        {views.map((view, index) => (
          <button key={view.title} type="button" role="tab" id={`tab-${index}`} aria-controls="tab-view" aria-selected={index === at.value}
            tabIndex={index === at.value ? 0 : -1} onClick={() => void (at.value = index)}>{view.title}</button>
        ))}
      </div>
      <div role="tabpanel" id="tab-view" aria-labelledby={`tab-${at.value}`} tabIndex={0}>{views[at.value]?.show()}</div>
    </>
  );
}

