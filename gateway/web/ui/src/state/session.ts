import { computed, signal } from '@preact/signals';

import { call, standIn, type Problem } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { language } from './language.ts';

// Who is signed in, and for how long. The box ends a session after ten minutes without a request; pages that look again
// by themselves would keep it for ever, so here whoever does nothing for so long is signed out.

export const idleLimit = 600, warnedBefore = 120;  // seconds
const keptAliveEach = 15;  // the box's ten minutes begin with the last request, the page's with the last act
const lifetime = 8 * 3600;

export type Session = Schemas['Session'];
export type Ended = 'none' | 'signed_out' | 'idle' | 'ended';

export const session = signal<Session | null>(null);
/** Not known before the box has said whether there is one. */
export const isKnown = signal(false);
export const ended = signal<Ended>('none');
export const now = signal(Date.now());
const lastAct = signal(Date.now());
const began = signal(0);
let lastHeard = 0;
/** Why the session ends, when the box says that it has. */
let parting: Ended = 'ended';

export const idleLeft = computed(() => Math.max(0, idleLimit - Math.floor((now.value - lastAct.value) / 1000)));
/** Of the whole session; known only where it began. */
export const sessionLeft = computed(() =>
  began.value === 0 ? Infinity : Math.max(0, lifetime - Math.floor((now.value - began.value) / 1000)));
export const isWarned = computed(() => session.value !== null && idleLeft.value <= warnedBefore);

export const may = (operation: string): boolean => session.value?.may.includes(operation) ?? false;

function leave(why: Ended): void {
  if (session.value === null) return;
  session.value = null;
  ended.value = why;
}

export function enter(given: Session, isNew: boolean): void {
  lastAct.value = now.value = Date.now();
  began.value = isNew ? Date.now() : 0;
  ended.value = 'none';
  session.value = given;
}

export async function look(): Promise<void> {
  const found = await call('session.show', {});
  if (found.ok) enter(found.value, false);
  isKnown.value = true;
}

/** New recovery codes were made: the box tells of them when somebody signs in, and not again. */
export function haveCodes(n: number): void {
  if (session.value !== null) session.value = { ...session.value, recovery_codes: n };
}

export async function signIn(name: string, password: string, code: string): Promise<Problem | null> {
  const done = await call('session.open', { body: { name, password, ...(code !== '' && { code }) } });
  if (!done.ok) return done.problem;
  enter(done.value, true);
  return null;
}

export async function signOut(why: Ended = 'signed_out'): Promise<void> {
  parting = why;
  await call('session.close', {});
  leave(why);
  parting = 'ended';
}

/** Somebody is there. */
export function act(): void {
  lastAct.value = Date.now();
}

function acted(): void {
  if (session.value === null || isWarned.value) return;  // whoever was warned says so himself
  act();
  if (Date.now() - lastHeard > keptAliveEach * 1000) void call('session.show', {});
}

export async function extend(): Promise<void> {
  act();
  now.value = Date.now();
  await call('session.show', {});
}

function tick(): void {
  now.value = Date.now();
  if (session.value !== null && (idleLeft.value === 0 || sessionLeft.value === 0)) void signOut('idle');
}

export function keepTime(): void {
  standIn({
    csrf: () => session.value?.csrf ?? '',
    language: () => language.value,
    heard: () => void (lastHeard = Date.now()),
    sessionEnded: () => leave(parting),
  });
  for (const kind of ['pointerdown', 'keydown', 'wheel']) addEventListener(kind, acted, { passive: true });
  setInterval(tick, 1000);
}
