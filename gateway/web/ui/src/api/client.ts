import { operations, root, type Operations, type Schemas } from './generated.ts';

// One way to ask the box for something. Whoever asks hears either what was asked for or a problem, never an exception.

export type Problem = Schemas['Problem'];
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };
export type OperationId = keyof Operations;
export type AnswerOf<Id extends OperationId> = Operations[Id]['answer'];

type Part<T> = Record<never, never> extends T ? Partial<T> : T;
type Given<Id extends OperationId> = (Operations[Id]['path'] extends Record<string, never> ? object : { path: Operations[Id]['path'] }) & {
  query?: Part<Operations[Id]['query']>;
} & (Operations[Id]['body'] extends null ? object : { body: Operations[Id]['body'] });

/** What a request carries of the session, and who is told how it went. */
export interface Around {
  csrf(): string;
  language(): string;
  heard(): void;
  sessionEnded(): void;
}
let around: Around = { csrf: () => '', language: () => 'ja', heard: () => {}, sessionEnded: () => {} };
export const standIn = (given: Around): void => void (around = given);

/** Problems that no answer told: the box was not reached. */
export function ownProblem(code: 'ui.unreachable' | 'ui.unreadable'): Problem {
  return { type: `urn:sekisho:problem:${code}`, title: '', status: 0, code };
}

export function pathOf(pattern: string, values: Record<string, unknown>): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
}

export function queryOf(values: Record<string, unknown>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  if (given.length === 0) return '';
  return '?' + given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&');
}

const patience = 15_000;  // milliseconds; a way that is cut says nothing at all, and webd itself gives up after ten seconds

function headersFor(method: string, once: boolean, hasBody: boolean): Record<string, string> {
  const headers: Record<string, string> = { 'Accept-Language': around.language() };
  if (hasBody) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && around.csrf() !== '') headers['X-CSRF-Token'] = around.csrf();
  if (once) headers['Idempotency-Key'] = crypto.randomUUID();
  return headers;
}

async function read<T>(answer: Response): Promise<Outcome<T>> {
  const type = answer.headers.get('Content-Type') ?? '';
  if (answer.ok && answer.status === 204) return { ok: true, value: null as T };
  const text = await answer.text();
  if (answer.ok && text === '') return { ok: true, value: null as T };
  if (answer.ok) return { ok: true, value: JSON.parse(text) as T };
  if (!type.startsWith('application/problem+json')) return { ok: false, problem: ownProblem('ui.unreadable') };
  return { ok: false, problem: JSON.parse(text) as Problem };
}

export function placeOf(id: OperationId, path: Record<string, unknown> = {}): string {
  return root + pathOf(operations[id][1], path);
}

export async function call<Id extends OperationId>(id: Id, given: Given<Id>): Promise<Outcome<AnswerOf<Id>>> {
  const [method, , once] = operations[id];
  const { path = {}, query = {}, body } = given as { path?: object; query?: object; body?: unknown };
  const init: RequestInit = {
    method, headers: headersFor(method, once, body != null), credentials: 'same-origin', cache: 'no-store', redirect: 'error',
    signal: AbortSignal.timeout(patience),
    ...(body != null && { body: JSON.stringify(body) }),
  };
  let outcome: Outcome<AnswerOf<Id>>;
  try {
    outcome = await read(await fetch(placeOf(id, path as Record<string, unknown>) + queryOf(query as Record<string, unknown>), init));
  } catch (failure) {
    return { ok: false, problem: ownProblem(failure instanceof SyntaxError ? 'ui.unreadable' : 'ui.unreachable') };
  }
  if (outcome.ok) around.heard();
  else if (outcome.problem.code === 'account.session_ended') around.sessionEnded();
  return outcome;
}
