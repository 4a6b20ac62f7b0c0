import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { Loaded, MarkView } from "../parts/notice.js";
import { Table } from "../parts/table.js";
import { language } from "../state/language.js";
import { useLoad } from "../state/load.js";
import { whenText } from "../text/format.js";
import { t, wordOf } from "../words/index.js";
const marks = { held: 'good', broken: 'bad', unproven: 'unknown' };
const gravity = { broken: 0, unproven: 1, held: 2 };
export function IsolationPage() {
    const load = useLoad('isolation.show', {});
    return (_jsxs(_Fragment, { children: [_jsx("p", { children: t('isolation.intro') }), _jsx(Loaded, { load: load, none: { code: 'isolation.proof_unavailable', words: t('overview.proof_never') }, children: (proof) => (_jsxs("div", { class: "part", children: [_jsx("p", { children: t('isolation.when', { began: whenText(proof.began, language.value), ended: whenText(proof.ended, language.value), n: proof.generation }) }), _jsx(Table, { title: t('isolation.table'), none: t('overview.proof_never'), keyOf: (row) => [row.way, row.place, row.tenant, row.tried].join(' '), rows: [...proof.cases].sort((a, b) => (gravity[a.outcome] ?? 0) - (gravity[b.outcome] ?? 0)), columns: [
                                { title: t('isolation.outcome'), cell: (row) => _jsx(MarkView, { mark: marks[row.outcome] ?? 'unknown', words: wordOf('outcome', row.outcome) }) },
                                { title: t('isolation.way'), cell: (row) => row.way },
                                { title: t('connections.tenant'), cell: (row) => row.tenant },
                                { title: t('isolation.place'), cell: (row) => row.place },
                                { title: t('isolation.tried'), cell: (row) => _jsx("span", { lang: "en", children: row.tried }) },
                                { title: t('isolation.evidence'), cell: (row) => _jsx("span", { lang: "en", children: row.evidence }) },
                            ] })] })) })] }));
}
