import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { call } from "../api/client.js";
import { RecoveryCodes } from "../parts/code.js";
import { Form, TextField } from "../parts/form.js";
import { Part } from "../parts/notice.js";
import { useAction } from "../state/load.js";
import { look, session, signOut } from "../state/session.js";
import { withoutBlanks } from "../text/input.js";
import { t } from "../words/index.js";
import { NewPassword, OfferView, passwordErrors } from "./enrol.js";
function Password() {
    const present = useSignal(''), password = useSignal(''), again = useSignal(''), isTried = useSignal(false);
    const noPresent = isTried.value && present.value === '' ? t('app.missing') : undefined;
    const errors = isTried.value ? [...(noPresent ? [`${t('own.password_now')}: ${noPresent}`] : []), ...passwordErrors({ password, again })] : [];
    const change = useAction(async () => {
        isTried.value = true;
        if (present.value === '' || passwordErrors({ password, again }).length > 0)
            return;
        const done = await call('account.password', { body: { password: present.value, next: password.value } });
        if (done.ok)
            await signOut();
        return done;
    });
    return (_jsx(Part, { title: t('own.password'), children: _jsxs(Form, { action: change, errors: errors, submit: t('own.password_do'), children: [_jsx(TextField, { label: t('own.password_now'), value: present, required: true, type: "password", autocomplete: "current-password", error: noPresent, most: 128 }), _jsx(NewPassword, { password: password, again: again, isTried: isTried.value })] }) }));
}
function Codes() {
    const password = useSignal(''), codes = useSignal([]);
    const make = useAction(async () => {
        const made = await call('account.recovery_codes', { body: { password: password.value } });
        password.value = '';
        if (made.ok)
            codes.value = made.value.codes, void look();
        return made;
    });
    return (_jsxs(Part, { title: t('own.codes'), children: [_jsxs("p", { children: [t('own.codes_left', { n: session.value?.recovery_codes ?? 0 }), " ", t('own.codes_help')] }), _jsx(Form, { action: make, submit: t('own.codes_do'), kind: "plain", children: _jsx(TextField, { label: t('own.password_now'), value: password, required: true, type: "password", autocomplete: "current-password", most: 128 }) }), codes.value.length > 0 && _jsx(RecoveryCodes, { codes: codes.value })] }));
}
function App() {
    const password = useSignal(''), code = useSignal(''), offer = useSignal(null);
    const begin = useAction(async () => {
        const made = await call('account.totp', { body: { password: password.value } });
        password.value = '';
        if (made.ok)
            offer.value = made.value;
        return made;
    });
    const confirm = useAction(async () => {
        const done = await call('account.totp_confirm', { body: { code: withoutBlanks(code.value) } });
        if (done.ok)
            await signOut();
        return done;
    });
    return (_jsx(Part, { title: t('own.totp'), children: offer.value === null ? (_jsx(Form, { action: begin, submit: t('own.totp_do'), kind: "plain", children: _jsx(TextField, { label: t('own.password_now'), value: password, required: true, type: "password", autocomplete: "current-password", most: 128 }) })) : (_jsxs(_Fragment, { children: [_jsx(OfferView, { offer: offer.value }), _jsx(Form, { action: confirm, submit: t('own.totp_confirm'), children: _jsx(TextField, { label: t('enrol.proof'), value: code, required: true, numeric: true, autocomplete: "one-time-code", most: 128 }) })] })) }));
}
export function OwnPage() {
    return _jsxs(_Fragment, { children: [_jsx(Password, {}), _jsx(Codes, {}), _jsx(App, {})] });
}
