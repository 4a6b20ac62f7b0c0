import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
/** A table for so many rows as are read at once. On a narrow screen each row becomes a list of its cells with their titles. */
export function Table({ title, columns, rows, keyOf, none }) {
    if (rows.length === 0)
        return _jsx("p", { class: "none", children: none });
    return (_jsxs("table", { class: "rows", children: [_jsx("caption", { class: "unseen", children: title }), _jsx("thead", { children: _jsx("tr", { children: columns.map((column) => _jsx("th", { scope: "col", class: column.isNumber ? 'number' : '', children: column.title }, column.title)) }) }), _jsx("tbody", { children: rows.map((row) => (_jsx("tr", { children: columns.map((column) => (_jsxs("td", { class: [column.isNumber && 'number', column.isAction && 'action'].filter(Boolean).join(' '), children: [_jsx("span", { class: "cell-title", "aria-hidden": "true", children: column.title }), _jsx("span", { class: "cell", children: column.cell(row) })] }, column.title))) }, keyOf(row)))) })] }));
}
export const rowHeight = 44; // pixels; the style sheet has the same
const spare = 8;
/** Which rows are drawn of so many, when the view begins at `top` and is `height` pixels high. */
export function windowOf(top, height, all) {
    const first = Math.max(0, Math.min(Math.floor(top / rowHeight) - spare, all));
    return { first, end: Math.min(all, Math.ceil((top + height) / rowHeight) + spare) };
}
export function sorted(rows, columns, by) {
    const order = columns[by.column]?.order;
    if (!order)
        return rows;
    return [...rows].sort((a, b) => (by.isDown ? order(b, a) : order(a, b)));
}
function Heading({ column, at, by, sort }) {
    if (!column.order)
        return _jsx("th", { scope: "col", children: column.title });
    const isThis = by.column === at, direction = by.isDown ? 'descending' : 'ascending';
    return (_jsx("th", { scope: "col", class: column.isNumber ? 'number' : '', "aria-sort": isThis ? direction : 'none', children: _jsxs("button", { type: "button", class: "sort", onClick: () => sort(at), children: [column.title, _jsx("span", { "aria-hidden": "true", class: "arrow", children: isThis ? (by.isDown ? '▼' : '▲') : '↕' })] }) }));
}
/** A table for very many rows: those in view are drawn, in a part of fixed height that scrolls by itself. */
export function LongTable({ title, columns, rows, keyOf, none }) {
    const scroller = useRef(null), by = useSignal({ column: 0, isDown: false });
    const top = useSignal(0), height = useSignal(600);
    useEffect(() => {
        const part = scroller.current;
        if (part === null)
            return;
        const seen = () => void (height.value = part.clientHeight);
        const watch = new ResizeObserver(seen);
        watch.observe(part);
        return () => watch.disconnect();
    }, [rows.length === 0]);
    const { column, isDown } = by.value;
    const all = useMemo(() => sorted(rows, columns, { column, isDown }), [rows, column, isDown]);
    if (rows.length === 0)
        return _jsx("p", { class: "none", children: none });
    const { first, end } = windowOf(top.value, height.value, rows.length);
    const sort = (at) => void (by.value = { column: at, isDown: by.value.column === at && !by.value.isDown });
    const shown = all.slice(first, end);
    return (_jsx("div", { class: "long", ref: scroller, tabIndex: 0, role: "region", "aria-label": title, onScroll: (event) => void (top.value = event.currentTarget.scrollTop), children: _jsxs("table", { "aria-rowcount": rows.length + 1, children: [_jsx("caption", { class: "unseen", children: title }), _jsx("thead", { children: _jsx("tr", { children: columns.map((column, at) => _jsx(Heading, { column, at, sort, by: by.value }, column.title)) }) }), _jsxs("tbody", { children: [_jsx("tr", { class: "space", "aria-hidden": "true", style: { height: `${first * rowHeight}px` } }), shown.map((row, at) => (_jsx("tr", { "aria-rowindex": first + at + 2, children: columns.map((column) => _jsx("td", { class: column.isNumber ? 'number' : '', children: column.cell(row) }, column.title)) }, keyOf(row)))), _jsx("tr", { class: "space", "aria-hidden": "true", style: { height: `${(rows.length - end) * rowHeight}px` } })] })] }) }));
}
/** A few views of one page. */
export function Tabs({ views }) {
    const at = useSignal(0);
    const move = (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step === undefined)
            return;
        at.value = (at.value + step + views.length) % views.length;
        const tabs = event.currentTarget.querySelectorAll('[role=tab]');
        queueMicrotask(() => tabs[at.value]?.focus());
    };
    return (_jsxs(_Fragment, { children: [_jsx("div", { class: "tabs", role: "tablist", onKeyDown: move, children: views.map((view, index) => (_jsx("button", { type: "button", role: "tab", id: `tab-${index}`, "aria-controls": "tab-view", "aria-selected": index === at.value, tabIndex: index === at.value ? 0 : -1, onClick: () => void (at.value = index), children: view.title }, view.title))) }), _jsx("div", { role: "tabpanel", id: "tab-view", "aria-labelledby": `tab-${at.value}`, tabIndex: 0, children: views[at.value]?.show() })] }));
}
