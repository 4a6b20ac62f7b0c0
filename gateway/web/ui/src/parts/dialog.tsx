import { useSignal, type Signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

import type { Outcome } from '../api/client.ts';
import { useAction } from '../state/load.ts';
import { normalised } from '../text/input.ts';
import { t } from '../words/index.ts';
import { Button, Form, TextField } from './form.tsx';

/** The browser's own dialogue: it holds the focus, and gives it back. */
export function Dialog({ title, close, children }: { title: string; close: () => void; children: ComponentChildren }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null), id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onCancel={(event) => (event.preventDefault(), close())}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}

export interface Question {
  readonly title: string;
  readonly what: ComponentChildren;
  readonly submit: string;
  readonly danger?: boolean;
  /** What is to be written down with it. */
  readonly asks?: { readonly label: string; readonly help?: string; readonly required: boolean; readonly lines?: number; readonly most?: number };
  /** A word that has to be typed first: the name of what cannot be had back. */
  readonly word?: string;
  readonly act: (said: string) => Promise<Outcome<unknown>>;
  readonly done?: () => void;
}

/** Asks before something is done that somebody may regret. Nothing: nothing is asked. */
export function Ask({ question }: { question: Signal<Question | null> }): JSX.Element | null {
  return question.value === null ? null : <Asked key={question.value.title} given={question.value} close={() => void (question.value = null)} />;
}

function Asked({ given, close }: { given: Question; close: () => void }): JSX.Element {
  const said = useSignal(''), word = useSignal(''), isTried = useSignal(false);
  const errors: string[] = [];
  const isUnsaid = given.asks?.required === true && said.value.trim() === '', isOther = given.word !== undefined && normalised(word.value) !== given.word;
  if (isTried.value && isUnsaid) errors.push(`${given.asks?.label ?? ''}: ${t('app.missing')}`);
  if (isTried.value && isOther) errors.push(t('app.type_wrong'));
  const action = useAction<[]>(async () => {
    isTried.value = true;
    if (isUnsaid || isOther) return;
    const outcome = await given.act(said.value.trim());
    if (outcome.ok) close(), given.done?.();
    return outcome;
  });
  const asks = given.asks;
  return (
    <Dialog title={given.title} close={close}>
      <Form action={action} errors={errors} submit={given.submit} kind={given.danger ? 'danger' : 'main'}
        more={<Button onClick={close}>{t('app.cancel')}</Button>}>
        <div class="what">{given.what}</div>
        {asks && (
          <TextField label={asks.label} {...(asks.help && { help: asks.help })} required={asks.required} value={said} plain most={asks.most ?? 128}
            error={isTried.value && isUnsaid ? t('app.missing') : undefined} {...(asks.lines && { lines: asks.lines })} />
        )}
        {given.word !== undefined && (
          <TextField label={t('app.type_word', { word: given.word })} required value={word} plain error={isTried.value && isOther ? t('app.type_wrong') : undefined} />
        )}
      </Form>
    </Dialog>
  );
}

export const reasonAsked = (): NonNullable<Question['asks']> => ({ label: t('app.reason'), help: t('app.reason_help'), required: true });
