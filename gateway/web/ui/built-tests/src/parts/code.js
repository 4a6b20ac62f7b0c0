import { jsx as _jsx, jsxs as _jsxs } from "preact/jsx-runtime";
import { say } from "../state/said.js";
import { t } from "../words/index.js";
import { Button } from "./form.js";
/** Something that is copied or written down letter by letter. */
export function Copied({ text, label }) {
    const copy = async () => {
        await navigator.clipboard.writeText(text);
        say(t('app.copied'));
    };
    return (_jsxs("div", { class: "copied", children: [_jsx("output", { "aria-label": label, children: text }), _jsx(Button, { onClick: () => void copy(), label: `${t('app.copy')}: ${label}`, children: t('app.copy') })] }));
}
/** Recovery codes, to be printed or written down. */
export function RecoveryCodes({ codes }) {
    return (_jsxs("div", { class: "printed", children: [_jsx("h3", { children: t('enrol.recovery') }), _jsx("p", { children: t('enrol.recovery_help') }), _jsx("ol", { class: "codes", children: codes.map((code) => _jsx("li", { children: _jsx("code", { children: code }) }, code)) }), _jsx(Button, { onClick: () => print(), children: t('enrol.print') })] }));
}
