import { jsx as _jsx, jsxs as _jsxs } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { call } from "../api/client.js";
import { Check, Form, TextField } from "../parts/form.js";
import { Part } from "../parts/notice.js";
import { useAction } from "../state/load.js";
import { say } from "../state/said.js";
import { instantOf, localText } from "../text/format.js";
import { normalised } from "../text/input.js";
import { t } from "../words/index.js";
/** As gateway/maintenance/works.def has them; a test compares them. */
export const works = ['status.read', 'sessions.read', 'config.read', 'history.read', 'config.stage', 'config.apply', 'config.roll_back', 'update.install',
    'bundle.make', 'device.connect'];
const hour = 3_600_000; // milliseconds
const mostWords = 512;
const linesOf = (text) => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
/** Labels of what is missing. */
export function missingIn(draft) {
    const found = [];
    if (draft.vendor === '')
        found.push('maintenance.vendor');
    if (instantOf(draft.from) === undefined)
        found.push('maintenance.from');
    if (instantOf(draft.until) === undefined)
        found.push('maintenance.until');
    if (draft.reason.trim() === '')
        found.push('app.reason');
    if (linesOf(draft.plan).length === 0)
        found.push('maintenance.plan');
    return found;
}
function ask(draft) {
    return call('maintenance.request', { body: {
            vendor: normalised(draft.vendor), ...(draft.device !== '' && { device: normalised(draft.device) }), from: instantOf(draft.from) ?? '', until: instantOf(draft.until) ?? '',
            reason: draft.reason.trim(), ...(draft.ticket !== '' && { ticket: draft.ticket }), allowed: draft.allowed, plan: linesOf(draft.plan)
        } });
}
export function RequestForm({ again }) {
    const vendor = useSignal(''), device = useSignal(''), reason = useSignal(''), ticket = useSignal(''), plan = useSignal('');
    const from = useSignal(localText(Date.now())), until = useSignal(localText(Date.now() + hour)), allowed = useSignal([]);
    const isTried = useSignal(false);
    const draft = () => ({ vendor: vendor.value, device: device.value, from: from.value, until: until.value, reason: reason.value, ticket: ticket.value,
        allowed: allowed.value, plan: plan.value });
    const missing = missingIn(draft());
    const errors = [...missing.map((key) => `${t(key)}: ${t('app.missing')}`), ...(allowed.value.length === 0 ? [t('maintenance.pick_work')] : [])];
    const wrong = (key) => (isTried.value && missing.includes(key) ? t('app.missing') : undefined);
    const action = useAction(async () => {
        isTried.value = true;
        if (errors.length > 0)
            return;
        const made = await ask(draft());
        if (made.ok)
            say(t('maintenance.requested', { n: made.value.maintenance })), again();
        return made;
    });
    const pick = (work, on) => void (allowed.value = on ? [...allowed.value, work] : allowed.value.filter((one) => one !== work));
    return (_jsx(Part, { title: t('maintenance.request'), children: _jsxs(Form, { action: action, errors: isTried.value ? errors : [], submit: t('maintenance.request_do'), children: [_jsx(TextField, { label: t('maintenance.vendor'), help: t('maintenance.vendor_help'), value: vendor, required: true, error: wrong('maintenance.vendor'), most: 63 }), _jsx(TextField, { label: t('maintenance.device'), help: t('maintenance.device_help'), value: device, most: 63 }), _jsx(TextField, { label: t('maintenance.from'), value: from, required: true, type: "datetime-local", error: wrong('maintenance.from') }), _jsx(TextField, { label: t('maintenance.until'), value: until, required: true, type: "datetime-local", error: wrong('maintenance.until') }), _jsx(TextField, { label: t('app.reason'), help: t('app.reason_help'), value: reason, required: true, plain: true, error: wrong('app.reason'), most: mostWords }), _jsx(TextField, { label: t('maintenance.ticket'), value: ticket, most: 64 }), _jsxs("fieldset", { children: [_jsxs("legend", { children: [t('maintenance.allowed'), _jsx("span", { class: "required", children: t('app.required') })] }), works.map((work) => _jsx(Check, { label: t(`work.${work}`), on: allowed.value.includes(work), change: (on) => pick(work, on) }, work))] }), _jsx(TextField, { label: t('maintenance.plan'), help: t('maintenance.plan_help'), value: plan, required: true, plain: true, lines: 5, error: wrong('maintenance.plan'), most: 25_000 })] }) }));
}
