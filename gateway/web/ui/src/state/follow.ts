import { effect, useSignal, type Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import type { AnswerOf, OperationId } from '../api/client.ts';
import { useLoad, type Arguments, type Load } from './load.ts';
import { isWarned } from './session.ts';
import { follow, isHidden } from './talk.ts';

const toldEach = 1;  // seconds

export interface Followed<T> extends Load<T> {
  /** The box does not tell it of itself: the page asks, and what is shown is so old. */
  readonly isAsked: Signal<boolean>;
}

/** What the box tells whenever it changes; asked for each `every` milliseconds where the box does not. */
export function useFollowed<Id extends OperationId>(id: Id, given: Arguments<Id>, every: number): Followed<AnswerOf<Id>> {
  const load = useLoad(id, given, every), isAsked = useSignal(false);
  const { path = {}, query = {} } = given as { path?: object; query?: object };
  useEffect(() => effect(() => {
    if (isWarned.value || isHidden.value) return;
    const end = follow({
      id, values: { ...path, ...query }, every: toldEach,
      told: (answer) => {
        load.take(answer as AnswerOf<Id>);
        isAsked.value = false;
      },
      failed: () => {
        load.isTold.value = false;
        isAsked.value = true;
        void load.again();
      },
    });
    return () => {
      end();
      load.isTold.value = false;
    };
  }), [id, JSON.stringify(given)]);
  return { ...load, isAsked };
}
