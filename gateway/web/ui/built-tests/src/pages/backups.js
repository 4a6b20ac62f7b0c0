import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { call, placeOf } from "../api/client.js";
import { Button } from "../parts/form.js";
import { Loaded, MarkView, Notice, Pairs, Part, ProblemView } from "../parts/notice.js";
import { Table } from "../parts/table.js";
import { language } from "../state/language.js";
import { useAction, useLoad } from "../state/load.js";
import { say } from "../state/said.js";
import { may } from "../state/session.js";
import { octetsText, whenText } from "../text/format.js";
import { t, wordOf } from "../words/index.js";
const pollEach = 10_000; // milliseconds
function CheckResult({ number, check }) {
    return check.good ? _jsx(Notice, { mark: "good", live: true, children: _jsx("p", { children: t('backups.good', { n: number, sha: check.sha256 }) }) })
        : _jsx(Notice, { mark: "bad", live: true, children: _jsx("p", { children: t('backups.bad', { n: number, faults: check.faults.join(', ') }) }) });
}
function About({ given }) {
    return (_jsxs(_Fragment, { children: [given.damaged.length > 0 && _jsx(Notice, { mark: "bad", children: _jsx("p", { children: t('backups.damaged', { names: given.damaged.join(', ') }) }) }), _jsx(Pairs, { rows: [
                    given.next !== undefined && [t('backups.next'), whenText(given.next, language.value)],
                    given.failures > 0 && [t('backups.failures'), _jsx(MarkView, { mark: "bad", words: String(given.failures) })],
                    [t('backups.recipients'), given.recipients.length === 0 ? t('overview.backups_off') : _jsx("ul", { children: given.recipients.map((one) => _jsxs("li", { children: [one.name, one.concern !== undefined && ` ${t('backups.concern', { text: one.concern })}`] }, one.sha256)) })],
                    given.signer !== '' && [t('backups.signer'), _jsx("code", { children: given.signer })],
                ] })] }));
}
export function BackupsPage() {
    const load = useLoad('backups.list', {}, pollEach), looked = useSignal(null);
    const make = useAction(async () => {
        const done = await call('backups.make', {});
        if (done.ok)
            say(t('backups.making')), void load.again();
        return done;
    });
    const check = useAction(async (number) => {
        looked.value = null;
        const done = await call('backups.check', { path: { backup: number } });
        if (done.ok)
            looked.value = { number, check: done.value };
        return done;
    });
    const act = (row) => (_jsxs(_Fragment, { children: [may('backup.make') && _jsx(Button, { busy: check.isBusy.value, label: t('backups.check_of', { n: row.backup }), onClick: () => void check.run(row.backup), children: t('backups.check') }), ' ', may('backup.export') && _jsx("a", { class: "button", download: true, href: placeOf('backups.download', { backup: row.backup }), "aria-label": t('backups.download_of', { n: row.backup }), children: t('backups.download') })] }));
    const columns = [
        { title: t('backups.made_at'), cell: (row) => whenText(row.made, language.value) },
        { title: t('backups.kind'), cell: (row) => wordOf('backup.kind', row.kind) },
        { title: t('backups.change'), cell: (row) => row.change, isNumber: true },
        { title: t('backups.size'), cell: (row) => octetsText(row.size), isNumber: true },
        { title: t('backups.file'), cell: (row) => _jsxs(_Fragment, { children: [_jsx("code", { children: row.file }), row.last_good && _jsx("p", { children: _jsx(MarkView, { mark: "good", words: t('backups.last_good') }) })] }) },
        { title: t('backups.act'), cell: act, isAction: true },
    ];
    return (_jsxs(_Fragment, { children: [_jsx("p", { children: t('backups.intro') }), _jsx(ProblemView, { problem: make.problem.value ?? check.problem.value }), looked.value && _jsx(CheckResult, { ...looked.value }), _jsx(Loaded, { load: load, children: (given) => (_jsxs(Part, { title: t('backups.table'), children: [_jsx(About, { given: given }), may('backup.make') && _jsx("div", { class: "buttons", children: _jsx(Button, { kind: "main", busy: make.isBusy.value, onClick: () => void make.run(), children: t('backups.make') }) }), _jsx(Table, { title: t('backups.table'), columns: columns, rows: given.backups, keyOf: (row) => row.backup, none: t('backups.none') })] })) })] }));
}
