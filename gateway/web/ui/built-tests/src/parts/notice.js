import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { adviceFor } from "../api/problems.js";
import { hashOf } from "../state/route.js";
import { t, wordOf } from "../words/index.js";
import { Button } from "./form.js";
const signs = { good: '✓', warn: '!', bad: '✕', unknown: '?', plain: '•' };
/** A sign and a word: nothing is told by colour alone. */
export function MarkView({ mark, words }) {
    return (_jsxs("span", { class: `mark ${mark}`, children: [_jsx("span", { class: "sign", "aria-hidden": "true", children: signs[mark] }), words ?? (mark === 'plain' ? '' : t(`mark.${mark}`))] }));
}
export function Notice({ mark, children, live = false }) {
    return (_jsxs("div", { class: `notice ${mark}`, role: live ? 'status' : undefined, children: [_jsx("span", { class: "sign", "aria-hidden": "true", children: signs[mark] }), _jsx("div", { children: children })] }));
}
const whatOf = (problem) => problem.title === '' ? wordOf('problem', problem.code) : problem.title;
/** What happened, what it means for care work, what to do, and the code. */
export function ProblemView({ problem }) {
    if (problem === null)
        return null;
    const [care, what] = adviceFor(problem.code);
    return (_jsxs("div", { class: "notice bad problem", role: "alert", children: [_jsx("span", { class: "sign", "aria-hidden": "true", children: signs.bad }), _jsxs("div", { children: [_jsx("p", { class: "strong", children: whatOf(problem) }), _jsxs("dl", { class: "pairs", children: [problem.detail && _jsxs(_Fragment, { children: [_jsx("dt", { children: t('problem.detail') }), _jsx("dd", { children: problem.detail })] }), _jsx("dt", { children: t('problem.care') }), _jsx("dd", { children: t(care) }), _jsx("dt", { children: t('problem.do') }), _jsx("dd", { children: t(what) }), _jsx("dt", { children: t('problem.code') }), _jsxs("dd", { children: [_jsx("code", { children: problem.code }), problem.at && _jsxs(_Fragment, { children: [" ", _jsx("code", { children: problem.at })] })] })] })] })] }));
}
/** Loading, a problem, or what there is; what was there before stays, and is said to be older. */
export function Loaded({ load, none, children }) {
    const data = load.data.value, problem = load.problem.value;
    if (none && problem?.code === none.code)
        return _jsx(Notice, { mark: "unknown", children: _jsx("p", { children: none.words }) });
    if (data === null && problem === null)
        return _jsx("p", { class: "loading", role: "status", children: t('app.loading') });
    return (_jsxs(_Fragment, { children: [problem && data !== null && _jsx("p", { class: "strong", children: t('app.stale') }), _jsx(ProblemView, { problem: problem }), problem && (_jsxs("div", { class: "buttons", children: [_jsx(Button, { busy: load.isAsking.value, onClick: () => void load.again(), children: t('app.again') }), _jsx("a", { class: "button link", href: hashOf('help', problem.code), children: t('problem.look_up') })] })), data !== null && children(data)] }));
}
export function Pairs({ rows }) {
    const shown = rows.filter((row) => row !== null && row !== false);
    return _jsx("dl", { class: "pairs", children: shown.map(([name, value]) => _jsxs(_Fragment, { children: [_jsx("dt", { children: name }), _jsx("dd", { children: value })] })) });
}
/** A part of a page, with its own heading. */
export function Part({ title, children, of }) {
    return (_jsxs("section", { class: of ? `part ${of}` : 'part', "aria-label": title, children: [_jsx("h2", { children: title }), children] }));
}
