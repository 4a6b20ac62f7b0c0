import { jsx as _jsx, jsxs as _jsxs } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useAction } from "../state/load.js";
import { t } from "../words/index.js";
import { Button, Form, TextField } from "./form.js";
/** The browser's own dialogue: it holds the focus, and gives it back. */
export function Dialog({ title, close, children }) {
    const dialog = useRef(null), id = useId();
    useEffect(() => {
        const before = document.activeElement;
        dialog.current?.showModal();
        return () => {
            if (before instanceof HTMLElement && before.isConnected)
                before.focus();
        };
    }, []);
    return (_jsxs("dialog", { ref: dialog, "aria-labelledby": id, onCancel: (event) => (event.preventDefault(), close()), children: [_jsx("h2", { id: id, children: title }), children] }));
}
/** Asks before something is done that somebody may regret. Nothing: nothing is asked. */
export function Ask({ question }) {
    return question.value === null ? null : _jsx(Asked, { given: question.value, close: () => void (question.value = null) }, question.value.title);
}
function Asked({ given, close }) {
    const said = useSignal(''), word = useSignal(''), isTried = useSignal(false);
    const errors = [];
    const isUnsaid = given.asks?.required === true && said.value.trim() === '', isOther = given.word !== undefined && word.value.trim() !== given.word;
    if (isTried.value && isUnsaid)
        errors.push(`${given.asks?.label ?? ''}: ${t('app.missing')}`);
    if (isTried.value && isOther)
        errors.push(t('cuts.type_wrong'));
    const action = useAction(async () => {
        isTried.value = true;
        if (isUnsaid || isOther)
            return;
        const outcome = await given.act(said.value.trim());
        if (outcome.ok)
            close(), given.done?.();
        return outcome;
    });
    const asks = given.asks;
    return (_jsx(Dialog, { title: given.title, close: close, children: _jsxs(Form, { action: action, errors: errors, submit: given.submit, kind: given.danger ? 'danger' : 'main', more: _jsx(Button, { onClick: close, children: t('app.cancel') }), children: [_jsx("div", { class: "what", children: given.what }), asks && (_jsx(TextField, { label: asks.label, ...(asks.help && { help: asks.help }), required: asks.required, value: said, plain: true, most: asks.most ?? 128, error: isTried.value && isUnsaid ? t('app.missing') : undefined, ...(asks.lines && { lines: asks.lines }) })), given.word !== undefined && (_jsx(TextField, { label: t('cuts.type_all', { word: given.word }), required: true, value: word, plain: true, error: isTried.value && isOther ? t('cuts.type_wrong') : undefined }))] }) }));
}
export const reasonAsked = () => ({ label: t('app.reason'), help: t('app.reason_help'), required: true });
