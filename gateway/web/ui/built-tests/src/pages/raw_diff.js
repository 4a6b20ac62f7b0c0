import { jsx as _jsx, jsxs as _jsxs } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Loaded } from "../parts/notice.js";
import { useLoad } from "../state/load.js";
import { condensed, lineDiff } from "../text/line_diff.js";
import { t } from "../words/index.js";
const signs = { same: ' ', gone: '-', new: '+' };
function Lines({ before, after }) {
    const lines = useMemo(() => condensed(lineDiff(before, after)), [before, after]);
    if (lines.length <= 1 && lines.every((line) => line === null))
        return _jsx("p", { children: t('change.raw_same') });
    return (_jsx("div", { class: "diff", tabIndex: 0, role: "region", "aria-label": t('change.raw'), children: lines.map((line, at) => line === null ? _jsx("div", { class: "left", children: t('change.left_out') }, at) : (_jsx("div", { class: line.kind, children: _jsxs("code", { children: [_jsxs("span", { "aria-hidden": "true", children: [signs[line.kind], " "] }), line.kind !== 'same' && _jsxs("span", { class: "unseen", children: [t(line.kind === 'gone' ? 'change.line_gone' : 'change.line_new'), ": "] }), line.text] }) }, at))) }));
}
function Both({ change, base }) {
    const after = useLoad('configuration.show', { query: { change } }), before = useLoad('configuration.show', { query: { change: base === 0 ? change : base } });
    return (_jsx(Loaded, { load: before, children: (old) => _jsx(Loaded, { load: after, children: (fresh) => _jsx(Lines, { before: base === 0 ? '' : old.configuration, after: fresh.configuration }) }) }));
}
/** The two texts, line by line; asked for when somebody wants to see them. */
export function RawDiff(given) {
    const isOpen = useSignal(false);
    return (_jsxs("details", { class: "part", onToggle: (event) => void (isOpen.value = event.currentTarget.open), children: [_jsx("summary", { children: t('change.raw') }), isOpen.value && _jsx(Both, { ...given })] }));
}
