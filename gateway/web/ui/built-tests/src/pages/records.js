import { jsx as _jsx, Fragment as _Fragment, jsxs as _jsxs } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { call } from "../api/client.js";
import { Button, Form, TextField } from "../parts/form.js";
import { Loaded, MarkView, ProblemView } from "../parts/notice.js";
import { Table } from "../parts/table.js";
import { language } from "../state/language.js";
import { useAction, useLoad } from "../state/load.js";
import { instantOf, numberText, whenText } from "../text/format.js";
import { t, wordOf } from "../words/index.js";
const atOnce = 50;
const marks = { info: 'plain', notice: 'plain', warning: 'warn', error: 'bad' };
function Fields({ row }) {
    return (_jsxs("details", { children: [_jsx("summary", { children: t('records.all_fields') }), _jsx("dl", { class: "pairs", children: Object.entries(row).map(([name, value]) => _jsxs(_Fragment, { children: [_jsx("dt", { children: _jsx("code", { children: name }) }), _jsx("dd", { children: typeof value === 'string' ? value : JSON.stringify(value) })] })) })] }));
}
const textOf = (row, name) => (typeof row[name] === 'string' ? row[name] : '');
const textsOf = (row, names, between) => names.map((name) => textOf(row, name)).filter((text) => text !== '').join(between);
function Rows({ rows }) {
    return (_jsx(Table, { title: t('records.table'), rows: rows, keyOf: (row) => row.number, none: t('records.none'), columns: [
            { title: t('records.number'), cell: (row) => row.number, isNumber: true },
            { title: t('records.time'), cell: (row) => whenText(row.ts, language.value, true) },
            { title: t('records.level'), cell: (row) => _jsx(MarkView, { mark: marks[row.level] ?? 'unknown', words: wordOf('level', row.level) }) },
            { title: t('records.what'), cell: (row) => _jsxs(_Fragment, { children: [_jsx("code", { children: row.event }), " ", _jsx("span", { lang: "en", children: row.msg }), " ", _jsx("span", { class: "why", children: textsOf(row, ['object', 'reason', 'detail'], ' ') }), _jsx(Fields, { row: row })] }) },
            { title: t('records.who'), cell: (row) => textsOf(row, ['administrator', 'tenant', 'terminal'], '/') },
        ] }));
}
/** What follows behind the first page of records. */
function More({ query, before }) {
    const rows = useSignal([]), next = useSignal(before);
    const more = useAction(async () => {
        const found = await call('records.find', { query: { ...query, ...(next.value !== undefined && { before: next.value }) } });
        if (found.ok)
            rows.value = [...rows.value, ...found.value.records], next.value = found.value.before;
        return found;
    });
    return (_jsxs(_Fragment, { children: [rows.value.length > 0 && _jsx(Rows, { rows: rows.value }), _jsx(ProblemView, { problem: more.problem.value }), next.value !== undefined && _jsx("div", { class: "buttons", children: _jsx(Button, { busy: more.isBusy.value, onClick: () => void more.run(), children: t('records.more') }) })] }));
}
export function RecordsPage() {
    const from = useSignal(''), until = useSignal(''), tenant = useSignal(''), terminal = useSignal(''), service = useSignal(''), event = useSignal('');
    const query = useSignal({ limit: atOnce });
    const load = useLoad('records.find', { query: query.value });
    const find = useAction(async () => {
        const start = instantOf(from.value), end = instantOf(until.value);
        query.value = { limit: atOnce, ...(start && { from: start }), ...(end && { until: end }), ...(tenant.value && { tenant: tenant.value }),
            ...(terminal.value && { terminal: terminal.value }), ...(service.value && { service: service.value }), ...(event.value && { event: event.value }) };
    });
    const clear = () => {
        for (const field of [from, until, tenant, terminal, service, event])
            field.value = '';
        query.value = { limit: atOnce };
    };
    return (_jsxs(_Fragment, { children: [_jsx("p", { children: t('records.intro') }), _jsx("div", { class: "part", children: _jsx(Form, { action: find, submit: t('records.find'), more: _jsx(Button, { onClick: clear, children: t('records.clear') }), children: _jsxs("div", { class: "filters", children: [_jsx(TextField, { label: t('records.from'), value: from, type: "datetime-local" }), _jsx(TextField, { label: t('records.until'), value: until, type: "datetime-local" }), _jsx(TextField, { label: t('connections.tenant'), value: tenant, most: 63 }), _jsx(TextField, { label: t('connections.terminal'), value: terminal, most: 63 }), _jsx(TextField, { label: t('connections.service'), value: service, most: 63 }), _jsx(TextField, { label: t('records.event'), help: t('records.event_help'), value: event, most: 63 })] }) }) }), _jsx(Loaded, { load: load, children: (given) => (_jsxs("div", { class: "part", children: [_jsx("p", { role: "status", children: t('records.count', { n: numberText(given.records.length) }) }), _jsx(Rows, { rows: given.records }), given.before !== undefined && _jsx(More, { query: query.value, before: given.before }, given.before)] })) })] }));
}
