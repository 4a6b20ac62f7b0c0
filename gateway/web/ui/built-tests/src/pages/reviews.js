import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { call } from "../api/client.js";
import { Dialog } from "../parts/dialog.js";
import { Button, Form, TextField } from "../parts/form.js";
import { Loaded, MarkView, Part } from "../parts/notice.js";
import { Table } from "../parts/table.js";
import { language } from "../state/language.js";
import { useAction, useLoad } from "../state/load.js";
import { say } from "../state/said.js";
import { may } from "../state/session.js";
import { numberText, whenText } from "../text/format.js";
import { t, wordOf } from "../words/index.js";
const marks = { running: 'plain', due: 'warn', overdue: 'bad', done: 'good' };
const mostComment = 2000;
/** The link says which records were looked at: whoever signs signs for those and no others (LOG-06). */
function Sign({ review, close, done }) {
    const comment = useSignal(''), findings = useSignal(''), isTried = useSignal(false);
    const isMissing = comment.value.trim() === '', error = isTried.value && isMissing ? t('app.missing') : undefined;
    const sign = useAction(async () => {
        isTried.value = true;
        if (isMissing)
            return;
        const found = findings.value.split('\n').map((line) => line.trim()).filter((line) => line !== '');
        const signed = await call('reviews.sign', { path: { quarter: review.quarter }, body: { link: review.link, comment: comment.value.trim(), findings: found } });
        if (signed.ok)
            close(), say(t('reviews.signed', { quarter: review.quarter })), done();
        return signed;
    });
    return (_jsxs(Dialog, { title: t('reviews.sign_title', { quarter: review.quarter }), close: close, children: [_jsx("p", { children: t('reviews.sign_what', { first: numberText(review.first), last: numberText(review.last) }) }), _jsxs(Form, { action: sign, errors: error ? [`${t('reviews.comment')}: ${error}`] : [], submit: t('reviews.sign'), more: _jsx(Button, { onClick: close, children: t('app.cancel') }), children: [_jsx(TextField, { label: t('reviews.comment'), value: comment, required: true, plain: true, lines: 4, error: error, most: mostComment }), _jsx(TextField, { label: t('reviews.findings'), value: findings, plain: true, lines: 4, most: 20_000 })] })] }));
}
function Month({ month, close }) {
    const load = useLoad('summaries.show', { path: { month } });
    return (_jsxs(Dialog, { title: `${t('reviews.months')} ${month}`, close: close, children: [_jsx(Loaded, { load: load, children: (given) => (_jsxs(_Fragment, { children: [!given.is_over && _jsx("p", { children: t('reviews.month_runs') }), _jsx("pre", { class: "report", tabIndex: 0, children: language.value === 'ja' ? given.japanese : given.english })] })) }), _jsx("div", { class: "buttons", children: _jsx(Button, { onClick: close, children: t('app.close') }) })] }));
}
function Months({ show }) {
    const load = useLoad('summaries.list', {});
    return (_jsx(Part, { title: t('reviews.months'), children: _jsx(Loaded, { load: load, children: (given) => (_jsx(Table, { title: t('reviews.months'), rows: given.months, keyOf: (month) => month, none: t('reviews.months_none'), columns: [
                    { title: t('reviews.month'), cell: (month) => month },
                    { title: t('connections.act'), isAction: true, cell: (month) => _jsx(Button, { label: `${t('reviews.month_show')}: ${month}`, onClick: () => show(month), children: t('reviews.month_show') }) },
                ] })) }) }));
}
export function ReviewsPage() {
    const load = useLoad('reviews.list', {}), signing = useSignal(null), month = useSignal(null);
    const columns = [
        { title: t('reviews.quarter'), cell: (row) => row.quarter },
        { title: t('reviews.state_label'), cell: (row) => _jsx(MarkView, { mark: marks[row.state] ?? 'unknown', words: wordOf('review', row.state) }) },
        { title: t('reviews.until'), cell: (row) => whenText(row.until, language.value) },
        { title: t('reviews.range'), cell: (row) => `${numberText(row.first)} 〜 ${numberText(row.last)}` },
        { title: t('connections.act'), isAction: true, cell: (row) => (_jsxs(_Fragment, { children: [row.signed !== undefined && _jsxs("details", { children: [_jsx("summary", { children: t('reviews.show') }), _jsx("pre", { class: "report", tabIndex: 0, children: row.signed })] }), (row.state === 'due' || row.state === 'overdue') && may('review.sign') &&
                        _jsx(Button, { kind: "main", label: t('reviews.sign_of', { quarter: row.quarter }), onClick: () => void (signing.value = row), children: t('reviews.sign') })] })) },
    ];
    return (_jsxs(_Fragment, { children: [_jsx("p", { children: t('reviews.intro') }), _jsx(Loaded, { load: load, children: (given) => (_jsxs(Part, { title: t('reviews.table'), children: [_jsx(Table, { title: t('reviews.table'), columns: columns, rows: given.reviews, keyOf: (row) => row.quarter, none: t('reviews.none') }), given.stock_taken !== undefined && _jsx("p", { children: t('reviews.stock', { time: whenText(given.stock_taken, language.value) }) })] })) }), _jsx(Months, { show: (given) => void (month.value = given) }), signing.value && _jsx(Sign, { review: signing.value, close: () => void (signing.value = null), done: () => void load.again() }), month.value && _jsx(Month, { month: month.value, close: () => void (month.value = null) })] }));
}
