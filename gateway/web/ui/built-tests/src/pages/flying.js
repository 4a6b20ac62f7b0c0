import { jsx as _jsx, jsxs as _jsxs, Fragment as _Fragment } from "preact/jsx-runtime";
import { useSignal } from '@preact/signals';
import { call } from "../api/client.js";
import { Copied } from "../parts/code.js";
import { reasonAsked } from "../parts/dialog.js";
import { Button, Form, SelectField, TextField } from "../parts/form.js";
import { Notice, ProblemView } from "../parts/notice.js";
import { useAction } from "../state/load.js";
import { say } from "../state/said.js";
import { may, now } from "../state/session.js";
import { confirmation } from "../state/token.js";
import { clockText } from "../text/format.js";
import { withoutBlanks } from "../text/input.js";
import { t } from "../words/index.js";
import { withins } from "./change.js";
const busy = { applying: 'change.applying', confirming: 'change.confirming', rolling_back: 'change.rolling_back' };
function rollingBack(again) {
    return {
        title: t('change.roll_back_title'), what: _jsx("p", { children: t('change.roll_back_what') }), submit: t('change.roll_back'), danger: true, asks: reasonAsked(),
        act: (reason) => call('change.roll_back', { body: { reason } }), done: again,
    };
}
/** Of the box's clock as the browser's has it; a browser that goes wrong by minutes shows that here, and nothing else of it. */
function Countdown({ deadline }) {
    if (deadline === undefined)
        return null;
    return _jsxs("p", { children: [t('change.countdown'), " ", _jsx("span", { class: "countdown", role: "timer", children: clockText((Date.parse(deadline) - now.value) / 1000) })] });
}
function Extend({ again }) {
    const within = useSignal('300');
    const extend = useAction(async () => {
        const done = await call('change.extend', { body: { within: Number(within.value) } });
        if (done.ok)
            say(t('change.extended', { n: Number(within.value) / 60 })), again();
        return done;
    });
    return (_jsx(Form, { action: extend, submit: t('change.extend'), kind: "plain", children: _jsx(SelectField, { label: t('change.within'), value: within, choices: withins.map((seconds) => ({ value: String(seconds), label: t('change.minutes', { n: seconds / 60 }) })) }) }));
}
/** The token is in this page's memory, or was noted down by somebody; it goes nowhere but into this one call. */
function Confirm({ change, again, reached }) {
    const held = confirmation.value?.change === change.change ? confirmation.value.token : null, typed = useSignal('');
    const confirm = useAction(async () => {
        const done = await call('change.confirm', { body: { token: held ?? withoutBlanks(typed.value) } });
        if (done.ok)
            confirmation.value = null, again();
        return done;
    });
    if (held === null)
        return (_jsxs(_Fragment, { children: [_jsxs(Notice, { mark: "warn", children: [_jsx("p", { children: t('change.no_token') }), _jsx("p", { children: t('change.no_token_do') })] }), _jsx(Form, { action: confirm, submit: t('change.confirm'), kind: "plain", errors: [], children: _jsx(TextField, { label: t('change.token'), value: typed, most: 128 }) })] }));
    return (_jsxs(_Fragment, { children: [_jsx(ProblemView, { problem: confirm.problem.value }), _jsx("div", { class: "buttons", children: _jsx(Button, { kind: "main", disabled: !reached, busy: confirm.isBusy.value, onClick: () => void confirm.run(), children: t('change.confirm') }) }), _jsxs("details", { children: [_jsx("summary", { children: t('change.token_show') }), _jsx("p", { class: "help", children: t('change.token_help') }), _jsx(Copied, { text: held, label: t('change.token') })] })] }));
}
/** In force for a while: see that it works, then confirm it, or it goes back by itself (WLS-04). */
export function Flying(props) {
    const { change, again, ask, reached } = props;
    const words = busy[change.state];
    if (words)
        return _jsx("p", { role: "status", class: "strong", children: t(words) });
    return (_jsxs(_Fragment, { children: [_jsx(Notice, { mark: "warn", live: true, children: _jsx("p", { class: "strong", children: t('change.applied') }) }), _jsx(Countdown, { deadline: change.deadline }), _jsx(Notice, { mark: reached ? 'good' : 'bad', children: _jsx("p", { children: t(reached ? 'change.reached' : 'change.not_reached') }) }), may('config.confirm') && _jsx(Confirm, { ...props }), may('config.confirm') && _jsx("div", { class: "row", children: _jsx(Extend, { again: again }) }), may('config.roll_back') && _jsx("div", { class: "row", children: _jsx(Button, { kind: "danger", onClick: () => ask(rollingBack(again)), children: t('change.roll_back') }) })] }));
}
