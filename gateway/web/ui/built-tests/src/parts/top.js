import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { language } from "../state/language.js";
import { hashOf } from "../state/route.js";
import { idleLeft, session, sessionLeft, signOut } from "../state/session.js";
import { clockText } from "../text/format.js";
import { t, wordOf } from "../words/index.js";
import { Button } from "./form.js";
function Languages() {
    const button = (given, name) => (_jsx("button", { type: "button", lang: given, "aria-pressed": language.value === given, onClick: () => void (language.value = given), children: name }));
    return _jsxs("div", { class: "languages", role: "group", "aria-label": t('app.language'), children: [button('ja', '日本語'), button('en', 'English')] });
}
/** What is above every page. */
export function Top({ menu }) {
    const who = session.value;
    return (_jsxs("header", { class: "top", children: [menu && (_jsx("div", { class: "menu", children: _jsx("button", { type: "button", class: "button", "aria-expanded": menu.isOpen, "aria-controls": "pages", onClick: menu.toggle, children: t('app.menu') }) })), _jsx("a", { class: "brand", href: hashOf(), children: t('app.name') }), who && (_jsxs(_Fragment, { children: [_jsxs("span", { class: "who", children: [_jsx("a", { href: hashOf('own'), children: who.account }), " (", wordOf('role', who.role), ")"] }), _jsx("span", { class: "timer", children: t('session.left', { time: clockText(Math.min(idleLeft.value, sessionLeft.value)) }) })] })), _jsx(Languages, {}), who && _jsx(Button, { onClick: () => void signOut(), children: t('session.sign_out') })] }));
}
