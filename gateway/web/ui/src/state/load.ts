import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import { call, type AnswerOf, type OperationId, type Outcome, type Problem } from '../api/client.ts';
import { language } from './language.ts';
import { isWarned } from './session.ts';

/** What a page shows of the box, and how it stands with it. Data that was had stays while a later look fails. */
export interface Load<T> {
  readonly data: Signal<T | null>;
  readonly problem: Signal<Problem | null>;
  readonly isAsking: Signal<boolean>;
  /** The box tells by itself what changes; nobody asks for it meanwhile. */
  readonly isTold: Signal<boolean>;
  /** When the data came, by this browser's clock. */
  readonly asOf: Signal<number>;
  again(): Promise<void>;
  /** What was told. */
  take(told: T): void;
}

export type Arguments<Id extends OperationId> = Parameters<typeof call<Id>>[1];

/** Asks at once, when what is asked for or the language changes, and each `every` milliseconds unless hidden, or nobody is there. */
export function useLoad<Id extends OperationId>(id: Id, given: Arguments<Id>, every = 0): Load<AnswerOf<Id>> {
  const data = useSignal<AnswerOf<Id> | null>(null), problem = useSignal<Problem | null>(null);
  const isAsking = useSignal(false), isTold = useSignal(false), asOf = useSignal(0);
  const key = id + JSON.stringify(given) + language.value;
  const latest = useRef(key);
  latest.current = key;
  const have = (given: AnswerOf<Id>): void => {
    data.value = given;
    problem.value = null;
    asOf.value = Date.now();
  };
  const take = (told: AnswerOf<Id>): void => {
    have(told);
    isTold.value = true;
  };
  const again = async (): Promise<void> => {
    if (isAsking.value || isTold.value) return;
    isAsking.value = true;
    const asked = latest.current;
    const said: Outcome<AnswerOf<Id>> = await call(id, given);
    isAsking.value = false;
    if (latest.current !== asked || isTold.value) return;
    if (said.ok) have(said.value);
    else problem.value = said.problem;
  };
  const ask = useRef(again);
  ask.current = again;
  useEffect(() => void (isAsking.value = false, ask.current()), [key]);
  useEffect(() => {
    if (every === 0) return;
    const timer = setInterval(() => {
      if (!document.hidden && !isWarned.value) void ask.current();
    }, every);
    return () => clearInterval(timer);
  }, [every]);
  return { data, problem, isAsking, isTold, asOf, again: () => ask.current(), take };
}

export interface Action<A extends readonly unknown[]> {
  readonly isBusy: Signal<boolean>;
  readonly problem: Signal<Problem | null>;
  run(...given: A): Promise<boolean>;
}

/** Something that is done once at a time; its problem stays until the next try. */
export function useAction<A extends readonly unknown[]>(act: (...given: A) => Promise<Outcome<unknown> | void>): Action<A> {
  const isBusy = useSignal(false), problem = useSignal<Problem | null>(null);
  const run = async (...given: A): Promise<boolean> => {
    if (isBusy.value) return false;
    isBusy.value = true;
    problem.value = null;
    const said = await act(...given);
    isBusy.value = false;
    if (said && !said.ok) problem.value = said.problem;
    return !said || said.ok;
  };
  return { isBusy, problem, run };
}
