import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Form, TextField } from "../parts/form.js";
import { Notice, Part } from "../parts/notice.js";
import { language } from "../state/language.js";
import { useAction } from "../state/load.js";
import { hashOf } from "../state/route.js";
import { ended, signIn } from "../state/session.js";
import { normalised, withoutBlanks } from "../text/input.js";
import { t } from "../words/index.js";
/** What is wrong with name, password or code is told in one and the same way (ADM-02). */
function Refused() {
    return (_jsxs(Notice, { mark: "bad", live: true, children: [_jsx("p", { class: "strong", children: t('sign_in.refused') }), _jsx("p", { children: t('sign_in.refused_do') })] }));
}
export function SignInPage() {
    const name = useSignal(''), password = useSignal(''), code = useSignal('');
    const isTried = useSignal(false), isRefused = useSignal(false);
    const missing = (given) => (isTried.value && given === '' ? t('app.missing') : undefined);
    const errors = [missing(name.value) && `${t('sign_in.name')}: ${t('app.missing')}`, missing(password.value) && `${t('sign_in.password')}: ${t('app.missing')}`]
        .filter((error) => Boolean(error));
    const action = useAction(async () => {
        isTried.value = true;
        isRefused.value = false;
        if (name.value === '' || password.value === '')
            return;
        const problem = await signIn(normalised(name.value), password.value, withoutBlanks(code.value));
        code.value = '';
        if (problem === null)
            return;
        if (problem.code === 'account.refused')
            return void (isRefused.value = true);
        return { ok: false, problem };
    });
    useEffect(() => void (document.title = `${t('sign_in.title')} - ${t('app.name')}`), [language.value]);
    const why = ended.value;
    return (_jsxs(_Fragment, { children: [_jsx("h1", { children: t('sign_in.title') }), why !== 'none' && _jsx(Notice, { mark: why === 'signed_out' ? 'good' : 'warn', live: true, children: _jsx("p", { children: t(`sign_in.${why}`) }) }), isRefused.value && _jsx(Refused, {}), _jsx("div", { class: "part", children: _jsxs(Form, { action: action, errors: errors, submit: t('sign_in.do'), children: [_jsx(TextField, { label: t('sign_in.name'), value: name, required: true, error: missing(name.value), autocomplete: "username", most: 64 }), _jsx(TextField, { label: t('sign_in.password'), value: password, required: true, type: "password", error: missing(password.value), autocomplete: "current-password", most: 128 }), _jsx(TextField, { label: t('sign_in.code'), help: t('sign_in.code_help'), value: code, autocomplete: "one-time-code", most: 128 })] }) }), _jsx(Part, { title: t('sign_in.first'), children: _jsxs("ul", { children: [_jsx("li", { children: _jsx("a", { href: hashOf('enrol'), children: t('sign_in.to_enrol') }) }), _jsx("li", { children: _jsx("a", { href: hashOf('claim'), children: t('sign_in.to_claim') }) })] }) })] }));
}
