import { jsx as _jsx, Fragment as _Fragment, jsxs as _jsxs } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { call } from "../api/client.js";
import { Ask } from "../parts/dialog.js";
import { Button, TextField } from "../parts/form.js";
import { Loaded, Notice } from "../parts/notice.js";
import { LongTable } from "../parts/table.js";
import { language } from "../state/language.js";
import { useLoad } from "../state/load.js";
import { say } from "../state/said.js";
import { may } from "../state/session.js";
import { byName, numberText, octetsText, whenText } from "../text/format.js";
import { normalised } from "../text/input.js";
import { t } from "../words/index.js";
const pollEach = 2000; // milliseconds
const most = 20000;
/** Those of which a column holds what was typed. */
export function matching(rows, typed) {
    const wanted = normalised(typed).toLowerCase();
    if (wanted === '')
        return rows;
    return rows.filter((row) => [row.tenant, row.terminal, row.service, row.rule, row.source].some((text) => text.toLowerCase().includes(wanted)));
}
function columnsOf(end) {
    const text = (title, of) => ({ title, cell: of, order: (a, b) => byName(of(a), of(b)) });
    const octets = (title, of) => ({ title, cell: (row) => octetsText(of(row)), order: (a, b) => of(a) - of(b), isNumber: true });
    const act = {
        title: t('connections.act'),
        cell: (row) => _jsx(Button, { kind: "danger", label: t('connections.end_of', { terminal: row.terminal, session: row.session }), onClick: () => end(row), children: t('connections.end') }),
    };
    return [
        text(t('connections.tenant'), (row) => row.tenant),
        text(t('connections.terminal'), (row) => row.terminal),
        text(t('connections.service'), (row) => row.service),
        text(t('connections.source'), (row) => row.source),
        { title: t('connections.began'), cell: (row) => whenText(row.began, language.value), order: (a, b) => (a.began < b.began ? -1 : Number(a.began > b.began)) },
        octets(t('connections.up'), (row) => row.bytes_up),
        octets(t('connections.down'), (row) => row.bytes_down),
        text(t('connections.rule'), (row) => row.rule),
        ...(may('session.end') ? [act] : []),
    ];
}
function questionOf(row, again) {
    return {
        title: t('connections.end_title'),
        what: _jsxs(_Fragment, { children: [_jsx("p", { children: t('connections.end_what', { terminal: row.terminal, service: row.service }) }), _jsx("p", { children: t('connections.end_undo') })] }),
        submit: t('connections.end'), danger: true,
        act: () => call('connections.end', { path: { tenant: row.tenant, session: row.session } }),
        done: () => (say(t('connections.ended')), again()),
    };
}
export function ConnectionsPage() {
    const load = useLoad('connections.list', { query: { limit: most } }, pollEach);
    const typed = useSignal(''), question = useSignal(null);
    const all = load.data.value?.connections;
    const rows = useMemo(() => matching(all ?? [], typed.value), [all, typed.value]);
    const columns = useMemo(() => columnsOf((row) => void (question.value = questionOf(row, () => void load.again()))), [language.value]);
    const isPaused = load.isPaused.value;
    return (_jsxs(_Fragment, { children: [_jsxs("div", { class: "bar", children: [_jsx(TextField, { label: t('app.filter'), help: t('connections.filter_help'), value: typed, type: "search", most: 64 }), _jsx(Button, { onClick: () => void (load.isPaused.value = !isPaused), children: t(isPaused ? 'connections.resume' : 'connections.pause') }), isPaused && _jsx(Button, { onClick: () => void load.again(), children: t('app.refresh') })] }), _jsx(Loaded, { load: load, children: (given) => (_jsxs(_Fragment, { children: [given.is_cut && _jsx(Notice, { mark: "warn", children: _jsx("p", { children: t('connections.cut_short') }) }), given.silent.length > 0 && _jsx(Notice, { mark: "warn", children: _jsx("p", { children: t('connections.silent', { names: given.silent.join(', ') }) }) }), _jsx("p", { children: t('connections.count', { n: numberText(rows.length), all: numberText(given.all) }) }), _jsx(LongTable, { title: t('connections.table'), columns: columns, rows: rows, keyOf: (row) => `${row.tenant} ${row.session}`, none: t(given.all === 0 ? 'connections.none' : 'connections.none_matching') })] })) }), _jsx(Ask, { question: question })] }));
}
