import { operations, root } from "./generated.js";
let around = { csrf: () => '', language: () => 'ja', heard: () => { }, sessionEnded: () => { } };
export const standIn = (given) => void (around = given);
/** Problems that no answer told: the box was not reached. */
export function ownProblem(code) {
    return { type: `urn:sekisho:problem:${code}`, title: '', status: 0, code };
}
export function pathOf(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(values[name])));
}
export function queryOf(values) {
    const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
    if (given.length === 0)
        return '';
    return '?' + given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&');
}
function headersFor(method, once, hasBody) {
    const headers = { 'Accept-Language': around.language() };
    if (hasBody)
        headers['Content-Type'] = 'application/json';
    if (method !== 'GET' && around.csrf() !== '')
        headers['X-CSRF-Token'] = around.csrf();
    if (once)
        headers['Idempotency-Key'] = crypto.randomUUID();
    return headers;
}
async function read(answer) {
    const type = answer.headers.get('Content-Type') ?? '';
    if (answer.ok && answer.status === 204)
        return { ok: true, value: null };
    const text = await answer.text();
    if (answer.ok && text === '')
        return { ok: true, value: null };
    if (answer.ok)
        return { ok: true, value: JSON.parse(text) };
    if (!type.startsWith('application/problem+json'))
        return { ok: false, problem: ownProblem('ui.unreadable') };
    return { ok: false, problem: JSON.parse(text) };
}
export function placeOf(id, path = {}) {
    return root + pathOf(operations[id][1], path);
}
export async function call(id, given) {
    const [method, , once] = operations[id];
    const { path = {}, query = {}, body } = given;
    const init = {
        method, headers: headersFor(method, once, body != null), credentials: 'same-origin', cache: 'no-store', redirect: 'error',
        ...(body != null && { body: JSON.stringify(body) }),
    };
    let outcome;
    try {
        outcome = await read(await fetch(placeOf(id, path) + queryOf(query), init));
    }
    catch (failure) {
        return { ok: false, problem: ownProblem(failure instanceof SyntaxError ? 'ui.unreadable' : 'ui.unreachable') };
    }
    if (outcome.ok)
        around.heard();
    else if (outcome.problem.code === 'account.session_ended')
        around.sessionEnded();
    return outcome;
}
