import { jsx as _jsx, jsxs as _jsxs } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { call } from "../api/client.js";
import { Dialog } from "../parts/dialog.js";
import { Button, Form, SelectField, TextField } from "../parts/form.js";
import { Part, ProblemView } from "../parts/notice.js";
import { useAction } from "../state/load.js";
import { say } from "../state/said.js";
import { may } from "../state/session.js";
import { instantOf } from "../text/format.js";
import { normalised } from "../text/input.js";
import { t } from "../words/index.js";
import { showInvitation } from "./accounts.js";
/** NOC's comes with a certificate of its own; nobody creates it here. */
const managed = ['viewer', 'clinic_admin', 'auditor', 'maintainer', 'break_glass'], appointed = ['approver'];
/** Roles that somebody may give: approvers are appointed by approvers, except the first. */
export const rolesToGive = () => (may('accounts.manage') ? [...managed, ...appointed] : appointed);
const choicesOf = (roles) => roles.map((role) => ({ value: role, label: t(`role.${role}`) }));
export function Create({ again }) {
    const name = useSignal(''), person = useSignal(''), role = useSignal(rolesToGive()[0] ?? 'viewer'), ends = useSignal(''), isTried = useSignal(false);
    const missing = (given) => (isTried.value && given.trim() === '' ? t('app.missing') : undefined);
    const errors = [missing(name.value) && `${t('accounts.name')}: ${t('app.missing')}`, missing(person.value) && `${t('accounts.person')}: ${t('app.missing')}`]
        .filter((error) => Boolean(error));
    const create = useAction(async () => {
        isTried.value = true;
        if (name.value.trim() === '' || person.value.trim() === '')
            return;
        const end = instantOf(ends.value);
        const made = await call('accounts.create', { body: { name: normalised(name.value), person: person.value.trim(), role: role.value, ...(end && { ends: end }) } });
        if (!made.ok)
            return made;
        name.value = person.value = ends.value = '';
        isTried.value = false;
        showInvitation(made.value);
        again();
        return made;
    });
    return (_jsx(Part, { title: t('accounts.create'), children: _jsxs(Form, { action: create, errors: errors, submit: t('accounts.create_do'), children: [_jsx(TextField, { label: t('accounts.name'), help: t('claim.name_help'), value: name, required: true, error: missing(name.value), most: 63 }), _jsx(TextField, { label: t('accounts.person'), value: person, required: true, plain: true, error: missing(person.value), most: 128 }), _jsx(SelectField, { label: t('accounts.role'), value: role, choices: choicesOf(rolesToGive()) }), _jsx(TextField, { label: t('accounts.ends'), help: t('accounts.ends_help'), value: ends, type: "datetime-local" })] }) }));
}
function actsFor(account) {
    const path = { name: account.name };
    const isLocked = account.locked_until !== undefined;
    return [
        ...(isLocked ? [['accounts.unlock', 'accounts.unlocked', false, () => call('accounts.unlock', { path })]] : []),
        account.state === 'disabled'
            ? ['accounts.enable', 'accounts.enabled', false, () => call('accounts.enable', { path, body: {} })]
            : ['accounts.disable', 'accounts.disabled', true, () => call('accounts.disable', { path })],
        ...(may('accounts.manage') ? [['accounts.end_sessions', 'accounts.sessions_ended', true, () => call('accounts.sessions_end', { path })]] : []),
    ];
}
function RoleForm({ account, close, again }) {
    const role = useSignal(account.role), ends = useSignal('');
    const change = useAction(async () => {
        const end = instantOf(ends.value);
        const done = await call('accounts.role', { path: { name: account.name }, body: { role: role.value, ...(end && { ends: end }) } });
        if (done.ok)
            close(), say(t('accounts.role_changed', { name: account.name })), again();
        return done;
    });
    const roles = rolesToGive().includes(account.role) ? rolesToGive() : [account.role, ...rolesToGive()];
    return (_jsxs(Form, { action: change, submit: t('accounts.change_role'), kind: "plain", children: [_jsx(SelectField, { label: t('accounts.role'), value: role, choices: choicesOf(roles) }), role.value === 'maintainer' && _jsx(TextField, { label: t('accounts.ends'), help: t('accounts.ends_help'), value: ends, type: "datetime-local" })] }));
}
export function Manage(props) {
    const { account, close, again } = props, { name } = account;
    const act = useAction(async ([, done, , carryOut]) => {
        const outcome = await carryOut();
        if (outcome.ok)
            close(), say(t(done, { name })), again();
        return outcome;
    });
    const reset = useAction(async () => {
        const made = await call('accounts.reset', { path: { name } });
        if (made.ok)
            close(), showInvitation(made.value), again();
        return made;
    });
    return (_jsxs(Dialog, { title: t('accounts.manage_of', { name }), close: close, children: [_jsx(ProblemView, { problem: act.problem.value ?? reset.problem.value }), _jsx(RoleForm, { ...props }), _jsx("div", { class: "buttons", children: actsFor(account).map((one) => _jsx(Button, { kind: one[2] ? 'danger' : 'plain', busy: act.isBusy.value, onClick: () => void act.run(one), children: t(one[0]) }, one[0])) }), _jsx("p", { class: "help", children: t('accounts.reset_help') }), _jsx("div", { class: "buttons", children: _jsx(Button, { kind: "danger", busy: reset.isBusy.value, onClick: () => void reset.run(), children: t('accounts.reset') }) }), _jsx("div", { class: "buttons", children: _jsx(Button, { onClick: close, children: t('app.close') }) })] }));
}
