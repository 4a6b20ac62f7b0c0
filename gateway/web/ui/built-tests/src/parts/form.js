import { jsx as _jsx, jsxs as _jsxs } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { isConverting, normalised } from "../text/input.js";
import { t } from "../words/index.js";
import { ProblemView } from "./notice.js";
/** Stays focusable while it works, so that nobody who uses a keyboard is lost. */
export function Button({ kind = 'plain', type = 'button', busy = false, disabled = false, label, onClick, children }) {
    const click = (event) => {
        if (busy || disabled)
            event.preventDefault();
        else
            onClick?.(event);
    };
    return (_jsx("button", { type: type, class: `button ${kind}`, "aria-disabled": busy || disabled, "aria-label": label, onClick: click, children: busy ? t('app.working') : children }));
}
/** A label that is seen, help above the field, and what is wrong beside it. */
export function Field({ label, help, error, required = false, note, children }) {
    const id = useId();
    const described = [help && `${id}-help`, error && `${id}-error`, note && `${id}-note`].filter(Boolean).join(' ');
    return (_jsxs("div", { class: error ? 'field wrong' : 'field', children: [_jsxs("label", { for: id, children: [label, required && _jsx("span", { class: "required", children: t('app.required') })] }), help && _jsx("p", { class: "help", id: `${id}-help`, children: help }), error && _jsx("p", { class: "error", id: `${id}-error`, children: error }), children({ id, 'aria-describedby': described, 'aria-invalid': error !== undefined, 'aria-required': required }), note && _jsx("p", { class: "note", role: "status", id: `${id}-note`, children: note })] }));
}
/** What was typed in full width is made half width when the field is left, and said so. */
export function TextField(given) {
    const { label, value, type = 'text', lines, plain = false, most = 512 } = given;
    const note = useSignal('');
    const left = () => {
        if (plain || type === 'password' || type === 'datetime-local')
            return;
        const tidy = normalised(value.value);
        note.value = tidy === value.value.trim() ? '' : t('app.normalised', { text: tidy });
        value.value = tidy;
    };
    const input = (event) => void (value.value = event.currentTarget.value);
    return (_jsx(Field, { label: label, ...(given.help && { help: given.help }), error: given.error, required: given.required ?? false, note: note.value, children: (ids) => lines ? (_jsx("textarea", { ...ids, rows: lines, maxLength: most, value: value.value, onInput: input, spellcheck: false })) : (_jsx("input", { ...ids, ...{ type }, maxLength: most, value: value.value, onInput: input, onBlur: left, autocomplete: given.autocomplete ?? 'off', autocapitalize: "none", spellcheck: false, inputMode: given.numeric ? 'numeric' : undefined })) }));
}
export function SelectField({ label, value, choices, help }) {
    return (_jsx(Field, { label: label, ...(help && { help }), children: (ids) => (_jsx("select", { ...ids, value: value.value, onChange: (event) => void (value.value = event.currentTarget.value), children: choices.map((choice) => _jsx("option", { value: choice.value, children: choice.label }, choice.value)) })) }));
}
/** Enter that ends a conversion of kana does not send anything. What is wrong is told at the top as well, and gets the focus. */
export function Form({ action, errors = [], submit, kind = 'main', more, children }) {
    const summary = useRef(null);
    const send = (event) => {
        event.preventDefault();
        if (errors.length === 0)
            return void action.run();
        queueMicrotask(() => summary.current?.focus());
    };
    const key = (event) => {
        if (event.key === 'Enter' && isConverting(event))
            event.preventDefault();
    };
    return (_jsxs("form", { noValidate: true, onSubmit: send, onKeyDown: key, children: [errors.length > 0 && (_jsxs("div", { class: "notice bad", tabIndex: -1, ref: summary, role: "alert", children: [_jsx("p", { class: "strong", children: t('app.errors') }), _jsx("ul", { children: errors.map((error) => _jsx("li", { children: error }, error)) })] })), _jsx(ProblemView, { problem: action.problem.value }), children, _jsxs("div", { class: "buttons", children: [_jsx(Button, { type: "submit", kind: kind, busy: action.isBusy.value, children: submit }), more] })] }));
}
/** A checkbox with its words. */
export function Check({ label, on, change }) {
    return (_jsxs("label", { class: "check", children: [_jsx("input", { type: "checkbox", checked: on, onChange: (event) => change(event.currentTarget.checked) }), _jsx("span", { children: label })] }));
}
