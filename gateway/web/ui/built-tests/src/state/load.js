import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { call } from "../api/client.js";
import { language } from "./language.js";
import { isWarned } from "./session.js";
/** Asks at once, when what is asked for or the language changes, and each `every` milliseconds unless paused, hidden, or nobody is there. */
export function useLoad(id, given, every = 0) {
    const data = useSignal(null), problem = useSignal(null);
    const isAsking = useSignal(false), isPaused = useSignal(false);
    const key = id + JSON.stringify(given) + language.value;
    const latest = useRef(key);
    latest.current = key;
    const again = async () => {
        if (isAsking.value)
            return;
        isAsking.value = true;
        const asked = latest.current;
        const said = await call(id, given);
        isAsking.value = false;
        if (latest.current !== asked)
            return;
        if (said.ok)
            data.value = said.value;
        problem.value = said.ok ? null : said.problem;
    };
    const ask = useRef(again);
    ask.current = again;
    useEffect(() => void (isAsking.value = false, ask.current()), [key]);
    useEffect(() => {
        if (every === 0)
            return;
        const timer = setInterval(() => {
            if (!isPaused.value && !document.hidden && !isWarned.value)
                void ask.current();
        }, every);
        return () => clearInterval(timer);
    }, [every]);
    return { data, problem, isAsking, isPaused, again: () => ask.current() };
}
/** Something that is done once at a time; its problem stays until the next try. */
export function useAction(act) {
    const isBusy = useSignal(false), problem = useSignal(null);
    const run = async (...given) => {
        if (isBusy.value)
            return false;
        isBusy.value = true;
        problem.value = null;
        const said = await act(...given);
        isBusy.value = false;
        if (said && !said.ok)
            problem.value = said.problem;
        return !said || said.ok;
    };
    return { isBusy, problem, run };
}
