import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { call } from "../api/client.js";
import { RecoveryCodes } from "../parts/code.js";
import { Button, Form, TextField } from "../parts/form.js";
import { Notice } from "../parts/notice.js";
import { Qr } from "../parts/qr.js";
import { language } from "../state/language.js";
import { useAction } from "../state/load.js";
import { go, hashOf } from "../state/route.js";
import { normalised, withoutBlanks } from "../text/input.js";
import { t } from "../words/index.js";
const steps = 3;
/** Who claims the box enrols with the same secret. */
const claimed = signal(null);
const Back = () => _jsx("p", { children: _jsx("a", { href: hashOf(), children: t('sign_in.back') }) });
const useTitle = (title) => useEffect(() => void (document.title = `${title} - ${t('app.name')}`), [title, language.value]);
export function OfferView({ offer }) {
    return (_jsxs(_Fragment, { children: [_jsx("p", { children: t('enrol.scan') }), _jsx(Qr, { text: offer.totp_uri, label: t('enrol.qr') }), _jsxs("details", { children: [_jsx("summary", { children: t('enrol.by_hand') }), _jsx("p", { children: _jsx("code", { children: offer.totp_secret.replace(/(.{4})(?=.)/g, '$1 ') }) })] })] }));
}
const usePasswords = () => ({ password: useSignal(''), again: useSignal('') });
export function NewPassword({ password, again, isTried }) {
    return (_jsxs(_Fragment, { children: [_jsx(TextField, { label: t('enrol.password'), help: t('enrol.password_help'), value: password, required: true, type: "password", autocomplete: "new-password", most: 128, error: isTried && password.value === '' ? t('app.missing') : undefined }), _jsx(TextField, { label: t('enrol.password_again'), value: again, required: true, type: "password", autocomplete: "new-password", most: 128, error: isTried && again.value !== password.value ? t('enrol.password_differs') : undefined })] }));
}
/** What is wrong with them, for the top of the form. */
export function passwordErrors({ password, again }) {
    if (password.value === '')
        return [`${t('enrol.password')}: ${t('app.missing')}`];
    return again.value === password.value ? [] : [t('enrol.password_differs')];
}
function CodeStep({ found }) {
    const name = useSignal(claimed.value?.name ?? ''), code = useSignal(claimed.value?.code ?? '');
    const isTried = useSignal(false);
    const missing = (given) => (isTried.value && given === '' ? t('app.missing') : undefined);
    const errors = [missing(name.value) && `${t('sign_in.name')}: ${t('app.missing')}`, missing(code.value) && `${t('enrol.code')}: ${t('app.missing')}`]
        .filter((error) => Boolean(error));
    const begin = useAction(async () => {
        isTried.value = true;
        if (name.value === '' || code.value === '')
            return;
        const who = { name: normalised(name.value), code: withoutBlanks(code.value) };
        const offer = await call('enrolment.begin', { body: who });
        if (offer.ok)
            found({ ...who, offer: offer.value });
        return offer;
    });
    return (_jsxs(Form, { action: begin, errors: errors, submit: t('enrol.next'), children: [_jsx(TextField, { label: t('sign_in.name'), value: name, required: true, error: missing(name.value), autocomplete: "username", most: 64 }), _jsx(TextField, { label: t('enrol.code'), help: t('enrol.code_help'), value: code, required: true, error: missing(code.value), most: 128 })] }));
}
function ProofStep({ who, done }) {
    const fields = usePasswords(), proof = useSignal(''), isTried = useSignal(false);
    const errors = isTried.value ? passwordErrors(fields) : [];
    const finish = useAction(async () => {
        isTried.value = true;
        if (passwordErrors(fields).length > 0)
            return;
        const given = { name: who.name, code: who.code, password: fields.password.value, proof: withoutBlanks(proof.value) };
        const codes = await call('enrolment.finish', { body: given });
        if (codes.ok)
            done(codes.value.codes);
        return codes;
    });
    return (_jsxs(_Fragment, { children: [_jsx(OfferView, { offer: who.offer }), _jsxs(Form, { action: finish, errors: errors, submit: t('enrol.finish'), children: [_jsx(NewPassword, { ...fields, isTried: isTried.value }), _jsx(TextField, { label: t('enrol.proof'), help: t('enrol.proof_help'), value: proof, numeric: true, autocomplete: "one-time-code", most: 128 })] })] }));
}
export function EnrolPage() {
    const who = useSignal(null), codes = useSignal(null);
    const step = codes.value !== null ? steps : who.value !== null ? 2 : 1;
    const title = step === steps ? t('enrol.done') : t('enrol.title');
    useTitle(title);
    const leave = () => {
        claimed.value = null;
        go();
    };
    return (_jsxs(_Fragment, { children: [_jsx("h1", { children: title }), _jsxs("div", { class: "part", children: [_jsx("p", { children: t('enrol.step', { n: step, all: steps }) }), step === 1 && _jsx(CodeStep, { found: (given) => void (who.value = given) }), step === 2 && who.value && _jsx(ProofStep, { who: who.value, done: (given) => void (codes.value = given) }), codes.value && (_jsxs(_Fragment, { children: [_jsx(Notice, { mark: "good", live: true, children: _jsx("p", { children: t('enrol.done') }) }), codes.value.length > 0 && _jsx(RecoveryCodes, { codes: codes.value }), _jsx("div", { class: "buttons", children: _jsx(Button, { kind: "main", onClick: leave, children: t('enrol.kept') }) })] }))] }), step < steps && _jsx(Back, {})] }));
}
export function ClaimPage() {
    const secret = useSignal(''), name = useSignal(''), person = useSignal(''), isTried = useSignal(false);
    const fields = [[secret, t('claim.secret')], [name, t('sign_in.name')], [person, t('claim.person')]];
    const missing = (given) => (isTried.value && given.trim() === '' ? t('app.missing') : undefined);
    const errors = fields.filter(([field]) => missing(field.value)).map(([, label]) => `${label}: ${t('app.missing')}`);
    useTitle(t('claim.title'));
    const claim = useAction(async () => {
        isTried.value = true;
        if (fields.some(([field]) => field.value.trim() === ''))
            return;
        const who = { name: normalised(name.value), code: withoutBlanks(secret.value) };
        const done = await call('box.claim', { body: { secret: who.code, name: who.name, person: person.value.trim() } });
        if (done.ok)
            claimed.value = who, go('enrol');
        return done;
    });
    return (_jsxs(_Fragment, { children: [_jsx("h1", { children: t('claim.title') }), _jsxs("div", { class: "part", children: [_jsx("p", { children: t('claim.intro') }), _jsxs(Form, { action: claim, errors: errors, submit: t('claim.do'), children: [_jsx(TextField, { label: t('claim.secret'), help: t('claim.secret_help'), value: secret, required: true, error: missing(secret.value), most: 128 }), _jsx(TextField, { label: t('sign_in.name'), help: t('claim.name_help'), value: name, required: true, error: missing(name.value), autocomplete: "username", most: 63 }), _jsx(TextField, { label: t('claim.person'), value: person, required: true, plain: true, error: missing(person.value), most: 128 })] })] }), _jsx(Back, {})] }));
}
