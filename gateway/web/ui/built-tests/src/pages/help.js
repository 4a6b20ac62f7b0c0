import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { advice } from "../api/problems.js";
import { TextField } from "../parts/form.js";
import { Part } from "../parts/notice.js";
import { Table } from "../parts/table.js";
import { route } from "../state/route.js";
import { normalised } from "../text/input.js";
import { t } from "../words/index.js";
/** Each code that these pages may show; nothing is asked of anybody. */
const entries = () => Object.entries(advice).map(([code, [care, what]]) => ({ code, care: t(care), what: t(what) }));
export function HelpPage() {
    const typed = useSignal(route.value[1] ?? '');
    const wanted = normalised(typed.value).toLowerCase();
    const found = entries().filter((entry) => `${entry.code} ${entry.care} ${entry.what}`.toLowerCase().includes(wanted));
    return (_jsxs(_Fragment, { children: [_jsx("p", { children: t('help.intro') }), _jsx("div", { class: "bar", children: _jsx(TextField, { label: t('help.search'), value: typed, type: "search", most: 64 }) }), _jsxs(Part, { title: t('help.table'), children: [_jsx("p", { role: "status", children: t('help.found', { n: found.length }) }), _jsx(Table, { title: t('help.table'), rows: found, keyOf: (row) => row.code, none: t('help.none'), columns: [
                            { title: t('help.code'), cell: (row) => _jsx("code", { children: row.code }) },
                            { title: t('help.care'), cell: (row) => row.care },
                            { title: t('help.do'), cell: (row) => row.what },
                        ] })] }), _jsx(Part, { title: t('help.terms'), children: _jsxs("dl", { class: "pairs", children: [_jsx("dt", { children: t('help.term_tenant') }), _jsx("dd", { children: t('help.term_tenant_is') }), _jsx("dt", { children: t('help.term_cut') }), _jsx("dd", { children: t('help.term_cut_is') }), _jsx("dt", { children: t('help.term_confirm') }), _jsx("dd", { children: t('help.term_confirm_is') })] }) })] }));
}
