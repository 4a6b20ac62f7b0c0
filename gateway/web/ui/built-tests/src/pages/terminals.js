import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { call } from "../api/client.js";
import { Ask, reasonAsked } from "../parts/dialog.js";
import { Button, TextField } from "../parts/form.js";
import { Loaded, MarkView } from "../parts/notice.js";
import { Table } from "../parts/table.js";
import { useLoad } from "../state/load.js";
import { say } from "../state/said.js";
import { may } from "../state/session.js";
import { offerUndo } from "../state/undo.js";
import { byName } from "../text/format.js";
import { normalised } from "../text/input.js";
import { t, wordOf } from "../words/index.js";
const pollEach = 10_000; // milliseconds
const marks = { known: 'good', blocked_in_configuration: 'warn', blocked: 'bad', cut_off: 'bad' };
const pathOf = (row) => ({ tenant: row.tenant, terminal: row.terminal });
const unblock = (row, reason) => call('terminals.unblock', { path: pathOf(row), body: { reason } });
function blocking(row, again) {
    const { terminal } = row;
    return {
        title: t('terminals.block_title', { terminal }), what: _jsx("p", { children: t('terminals.block_what') }), submit: t('terminals.block'), danger: true, asks: reasonAsked(),
        act: (reason) => call('terminals.block', { path: pathOf(row), body: { reason } }),
        done: () => {
            again();
            offerUndo(t('terminals.blocked', { terminal }), async () => {
                const done = await unblock(row, t('terminals.undone'));
                if (done.ok)
                    say(t('terminals.unblocked', { terminal })), again();
                return done;
            });
        },
    };
}
function unblocking(row, again) {
    const { terminal } = row;
    return {
        title: t('terminals.unblock_title', { terminal }), what: _jsx("p", { children: t('terminals.unblock_what') }), submit: t('terminals.unblock'), asks: reasonAsked(),
        act: (reason) => unblock(row, reason),
        done: () => (say(t('terminals.unblocked', { terminal })), again()),
    };
}
function Act({ row, ask, again }) {
    const { terminal } = row;
    if (row.standing === 'blocked' || row.blocked_certificates.length > 0)
        return _jsx(Button, { label: t('terminals.unblock_of', { terminal }), onClick: () => ask(unblocking(row, again)), children: t('terminals.unblock') });
    return _jsx(Button, { kind: "danger", label: t('terminals.block_of', { terminal }), onClick: () => ask(blocking(row, again)), children: t('terminals.block') });
}
export function TerminalsPage() {
    const load = useLoad('terminals.list', {}, pollEach), question = useSignal(null), typed = useSignal('');
    const again = () => void load.again();
    const columns = [
        { title: t('connections.tenant'), cell: (row) => row.tenant },
        { title: t('connections.terminal'), cell: (row) => row.terminal },
        { title: t('terminals.standing'), cell: (row) => _jsx(MarkView, { mark: marks[row.standing] ?? 'unknown', words: wordOf('standing', row.standing) }) },
        { title: t('terminals.configured'), cell: (row) => t(row.configured ? 'app.yes' : 'app.no') },
        { title: t('terminals.blocked_certificates'), cell: (row) => row.blocked_certificates.map((one) => _jsxs("code", { children: [one.slice(0, 16), "\u2026 "] }, one)) },
    ];
    if (may('terminal.block'))
        columns.push({ title: t('connections.act'), isAction: true, cell: (row) => _jsx(Act, { row: row, ask: (asked) => void (question.value = asked), again: again }) });
    const wanted = normalised(typed.value).toLowerCase();
    return (_jsxs(_Fragment, { children: [_jsx("div", { class: "bar", children: _jsx(TextField, { label: t('app.filter'), value: typed, type: "search", most: 64 }) }), _jsx(Loaded, { load: load, children: (given) => (_jsx("div", { class: "part", children: _jsx(Table, { title: t('terminals.table'), columns: columns, none: t('terminals.none'), keyOf: (row) => `${row.tenant} ${row.terminal}`, rows: given.terminals.filter((row) => `${row.tenant} ${row.terminal}`.toLowerCase().includes(wanted))
                            .sort((a, b) => byName(`${a.tenant} ${a.terminal}`, `${b.tenant} ${b.terminal}`)) }) })) }), _jsx(Ask, { question: question })] }));
}
