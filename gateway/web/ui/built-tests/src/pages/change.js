import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { call } from "../api/client.js";
import { Ask, reasonAsked } from "../parts/dialog.js";
import { Button, Form, SelectField } from "../parts/form.js";
import { Loaded, MarkView, Notice, Pairs, Part, ProblemView } from "../parts/notice.js";
import { Table } from "../parts/table.js";
import { language } from "../state/language.js";
import { useAction, useLoad } from "../state/load.js";
import { go, hashOf } from "../state/route.js";
import { say } from "../state/said.js";
import { may, session } from "../state/session.js";
import { confirmation } from "../state/token.js";
import { inJapanese } from "../text/change_words.js";
import { numberText, whenText } from "../text/format.js";
import { t, wordOf } from "../words/index.js";
import { StateView } from "./changes.js";
import { Flying } from "./flying.js";
import { RawDiff } from "./raw_diff.js";
const pollEach = 1500; // milliseconds
export const withins = [60, 180, 300, 600, 1800]; // seconds
const usual = '180';
function Head({ change }) {
    const time = (given) => whenText(given, language.value);
    return (_jsx(Pairs, { rows: [
            [t('change.state_label'), _jsx(StateView, { state: change.state })],
            [t('app.reason'), change.reason],
            [t('change.by'), change.by],
            [t('change.source'), change.source],
            [t('change.staged_at'), time(change.staged)],
            [t('change.base'), change.base === 0 ? '—' : _jsx("a", { href: hashOf('history', change.base), children: t('change.title', { n: change.base }) })],
            change.approved_by !== undefined && [t('change.approved_by'), change.approved_by],
            change.ended !== undefined && [t('change.ended_at'), time(change.ended)],
            change.ended_by !== undefined && [t('change.ended_by'), change.ended_by],
            change.outcome !== undefined && [t('change.outcome'), change.outcome],
        ] }));
}
/** The box marks those that may let more through with a plus. */
export function WordsOfChange({ lines }) {
    if (lines.length === 0)
        return _jsx("p", { children: t('change.what_none') });
    return (_jsx("ul", { class: "words", children: lines.map((line) => {
            const widens = line.startsWith('+ '), told = line.replace(/^(\+| ) /, '');
            return _jsxs("li", { children: [language.value === 'ja' ? inJapanese(told) : told, " ", widens && _jsx(MarkView, { mark: "warn", words: t('change.widens') })] }, line);
        }) }));
}
function Effect({ change }) {
    const { sessions_stay: stay, sessions_end: end, endings = [], silent = [] } = change;
    if (stay === undefined || end === undefined)
        return _jsx("p", { children: t('change.effect_unknown') });
    const words = end === 0 ? t('change.effect_none', { stay: numberText(stay) }) : t('change.effect_ends', { stay: numberText(stay), end: numberText(end) });
    return (_jsxs(_Fragment, { children: [_jsx(Notice, { mark: end === 0 ? 'good' : 'warn', children: _jsx("p", { class: "strong", children: words }) }), silent.length > 0 && _jsx(Notice, { mark: "unknown", children: _jsx("p", { children: t('change.effect_silent', { names: silent.join(', ') }) }) }), endings.length > 0 && (_jsx(Table, { title: t('change.endings'), rows: endings, keyOf: (row) => Object.values(row).join(' '), none: "", columns: [
                    { title: t('connections.tenant'), cell: (row) => row.tenant },
                    { title: t('connections.terminal'), cell: (row) => row.terminal },
                    { title: t('connections.service'), cell: (row) => row.service },
                    { title: t('change.ending_count'), cell: (row) => numberText(row.sessions), isNumber: true },
                    { title: t('change.ending_reason'), cell: (row) => wordOf('ending', row.reason) },
                ] }))] }));
}
export function withdrawing({ change, again }) {
    return {
        title: t('change.withdraw_title'), what: _jsx("p", { children: t('change.withdraw_what') }), submit: t('change.withdraw'), asks: reasonAsked(),
        act: (reason) => call('changes.withdraw', { path: { change: change.change }, body: { reason } }),
        done: () => (say(t('change.withdrawn')), again()),
    };
}
function Apply({ change, again, ask }) {
    const within = useSignal(usual);
    const apply = useAction(async () => {
        const done = await call('changes.apply', { path: { change: change.change }, body: { within: Number(within.value) } });
        if (done.ok)
            confirmation.value = { change: change.change, token: done.value.token }, again();
        return done;
    });
    const choices = withins.map((seconds) => ({ value: String(seconds), label: t('change.minutes', { n: seconds / 60 }) }));
    return (_jsx(Form, { action: apply, submit: t('change.apply'), more: may('config.stage') && _jsx(Button, { onClick: () => ask(withdrawing({ change, again, ask })), children: t('change.withdraw') }), children: _jsx(SelectField, { label: t('change.within'), help: t('change.within_help'), value: within, choices: choices }) }));
}
function Checked(props) {
    const { change, again, ask } = props;
    const isAwaited = change.needs_second_person && change.approved_by === undefined;
    const isOwn = change.by === session.value?.account;
    const approve = {
        title: t('change.approve_title'), what: _jsx("p", { children: t('change.approve_what') }), submit: t('change.approve'),
        act: () => call('changes.approve', { path: { change: change.change } }), done: () => (say(t('change.approved')), again()),
    };
    return (_jsxs(_Fragment, { children: [isAwaited && _jsx(Notice, { mark: "warn", children: _jsx("p", { children: t('change.needs_approval') }) }), isAwaited && may('config.approve') && !isOwn && _jsx("div", { class: "buttons", children: _jsx(Button, { kind: "main", onClick: () => ask(approve), children: t('change.approve') }) }), !isAwaited && may('config.apply') && _jsx(Apply, { ...props }), isAwaited && may('config.stage') && _jsx("div", { class: "buttons", children: _jsx(Button, { onClick: () => ask(withdrawing(props)), children: t('change.withdraw') }) })] }));
}
function Staged({ change, again, ask }) {
    const check = useAction(async () => {
        const done = await call('changes.check', { path: { change: change.change } });
        again();
        return done;
    });
    return (_jsxs(_Fragment, { children: [_jsx("p", { role: "status", children: t('change.checking') }), _jsx(ProblemView, { problem: check.problem.value }), may('config.stage') && (_jsxs("div", { class: "buttons", children: [_jsx(Button, { busy: check.isBusy.value, onClick: () => void check.run(), children: t('change.check') }), _jsx(Button, { onClick: () => ask(withdrawing({ change, again, ask })), children: t('change.withdraw') })] }))] }));
}
const overs = {
    confirmed: ['good', 'change.confirmed_done'], rolled_back: ['warn', 'change.rolled_back_done'],
    refused: ['bad', 'change.refused_done'], withdrawn: ['plain', 'change.withdrawn_done'],
};
function Over({ change, again, ask }) {
    const [mark, key] = overs[change.state] ?? ['plain', 'change.withdrawn_done'];
    const copy = {
        title: t('change.copy_title', { n: change.change }), what: _jsx("p", { children: t('change.copy_what') }), submit: t('change.copy'), asks: reasonAsked(),
        act: async (reason) => {
            const made = await call('changes.copy', { path: { change: change.change }, body: { reason } });
            if (!made.ok)
                return made;
            void call('changes.check', { path: { change: made.value.change } });
            go('changes', made.value.change);
            return made;
        },
        done: again,
    };
    return (_jsxs(_Fragment, { children: [_jsxs(Notice, { mark: mark, live: true, children: [_jsx("p", { children: t(key) }), change.generation !== undefined && _jsx("p", { children: t('change.kept_closed', { kept: numberText(change.sessions_kept), closed: numberText(change.sessions_closed) }) })] }), may('config.stage') && change.state !== 'refused' && _jsx("div", { class: "buttons", children: _jsx(Button, { onClick: () => ask(copy), children: t('change.copy') }) })] }));
}
function Step(props) {
    const { state } = props.change;
    if (state === 'staged')
        return _jsx(Staged, { ...props });
    if (state === 'checked')
        return _jsx(Checked, { ...props });
    if (['applying', 'applied', 'confirming', 'rolling_back'].includes(state))
        return _jsx(Flying, { ...props });
    return _jsx(Over, { ...props });
}
export function ChangePage({ number }) {
    const load = useLoad('changes.show', { path: { change: number } }, pollEach), question = useSignal(null);
    const again = () => void load.again();
    return (_jsxs(_Fragment, { children: [_jsx(Loaded, { load: load, children: (given) => {
                    const change = given;
                    const props = { change, again, ask: (asked) => void (question.value = asked), reached: load.problem.value === null };
                    return (_jsxs(_Fragment, { children: [_jsxs(Part, { title: t('change.title', { n: number }), children: [_jsx(Head, { change: change }), _jsx(Step, { ...props })] }), change.report.length > 0 && _jsx(Part, { title: t('change.report'), children: _jsx("pre", { class: "report", lang: "en", tabIndex: 0, children: change.report.join('\n') }) }), change.state !== 'staged' && change.state !== 'refused' && (_jsxs(_Fragment, { children: [_jsx(Part, { title: t('change.what'), children: _jsx(WordsOfChange, { lines: change.changes }) }), _jsx(Part, { title: t('change.effect'), children: _jsx(Effect, { change: change }) })] })), may('config.read') && _jsx(RawDiff, { change: number, base: change.base })] }));
                } }), _jsx(Ask, { question: question })] }));
}
