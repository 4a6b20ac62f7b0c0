import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { call } from "../api/client.js";
import { Ask } from "../parts/dialog.js";
import { Button } from "../parts/form.js";
import { Loaded, MarkView, Notice, Pairs, Part, ProblemView } from "../parts/notice.js";
import { Table } from "../parts/table.js";
import { language } from "../state/language.js";
import { useAction, useLoad } from "../state/load.js";
import { hashOf, route } from "../state/route.js";
import { say } from "../state/said.js";
import { may, now, session } from "../state/session.js";
import { clockText, whenText } from "../text/format.js";
import { t, wordOf } from "../words/index.js";
import { RequestForm } from "./maintenance_request.js";
const pollEach = 5000; // milliseconds
const mostWords = 512;
const marks = { requested: 'warn', open: 'warn', approved: 'good', ended: 'warn', reported: 'good', refused: 'bad' };
export const State = ({ row }) => _jsx(MarkView, { mark: marks[row.state] ?? 'plain', words: wordOf('maintenance.state', row.state) });
const targetOf = (row) => (row.target === 'box' || row.target === '' ? t('maintenance.box') : row.target);
const windowOf = (row) => `${whenText(row.from, language.value)} 〜 ${whenText(row.until, language.value)}`;
const isUndecided = (row) => row.state === 'requested' || (row.is_emergency && row.decided === undefined);
function Facts({ row }) {
    return (_jsx(Pairs, { rows: [
            [t('maintenance.state_label'), _jsx(State, { row: row })],
            [t('maintenance.vendor'), row.vendor],
            [t('maintenance.by'), `${row.by} (${whenText(row.requested, language.value)})`],
            [t('maintenance.target'), targetOf(row)],
            [t('maintenance.window'), windowOf(row)],
            [t('app.reason'), row.reason],
            row.ticket !== undefined && [t('maintenance.ticket'), row.ticket],
            row.is_emergency && [t('records.level'), t('maintenance.is_emergency')],
            [t('maintenance.allowed'), _jsx("ul", { children: row.allowed.map((work) => _jsx("li", { children: wordOf('work', work) }, work)) })],
            [t('maintenance.plan'), _jsx("ol", { children: row.plan.map((step) => _jsx("li", { children: step }, step)) })],
            row.decided_by !== undefined && [t('maintenance.decided_by'), `${row.decided_by} (${whenText(row.decided, language.value)}) ${row.words ?? ''}`],
            row.read_by !== undefined && [t('maintenance.read_by'), row.read_by],
        ] }));
}
function questions({ row, again }) {
    const path = { maintenance: row.maintenance }, n = row.maintenance;
    const done = () => (say(t('maintenance.decided')), again());
    const words = { label: t('maintenance.words'), lines: 3, most: mostWords };
    return {
        approve: { title: t('maintenance.approve_title', { n }), what: _jsx("p", { children: t('maintenance.approve_what', { vendor: row.vendor }) }), submit: t('maintenance.approve'),
            asks: { ...words, required: false }, act: (said) => call('maintenance.approve', { path, body: said === '' ? {} : { words: said } }), done },
        refuse: { title: t('maintenance.refuse_title', { n }), what: _jsx("p", { children: t('maintenance.refuse_what') }), submit: t('maintenance.refuse'), danger: true,
            asks: { ...words, required: true }, act: (said) => call('maintenance.refuse', { path, body: { words: said } }), done },
        end: { title: t('maintenance.end_title', { n }), what: _jsx("p", { children: t('maintenance.end_what') }), submit: t('maintenance.end'), danger: true,
            act: () => call('maintenance.end', { path }), done: () => (say(t('maintenance.ended')), again()) },
    };
}
function Buttons(props) {
    const { row, again, ask } = props, asked = questions(props), path = { maintenance: row.maintenance };
    const isOwn = row.by === session.value?.account;
    const enter = useAction(async () => {
        const done = await call('maintenance.enter', { path });
        if (done.ok)
            say(t('maintenance.entered')), again();
        return done;
    });
    const read = useAction(async () => {
        const done = await call('maintenance.acknowledge', { path });
        if (done.ok)
            say(t('maintenance.acknowledged')), again();
        return done;
    });
    const isLive = ['requested', 'approved', 'open'].includes(row.state);
    return (_jsxs(_Fragment, { children: [row.state === 'open' && _jsx(Notice, { mark: "warn", children: _jsx("p", { children: t('maintenance.running', { time: clockText((Date.parse(row.until) - now.value) / 1000) }) }) }), _jsx(ProblemView, { problem: enter.problem.value ?? read.problem.value }), _jsxs("div", { class: "buttons", children: [isUndecided(row) && !isOwn && may('maintenance.approve') && _jsx(Button, { kind: "main", onClick: () => ask(asked.approve), children: t('maintenance.approve') }), isUndecided(row) && !isOwn && may('maintenance.approve') && _jsx(Button, { kind: "danger", onClick: () => ask(asked.refuse), children: t('maintenance.refuse') }), row.state === 'approved' && isOwn && _jsx(Button, { kind: "main", busy: enter.isBusy.value, onClick: () => void enter.run(), children: t('maintenance.enter') }), isLive && may('maintenance.end') && _jsx(Button, { kind: "danger", onClick: () => ask(asked.end), children: t('maintenance.end') }), row.state === 'ended' && may('maintenance.approve') && !isOwn &&
                        _jsx(Button, { kind: "main", busy: read.isBusy.value, onClick: () => void read.run(), children: t('maintenance.acknowledge') })] })] }));
}
function OnePage({ number }) {
    const load = useLoad('maintenance.show', { path: { maintenance: number } }, pollEach), question = useSignal(null);
    return (_jsxs(_Fragment, { children: [_jsx("p", { children: _jsx("a", { href: hashOf('maintenance'), children: t('maintenance.table') }) }), _jsx(Loaded, { load: load, children: (report) => report.maintenance.map((row) => (_jsxs(_Fragment, { children: [_jsxs(Part, { title: `${t('page.maintenance')} ${row.maintenance}`, children: [_jsx(Facts, { row: row }), _jsx(Buttons, { row: row, again: () => void load.again(), ask: (asked) => void (question.value = asked) })] }), row.opened !== undefined && (_jsxs(Part, { title: t('maintenance.report'), children: [_jsx("p", { children: _jsx(MarkView, { mark: report.is_as_planned ? 'good' : 'warn', words: t(report.is_as_planned ? 'maintenance.as_planned' : 'maintenance.not_as_planned') }) }), _jsx("pre", { class: "report", tabIndex: 0, children: language.value === 'ja' ? report.japanese : report.english })] }))] }))) }), _jsx(Ask, { question: question })] }));
}
function Switch({ isOff, again, ask }) {
    const on = useAction(async () => {
        const done = await call('maintenance.switch_on', {});
        if (done.ok)
            say(t('maintenance.switched_on')), again();
        return done;
    });
    const stop = { title: t('maintenance.stop_title'), what: _jsx("p", { children: t('maintenance.stop_what') }), submit: t('maintenance.stop'), danger: true,
        act: () => call('maintenance.stop', {}), done: () => (say(t('maintenance.stopped')), again()) };
    return (_jsxs(_Fragment, { children: [_jsx(Notice, { mark: isOff ? 'bad' : 'good', children: _jsx("p", { children: t(isOff ? 'maintenance.is_off' : 'maintenance.is_on') }) }), _jsx(ProblemView, { problem: on.problem.value }), _jsxs("div", { class: "buttons", children: [!isOff && may('cut') && _jsx(Button, { kind: "danger", onClick: () => ask(stop), children: t('maintenance.stop') }), isOff && may('maintenance.approve') && _jsx(Button, { busy: on.isBusy.value, onClick: () => void on.run(), children: t('maintenance.switch_on') })] })] }));
}
function ListPage() {
    const load = useLoad('maintenance.list', { query: { limit: 200 } }, pollEach), question = useSignal(null);
    const again = () => void load.again();
    return (_jsxs(_Fragment, { children: [_jsx("p", { children: t('maintenance.intro') }), _jsx(Loaded, { load: load, children: (given) => (_jsxs(_Fragment, { children: [_jsx(Switch, { isOff: given.is_off, again: again, ask: (asked) => void (question.value = asked) }), _jsx(Part, { title: t('maintenance.table'), children: _jsx(Table, { title: t('maintenance.table'), rows: given.maintenances, keyOf: (row) => row.maintenance, none: t('maintenance.none'), columns: [
                                    { title: t('maintenance.number'), cell: (row) => _jsxs("a", { href: hashOf('maintenance', row.maintenance), children: [t('page.maintenance'), " ", row.maintenance] }) },
                                    { title: t('maintenance.state_label'), cell: (row) => _jsxs(_Fragment, { children: [_jsx(State, { row: row }), row.is_flagged && _jsx("p", { children: t('maintenance.flagged') })] }) },
                                    { title: t('maintenance.vendor'), cell: (row) => row.vendor },
                                    { title: t('maintenance.window'), cell: windowOf },
                                    { title: t('app.reason'), cell: (row) => row.reason },
                                ] }) })] })) }), may('maintenance.request') && _jsx(RequestForm, { again: again }), _jsx(Ask, { question: question })] }));
}
export function MaintenancePage() {
    const number = Number(route.value[1]);
    return Number.isInteger(number) && number > 0 ? _jsx(OnePage, { number: number }, number) : _jsx(ListPage, {});
}
