import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { call } from "../api/client.js";
import { Ask, reasonAsked } from "../parts/dialog.js";
import { Button, Form, SelectField, TextField } from "../parts/form.js";
import { Loaded, Notice, Part } from "../parts/notice.js";
import { Table } from "../parts/table.js";
import { useAction, useLoad } from "../state/load.js";
import { say } from "../state/said.js";
import { may } from "../state/session.js";
import { offerUndo } from "../state/undo.js";
import { t, wordOf } from "../words/index.js";
const pollEach = 10_000; // milliseconds
const kinds = ['terminal', 'service', 'tenant', 'source', 'everything'];
const needsTenant = (what) => ['tenant', 'service', 'terminal'].includes(what);
const needsName = (what) => ['service', 'terminal', 'source'].includes(what);
export const cutText = (cut) => [wordOf('cut', cut.what), [cut.tenant, cut.name].filter(Boolean).join('/')].filter((part) => part !== '').join(' ');
const bodyOf = (cut, reason) => ({ what: cut.what, ...(cut.tenant && { tenant: cut.tenant }), ...(cut.name && { name: cut.name }), reason });
function making(cut, again) {
    const what = cutText(cut);
    return {
        title: t('cuts.do_title'), what: _jsx("p", { children: t('cuts.do_what', { what }) }), submit: t('cuts.do'), danger: true, asks: reasonAsked(),
        ...(cut.what === 'everything' && { word: t('cuts.word_all') }),
        act: (reason) => call('cuts.make', { body: bodyOf(cut, reason) }),
        done: () => {
            again();
            if (!may('restore'))
                return say(t('cuts.made', { what }));
            offerUndo(t('cuts.made', { what }), async () => {
                const done = await call('cuts.undo', { body: bodyOf(cut, t('terminals.undone')) });
                if (done.ok)
                    say(t('cuts.undone', { what })), again();
                return done;
            });
        },
    };
}
function undoing(cut, again) {
    const what = cutText(cut);
    return {
        title: t('cuts.undo_title'), what: _jsx("p", { children: t('cuts.undo_what', { what }) }), submit: t('cuts.undo'), asks: reasonAsked(),
        act: (reason) => call('cuts.undo', { body: bodyOf(cut, reason) }),
        done: () => (say(t('cuts.undone', { what })), again()),
    };
}
function NewCut({ ask }) {
    const what = useSignal('terminal'), tenant = useSignal(''), name = useSignal(''), isTried = useSignal(false);
    const missing = (isNeeded, given) => (isTried.value && isNeeded && given === '' ? t('app.missing') : undefined);
    const noTenant = missing(needsTenant(what.value), tenant.value), noName = missing(needsName(what.value), name.value);
    const errors = [noTenant && `${t('connections.tenant')}: ${noTenant}`, noName && `${t('cuts.name')}: ${noName}`].filter((one) => Boolean(one));
    const action = useAction(async () => {
        isTried.value = true;
        if ((needsTenant(what.value) && tenant.value === '') || (needsName(what.value) && name.value === ''))
            return;
        ask({ what: what.value, ...(needsTenant(what.value) && { tenant: tenant.value }), ...(needsName(what.value) && { name: name.value }) });
    });
    return (_jsxs(Form, { action: action, errors: errors, submit: t('cuts.do'), kind: "danger", children: [_jsx(SelectField, { label: t('cuts.what'), value: what, choices: kinds.map((kind) => ({ value: kind, label: t(`cut.${kind}`) })) }), needsTenant(what.value) && _jsx(TextField, { label: t('connections.tenant'), help: t('cuts.tenant_help'), value: tenant, required: true, error: noTenant, most: 63 }), needsName(what.value) && _jsx(TextField, { label: t('cuts.name'), help: t('cuts.name_help'), value: name, required: true, error: noName, most: 63 })] }));
}
export function CutsPage() {
    const load = useLoad('status.show', {}, pollEach), question = useSignal(null);
    const again = () => void load.again();
    const columns = [
        { title: t('cuts.what'), cell: (cut) => wordOf('cut', cut.what) },
        { title: t('cuts.which'), cell: (cut) => [cut.tenant, cut.name].filter(Boolean).join('/') },
    ];
    if (may('restore'))
        columns.push({
            title: t('connections.act'), isAction: true,
            cell: (cut) => cut.what !== 'certificates' &&
                _jsx(Button, { label: t('cuts.undo_of', { what: cutText(cut) }), onClick: () => void (question.value = undoing(cut, again)), children: t('cuts.undo') }),
        });
    return (_jsxs(_Fragment, { children: [_jsx("p", { children: t('cuts.intro') }), _jsx(Loaded, { load: load, children: (status) => (_jsxs(Part, { title: t('cuts.table'), children: [status.cuts.length > 0 && _jsx(Notice, { mark: "warn", children: _jsx("p", { children: t('overview.cuts', { n: status.cuts.length }) }) }), _jsx(Table, { title: t('cuts.table'), columns: columns, rows: status.cuts, keyOf: (cut) => JSON.stringify(cut), none: t('cuts.none') })] })) }), may('cut') && _jsx(Part, { title: t('cuts.new'), children: _jsx(NewCut, { ask: (cut) => void (question.value = making(cut, again)) }) }), _jsx(Ask, { question: question })] }));
}
