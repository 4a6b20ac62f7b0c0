import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { signal, useSignal } from '@preact/signals';
import { call } from "../api/client.js";
import { Ask, Dialog } from "../parts/dialog.js";
import { Copied } from "../parts/code.js";
import { Button } from "../parts/form.js";
import { Loaded, MarkView, Part } from "../parts/notice.js";
import { Table, Tabs } from "../parts/table.js";
import { language } from "../state/language.js";
import { useLoad } from "../state/load.js";
import { say } from "../state/said.js";
import { may, session } from "../state/session.js";
import { byName, whenText } from "../text/format.js";
import { t, wordOf } from "../words/index.js";
import { Create, Manage } from "./account_forms.js";
const marks = { active: 'good', invited: 'warn', disabled: 'bad' };
/** A one-time code is shown once, and forgotten with the dialogue. */
const invitation = signal(null);
export const showInvitation = (given) => void (invitation.value = given);
function Invitation() {
    const given = invitation.value;
    if (given === null)
        return null;
    const close = () => void (invitation.value = null);
    return (_jsxs(Dialog, { title: t('accounts.code_title', { name: given.name }), close: close, children: [_jsx("p", { children: t('accounts.code_help') }), _jsx(Copied, { text: given.code, label: t('accounts.code_title', { name: given.name }) }), _jsx("div", { class: "buttons", children: _jsx(Button, { kind: "main", onClick: close, children: t('accounts.code_kept') }) })] }));
}
function StateOf({ row }) {
    const isLocked = row.locked_until !== undefined && Date.parse(row.locked_until) > Date.now();
    return (_jsxs(_Fragment, { children: [_jsx(MarkView, { mark: marks[row.state] ?? 'unknown', words: wordOf('account.state', row.state) }), row.cause !== undefined && _jsx("p", { children: wordOf('account.cause', row.cause) }), isLocked && _jsx("p", { children: _jsx(MarkView, { mark: "warn", words: t('accounts.locked', { time: whenText(row.locked_until, language.value) }) }) })] }));
}
function factorsOf(row) {
    const factors = [row.has_totp && t('accounts.factor_totp'), row.has_certificate && t('accounts.factor_certificate')].filter(Boolean);
    return factors.length === 0 ? t('accounts.factor_none') : `${factors.join(', ')} (${t('accounts.recovery', { n: row.recovery_codes })})`;
}
export const mayManage = () => may('accounts.manage') || may('accounts.appoint');
function Accounts({ ask }) {
    const load = useLoad('accounts.list', {}), managed = useSignal(null);
    const again = () => void load.again();
    const columns = [
        { title: t('accounts.name'), cell: (row) => `${row.name} ${row.name === session.value?.account ? t('accounts.own_row') : ''}` },
        { title: t('accounts.person'), cell: (row) => row.person },
        { title: t('accounts.role'), cell: (row) => wordOf('role', row.role) },
        { title: t('accounts.state_label'), cell: (row) => _jsx(StateOf, { row: row }) },
        { title: t('accounts.factor'), cell: factorsOf },
        { title: t('accounts.last_used'), cell: (row) => whenText(row.last_used, language.value) },
        { title: t('accounts.ends'), cell: (row) => whenText(row.ends, language.value) },
    ];
    if (mayManage())
        columns.push({ title: t('accounts.manage'), isAction: true, cell: (row) => row.name !== session.value?.account &&
                _jsx(Button, { label: t('accounts.manage_of', { name: row.name }), onClick: () => void (managed.value = row), children: t('accounts.manage') }) });
    const stock = { title: t('accounts.stock_take_title'), what: _jsx("p", { children: t('accounts.stock_take_help') }), submit: t('accounts.stock_take'),
        act: () => call('accounts.stock_take', {}), done: () => say(t('accounts.stock_take_done')) };
    return (_jsxs(_Fragment, { children: [_jsx(Loaded, { load: load, children: (given) => (_jsxs(Part, { title: t('accounts.table'), children: [_jsx(Table, { title: t('accounts.table'), columns: columns, keyOf: (row) => row.name, none: t('app.nothing'), rows: [...given.accounts].sort((a, b) => byName(a.name, b.name)) }), may('accounts.manage') && _jsx("div", { class: "buttons", children: _jsx(Button, { onClick: () => ask(stock), children: t('accounts.stock_take') }) })] })) }), mayManage() && _jsx(Create, { again: again }), managed.value && _jsx(Manage, { account: managed.value, close: () => void (managed.value = null), again: again })] }));
}
function Sessions() {
    const load = useLoad('sessions.list', {}, 10_000);
    const columns = [
        { title: t('accounts.name'), cell: (row) => row.account },
        { title: t('accounts.role'), cell: (row) => wordOf('role', row.role) },
        { title: t('accounts.from'), cell: (row) => row.source },
        { title: t('accounts.since'), cell: (row) => whenText(row.began, language.value) },
    ];
    const end = async (row) => {
        const done = await call('sessions.end', { path: { session: row.session } });
        if (done.ok)
            say(t('accounts.session_ended'));
        else
            load.problem.value = done.problem;
        await load.again();
    };
    if (may('accounts.manage'))
        columns.push({ title: t('connections.act'), isAction: true, cell: (row) => row.session !== session.value?.session &&
                _jsx(Button, { kind: "danger", label: t('accounts.end_session_of', { name: row.account }), onClick: () => void end(row), children: t('accounts.end_session') }) });
    return (_jsx(Loaded, { load: load, children: (given) => _jsx(Part, { title: t('accounts.sessions_table'), children: _jsx(Table, { title: t('accounts.sessions_table'), columns: columns, rows: given.sessions, keyOf: (row) => row.session, none: t('app.nothing') }) }) }));
}
function Permissions() {
    const load = useLoad('permissions.show', {});
    return (_jsx(Loaded, { load: load, children: (given) => (_jsx(Part, { title: t('accounts.permissions_table'), children: _jsx(Table, { title: t('accounts.permissions_table'), rows: given.operations, keyOf: (row) => row.operation, none: t('app.nothing'), columns: [
                    { title: t('accounts.operation'), cell: (row) => wordOf('operation', row.operation) },
                    ...given.roles.map(({ role }) => ({
                        title: wordOf('role', role),
                        cell: (row) => row.roles.includes(role)
                            ? _jsx("span", { class: "yes", role: "img", "aria-label": t('accounts.allowed'), children: "\u25CB" })
                            : _jsx("span", { class: "no", role: "img", "aria-label": t('accounts.not_allowed'), children: "\u2015" }),
                    })),
                ] }) })) }));
}
export function AccountsPage() {
    const question = useSignal(null);
    return (_jsxs(_Fragment, { children: [_jsx(Tabs, { views: [
                    { title: t('accounts.tab_accounts'), show: () => _jsx(Accounts, { ask: (asked) => void (question.value = asked) }) },
                    { title: t('accounts.tab_sessions'), show: () => _jsx(Sessions, {}) },
                    { title: t('accounts.tab_permissions'), show: () => _jsx(Permissions, {}) },
                ] }), _jsx(Ask, { question: question }), _jsx(Invitation, {})] }));
}
