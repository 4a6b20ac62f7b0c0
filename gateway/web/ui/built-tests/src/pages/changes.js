import { jsx as _jsx, Fragment as _Fragment, jsxs as _jsxs } from "preact/jsx-runtime";
import { signal, useSignal } from '@preact/signals';
import { call } from "../api/client.js";
import { Button, Form, TextField } from "../parts/form.js";
import { Loaded, MarkView, Notice, Part, ProblemView } from "../parts/notice.js";
import { Table } from "../parts/table.js";
import { language } from "../state/language.js";
import { useAction, useLoad } from "../state/load.js";
import { go, hashOf } from "../state/route.js";
import { say } from "../state/said.js";
import { may } from "../state/session.js";
import { whenText } from "../text/format.js";
import { t, wordOf } from "../words/index.js";
const pollEach = 5000; // milliseconds
const mostText = 524_288, mostFile = 262_144;
const stateMarks = { applied: 'warn', applying: 'warn', confirming: 'warn', rolling_back: 'warn', confirmed: 'good', refused: 'bad' };
export const isFlying = (state) => ['applying', 'applied', 'confirming', 'rolling_back'].includes(state);
export const StateView = ({ state }) => _jsx(MarkView, { mark: stateMarks[state] ?? 'plain', words: wordOf('change.state', state) });
function Files({ draft, there }) {
    const take = async (list) => {
        const given = [...(list ?? [])].filter((file) => file.size <= mostFile);
        draft.files.value = await Promise.all(given.map(async (file) => ({ path: signal(there.find((path) => path.endsWith(`/${file.name}`)) ?? file.name),
            name: file.name, content: await file.text() })));
    };
    return (_jsxs("details", { children: [_jsx("summary", { children: t('changes.files') }), _jsx("p", { class: "help", children: t('changes.files_help') }), _jsx("input", { type: "file", multiple: true, "aria-label": t('changes.files'), onChange: (event) => void take(event.currentTarget.files) }), draft.files.value.map((file) => _jsx(TextField, { label: t('changes.file_path', { file: file.name }), value: file.path, most: 255 }, file.name)), there.length > 0 && _jsxs(_Fragment, { children: [_jsx("h3", { children: t('changes.files_there') }), _jsx("ul", { children: there.map((path) => _jsx("li", { children: _jsx("code", { children: path }) }, path)) })] })] }));
}
async function stage(draft) {
    const files = Object.fromEntries(draft.files.value.map((file) => [file.path.value, file.content]));
    const staged = await call('changes.stage', { body: {
            configuration: draft.text.value, reason: draft.reason.value.trim(),
            ...(draft.base.value !== null && { base: draft.base.value }), ...(draft.files.value.length > 0 && { files })
        } });
    if (!staged.ok)
        return staged;
    const { change } = staged.value;
    const looked = await call('changes.check', { path: { change } });
    go('changes', change);
    return looked;
}
function Editor() {
    const draft = { text: useSignal(''), reason: useSignal(''), base: useSignal(null), loaded: useSignal(''), files: useSignal([]) };
    const there = useSignal([]), isTried = useSignal(false);
    const load = useAction(async () => {
        const found = await call('configuration.show', {});
        if (!found.ok)
            return found;
        draft.text.value = draft.loaded.value = found.value.configuration;
        draft.base.value = found.value.change;
        there.value = found.value.files;
        say(t('changes.loaded', { n: found.value.change }));
        return found;
    });
    const noText = draft.text.value.trim() === '' ? t('changes.no_text') : undefined;
    const same = draft.text.value !== '' && draft.text.value === draft.loaded.value && draft.files.value.length === 0 ? t('changes.unchanged') : undefined;
    const noReason = draft.reason.value.trim() === '' ? t('app.missing') : undefined;
    const found = [noText ?? same, noReason && `${t('app.reason')}: ${noReason}`].filter((one) => Boolean(one));
    const action = useAction(async () => {
        isTried.value = true;
        if (found.length > 0)
            return;
        return stage(draft);
    });
    return (_jsxs(Part, { title: t('changes.edit'), children: [_jsx(ProblemView, { problem: load.problem.value }), _jsx("div", { class: "buttons", children: _jsx(Button, { busy: load.isBusy.value, onClick: () => void load.run(), children: t('changes.load') }) }), _jsxs(Form, { action: action, errors: isTried.value ? found : [], submit: t('changes.stage'), children: [_jsx(TextField, { label: t('changes.text'), help: t('changes.text_help'), value: draft.text, required: true, plain: true, lines: 22, most: mostText, error: isTried.value ? noText ?? same : undefined }), _jsx(Files, { draft: draft, there: there.value }), _jsx(TextField, { label: t('app.reason'), help: t('changes.reason_help'), value: draft.reason, required: true, plain: true, most: 128, error: isTried.value ? noReason : undefined })] })] }));
}
function Pending({ change }) {
    return (_jsxs(Notice, { mark: "warn", children: [_jsx("p", { class: "strong", children: t('changes.pending') }), _jsx("p", { children: _jsx("a", { class: "button", href: hashOf('changes', change.change), children: t('changes.pending_go', { n: change.change }) }) })] }));
}
function List({ title, rows, none, confirmed }) {
    return (_jsx(Table, { title: title, rows: rows, keyOf: (row) => row.change, none: none, columns: [
            { title: t('history.number'), cell: (row) => _jsxs(_Fragment, { children: [_jsx("a", { href: hashOf('history', row.change), children: t('change.title', { n: row.change }) }), row.change === confirmed && ` (${t('history.in_force')})`] }) },
            { title: t('change.state_label'), cell: (row) => _jsx(StateView, { state: row.state }) },
            { title: t('app.reason'), cell: (row) => row.reason },
            { title: t('change.by'), cell: (row) => row.by },
            { title: t('change.staged_at'), cell: (row) => whenText(row.staged, language.value) },
        ] }));
}
export function ChangesPage() {
    const load = useLoad('changes.list', { query: { limit: 50 } }, pollEach);
    return (_jsxs(_Fragment, { children: [_jsx("p", { children: t('changes.intro') }), _jsx(Loaded, { load: load, children: (given) => {
                    const flying = given.changes.find((change) => isFlying(change.state));
                    const open = given.changes.filter((change) => change.state === 'staged' || change.state === 'checked');
                    return (_jsxs(_Fragment, { children: [flying && _jsx(Pending, { change: flying }), open.length > 0 && _jsx(Part, { title: t('changes.open'), children: _jsx(List, { title: t('changes.open'), rows: open, none: t('app.nothing') }) })] }));
                } }), may('config.stage') && _jsx(Editor, {})] }));
}
export function HistoryPage() {
    const load = useLoad('changes.list', { query: { limit: 1000 } });
    return (_jsx(Loaded, { load: load, children: (given) => _jsx("div", { class: "part", children: _jsx(List, { title: t('history.table'), rows: given.changes, none: t('history.none'), confirmed: given.confirmed }) }) }));
}
