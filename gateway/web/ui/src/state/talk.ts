import { signal } from '@preact/signals';

import type { OperationId } from '../api/client.ts';
import { root } from '../api/generated.ts';

// The box tells what has changed (decision 0041): one WebSocket, as long as something on the page wants to be told.

export interface Wish {
  readonly id: OperationId;
  readonly values: Readonly<Record<string, unknown>>;
  readonly every: number;  // seconds
  /** What there is now, and each time that it is another. */
  told(answer: unknown): void;
  /** Nothing is told for now: whoever wants to know asks. */
  failed(): void;
}

const retryAfter = 10_000, leaveAfter = 5000;  // milliseconds

export const isHidden = signal(false);
/** With the number of its order on this connection; 0: it is not ordered. */
const wishes = new Map<Wish, number>();
let socket: WebSocket | null = null, last = 0;

/** Until what it gives back is called. */
export function keepSight(): () => void {
  const look = (): void => void (isHidden.value = document.hidden);
  addEventListener('visibilitychange', look);
  return () => removeEventListener('visibilitychange', look);
}

const say = (order: object): void => socket?.send(JSON.stringify(order));

function order(wish: Wish): void {
  wishes.set(wish, ++last);
  say({ watch: wish.id, values: wish.values, every: wish.every });
}

function hear(event: MessageEvent<string>): void {
  const said = JSON.parse(event.data) as { watch?: number; answer?: unknown };
  for (const [wish, number] of wishes) {
    if (number !== said.watch) continue;
    if (said.answer === undefined) wish.failed();
    else wish.told(said.answer);
  }
}

function lost(): void {
  socket = null;
  for (const wish of [...wishes.keys()]) {
    wishes.set(wish, 0);
    wish.failed();
  }
  setTimeout(open, retryAfter);
}

function open(): void {
  if (socket !== null || wishes.size === 0) return;
  last = 0;
  socket = new WebSocket(`wss://${location.host}${root}/live`);
  socket.onopen = () => [...wishes.keys()].forEach(order);
  socket.onmessage = hear;
  socket.onclose = lost;
}

function leave(): void {
  if (socket === null || wishes.size > 0) return;
  socket.onclose = null;
  socket.close();
  socket = null;
}

/** Until what it gives back is called. */
export function follow(wish: Wish): () => void {
  wishes.set(wish, 0);
  if (socket?.readyState === WebSocket.OPEN) order(wish);
  else open();
  return () => {
    const number = wishes.get(wish);
    wishes.delete(wish);
    if (number) say({ unwatch: number });
    setTimeout(leave, leaveAfter);
  };
}
