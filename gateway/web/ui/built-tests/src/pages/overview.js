import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { Loaded, MarkView, Notice, Pairs, Part } from "../parts/notice.js";
import { Table } from "../parts/table.js";
import { language } from "../state/language.js";
import { useLoad } from "../state/load.js";
import { hashOf } from "../state/route.js";
import { byName, numberText, whenText } from "../text/format.js";
import { t, wordOf } from "../words/index.js";
const pollEach = 5000; // milliseconds
/** What a process is called; each tenant has some of its own. */
const nameOf = (process) => (process.tenant === '' ? process.name : `${process.name} ${process.tenant}`);
/** Those that should run. Compartments serve; the others have nobody to serve. */
const isDown = (process) => !process.running || (process.tenant !== '' && !process.serving);
/** The state in one sentence: the gravest that holds. */
export function sentenceOf(status, connections) {
    const down = status.processes.filter(isDown);
    if (!status.kernel_rules)
        return ['bad', 'overview.rules_off'];
    if (status.broken > 0)
        return ['bad', 'overview.broken', { n: status.broken }];
    if (!status.sessions_begin && status.waits.includes('box.unclaimed'))
        return ['bad', 'overview.closed_unclaimed'];
    if (!status.sessions_begin)
        return ['bad', 'overview.closed'];
    if (status.cuts.some((cut) => cut.what === 'everything'))
        return ['bad', 'overview.cut_all'];
    if (down.length > 0)
        return ['bad', 'overview.process_down', { names: down.map(nameOf).join(', ') }];
    if (!status.clock_is_right)
        return ['warn', 'overview.clock_wrong'];
    if (status.in_flight !== undefined)
        return ['warn', 'overview.flying', { n: status.in_flight }];
    if (status.cuts.length > 0)
        return ['warn', 'overview.cuts', { n: status.cuts.length }];
    return connections > 0 ? ['good', 'overview.good', { n: numberText(connections) }] : ['good', 'overview.good_quiet'];
}
/** "review.due:2026-Q4", as a sentence and where to go. */
export function waitOf(id) {
    const [key = '', what = ''] = id.split(':');
    const pages = {
        review: ['reviews'], maintenance: ['maintenance', what], change: ['changes', what], box: ['overview']
    };
    return { key, what, page: pages[key.split('.')[0] ?? ''] ?? ['overview'] };
}
function Waits({ status }) {
    const waits = [...status.waits, ...(status.in_flight === undefined ? [] : [`change.in_flight:${status.in_flight}`])].map(waitOf);
    return (_jsx(Part, { title: t('overview.waits'), children: waits.length === 0 ? _jsx("p", { class: "none", children: t('overview.waits_none') }) : (_jsx("ul", { children: waits.map(({ key, what, page }) => (_jsx("li", { children: _jsx("a", { href: hashOf(...page.filter((part) => part !== '')), children: wordOf('wait', key).replace('{what}', what) }) }, key + what))) })) }));
}
/** A session that stands has been let in by the box and has finished its handshake with the cloud: each hop was really passed. */
export function hopsOf(status, connections, all) {
    const stands = t('path.stands', { n: numberText(all) });
    const services = [...new Set(connections.map((row) => row.service))].sort(byName);
    const isBad = !status.kernel_rules || status.processes.some(isDown);
    const untried = { mark: 'unknown', tested: t('path.untried') };
    return [
        { place: 'path.terminals', ...(all > 0 ? { mark: 'good', tested: stands } : { mark: 'unknown', tested: t('path.no_terminal') }) },
        { place: 'path.box', mark: isBad ? 'bad' : 'good', tested: t(isBad ? 'path.box_bad' : 'path.box_good') },
        { place: 'path.line', ...(all > 0 ? { mark: 'good', tested: stands } : untried) },
        { place: 'path.cloud', ...(all > 0 ? { mark: 'good', tested: t('path.services', { names: services.join(', ') }) } : untried) },
    ];
}
function Path({ hops }) {
    return (_jsx(Part, { title: t('overview.path'), children: _jsx("ol", { class: "path", children: hops.map((hop) => (_jsxs("li", { class: hop.mark, children: [_jsx("p", { class: "place", children: t(hop.place) }), _jsx(MarkView, { mark: hop.mark }), _jsx("p", { class: "tested", children: hop.tested })] }, hop.place))) }) }));
}
function Box({ status }) {
    const { held, broken, unproven } = status;
    const proof = status.proved === undefined ? t('overview.proof_never')
        : t('overview.proof_counts', { held, broken, unproven, time: whenText(status.proved, language.value) });
    return (_jsxs(Part, { title: t('overview.numbers'), children: [_jsx(Pairs, { rows: [
                    [t('overview.now'), `${whenText(status.now, language.value, true)} (${t(status.clock_is_right ? 'overview.clock_good' : 'overview.clock_bad')})`],
                    [t('overview.proof'), _jsx("a", { href: hashOf('isolation'), children: proof })],
                    [t('overview.records'), t('overview.records_counts', { n: numberText(status.records), signed: numberText(status.records_signed) })],
                    [t('overview.backups'), t(status.makes_backups ? 'overview.backups_on' : 'overview.backups_off')],
                    [t('overview.generation'), numberText(status.generation)],
                    [t('overview.confirmed'), _jsx("a", { href: hashOf('history', status.confirmed), children: status.confirmed })],
                ] }), _jsxs("details", { children: [_jsxs("summary", { children: [t('overview.processes'), " (", status.processes.length, ")"] }), _jsx("ul", { class: "words", children: status.processes.map((process) => _jsxs("li", { children: [_jsx(MarkView, { mark: isDown(process) ? 'bad' : 'good' }), " ", nameOf(process)] }, nameOf(process))) })] }), _jsxs("details", { children: [_jsxs("summary", { children: [t('overview.listeners'), " (", status.listeners.length, ")"] }), _jsx("ul", { class: "words", children: status.listeners.map((one) => _jsxs("li", { children: [one.tenant, " ", _jsxs("code", { children: [one.address, ":", one.port] })] }, `${one.address} ${one.port}`)) })] })] }));
}
function ByTenant({ rows }) {
    const counts = new Map();
    for (const row of rows)
        counts.set(row.tenant, (counts.get(row.tenant) ?? 0) + 1);
    return (_jsxs(Part, { title: t('overview.by_tenant'), children: [_jsx(Table, { title: t('overview.by_tenant'), rows: [...counts].sort((a, b) => byName(a[0], b[0])), keyOf: ([tenant]) => tenant, none: t('connections.none'), columns: [
                    { title: t('connections.tenant'), cell: ([tenant]) => tenant },
                    { title: t('overview.sessions'), cell: ([, count]) => numberText(count), isNumber: true },
                ] }), _jsx("p", { children: _jsx("a", { href: hashOf('connections'), children: t('page.connections') }) })] }));
}
export function OverviewPage() {
    const status = useLoad('status.show', {}, pollEach), connections = useLoad('connections.list', { query: { limit: 20000 } }, pollEach);
    const rows = connections.data.value?.connections ?? [], all = connections.data.value?.all ?? 0;
    return (_jsx(Loaded, { load: status, children: (given) => {
            const [mark, key, values] = sentenceOf(given, all);
            return (_jsxs(_Fragment, { children: [_jsx(Notice, { mark: mark, live: true, children: _jsx("p", { class: "state", children: t(key, values) }) }), _jsx(Path, { hops: hopsOf(given, rows, all) }), _jsxs("div", { class: "pair", children: [_jsx(Waits, { status: given }), _jsx(ByTenant, { rows: rows })] }), _jsx(Box, { status: given })] }));
        } }));
}
