import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ChangePage } from "./pages/change.js";
import { groups, pageAt, pages } from "./pages/index.js";
import { Dialog } from "./parts/dialog.js";
import { Button } from "./parts/form.js";
import { Notice, ProblemView } from "./parts/notice.js";
import { Top } from "./parts/top.js";
import { language } from "./state/language.js";
import { hashOf, route } from "./state/route.js";
import { said } from "./state/said.js";
import { extend, idleLeft, isWarned, may, now, session, signOut } from "./state/session.js";
import { undo, undoProblem } from "./state/undo.js";
import { clockText } from "./text/format.js";
import { t, wordOf } from "./words/index.js";
const isOffered = (page) => page.needs.length === 0 || page.needs.some(may);
function Navigation({ isOpen, leave }) {
    const here = pageAt(route.value)?.id;
    return (_jsx("nav", { id: "pages", class: isOpen ? 'pages open' : 'pages', "aria-label": t('app.menu'), children: groups.map((group) => {
            const offered = pages.filter((page) => page.group === group && isOffered(page));
            if (offered.length === 0)
                return null;
            return (_jsxs("div", { children: [_jsx("p", { id: `group-${group}`, children: t(`group.${group}`) }), _jsx("ul", { "aria-labelledby": `group-${group}`, children: offered.map((page) => (_jsx("li", { children: _jsx("a", { href: hashOf(page.id), "aria-current": page.id === here ? 'page' : undefined, onClick: leave, children: t(`page.${page.id}`) }) }, page.id))) })] }, group));
        }) }));
}
function Warning() {
    if (!isWarned.value)
        return null;
    return (_jsxs(Dialog, { title: t('session.warn_title'), close: () => void extend(), children: [_jsx("p", { role: "timer", children: t('session.warn', { time: clockText(idleLeft.value) }) }), _jsxs("div", { class: "buttons", children: [_jsx(Button, { kind: "main", onClick: () => void extend(), children: t('session.extend') }), _jsx(Button, { onClick: () => void signOut(), children: t('session.sign_out') })] })] }));
}
function UndoOffer() {
    const offered = undo.value;
    if (offered === null)
        return _jsx(ProblemView, { problem: undoProblem.value });
    const back = async () => {
        undo.value = null;
        const done = await offered.undo();
        undoProblem.value = done.ok ? null : done.problem;
    };
    return (_jsxs("div", { class: "toast", children: [_jsxs("p", { children: [offered.words, " ", t('app.undo_left', { n: Math.max(0, Math.ceil((offered.until - now.value) / 1000)) })] }), _jsx(Button, { onClick: () => void back(), children: t('app.undo') })] }));
}
function NoRight() {
    return (_jsxs(Notice, { mark: "warn", children: [_jsx("p", { class: "strong", children: t('app.no_right', { role: wordOf('role', session.value?.role ?? '') }) }), _jsx("p", { children: t('app.no_right_do') })] }));
}
function Shown({ page }) {
    if (!page)
        return _jsxs(Notice, { mark: "unknown", children: [_jsx("p", { children: t('app.not_found') }), _jsx("a", { href: hashOf(), children: t('app.to_overview') })] });
    if (!isOffered(page))
        return _jsx(NoRight, {});
    const number = Number(route.value[1]);
    if ((page.id === 'changes' || page.id === 'history') && Number.isInteger(number) && number > 0)
        return _jsx(ChangePage, { number: number }, number);
    return _jsx(page.show, {}, page.id);
}
/** Everything behind the sign-in. */
export function Inside() {
    const isOpen = useSignal(false), heading = useRef(null), isFirst = useRef(true);
    const page = pageAt(route.value);
    const title = page ? t(`page.${page.id}`) : t('app.not_found');
    const where = route.value.join('/');
    useEffect(() => void (document.title = `${title} - ${t('app.name')}`), [title, language.value]);
    useEffect(() => {
        said.value = '';
        if (!isFirst.current)
            heading.current?.focus();
        isFirst.current = false;
    }, [where]);
    const jump = (event) => {
        event.preventDefault();
        heading.current?.focus();
    };
    return (_jsxs(_Fragment, { children: [_jsx("a", { class: "skip", href: "#main", onClick: jump, children: t('app.skip') }), _jsx(Top, { menu: { isOpen: isOpen.value, toggle: () => void (isOpen.value = !isOpen.value) } }), _jsxs("div", { class: "frame", children: [_jsx(Navigation, { isOpen: isOpen.value, leave: () => void (isOpen.value = false) }), _jsxs("main", { id: "main", children: [_jsx("h1", { tabIndex: -1, ref: heading, children: title }), _jsx("p", { class: "said", role: "status", children: said.value }), _jsx(Shown, { page: page })] })] }), _jsx(UndoOffer, {}), _jsx(Warning, {})] }));
}
