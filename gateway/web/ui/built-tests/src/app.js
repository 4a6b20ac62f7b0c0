import { jsx as _jsx, Fragment as _Fragment, jsxs as _jsxs } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { SignInPage } from "./pages/sign_in.js";
import { Top } from "./parts/top.js";
import { route } from "./state/route.js";
import { isKnown, session } from "./state/session.js";
import { t } from "./words/index.js";
const Loading = () => _jsx("p", { class: "loading", role: "status", children: t('app.loading') });
/** A part that comes when it is needed, so that the first page is there at once. */
function Later({ load }) {
    const Part = useSignal(null);
    useEffect(() => {
        Part.value = null;
        void load().then((part) => void (Part.value = part));
    }, [load]);
    return Part.value === null ? _jsx(Loading, {}) : _jsx(Part.value, {});
}
const inside = async () => (await import("./inside.js")).Inside;
const enrol = async () => (await import("./pages/enrol.js")).EnrolPage;
const claim = async () => (await import("./pages/enrol.js")).ClaimPage;
function Outside() {
    const [first] = route.value;
    return (_jsxs(_Fragment, { children: [_jsx(Top, {}), _jsx("main", { id: "main", class: "narrow", children: first === 'enrol' ? _jsx(Later, { load: enrol }) : first === 'claim' ? _jsx(Later, { load: claim }) : _jsx(SignInPage, {}) })] }));
}
export function App() {
    if (!isKnown.value)
        return _jsx(Loading, {});
    return session.value === null ? _jsx(Outside, {}) : _jsx(Later, { load: inside });
}
