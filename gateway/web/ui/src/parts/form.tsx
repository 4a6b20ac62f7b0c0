import { useSignal, type Signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';

import type { Action } from '../state/load.ts';
import { isConverting, normalised } from '../text/input.ts';
import { t } from '../words/index.ts';
import { ProblemView } from './notice.tsx';

type ButtonKind = 'main' | 'plain' | 'danger' | 'link';
interface ButtonProps {
  kind?: ButtonKind;
  type?: 'button' | 'submit';
  busy?: boolean;
  disabled?: boolean;
  label?: string;  // where the words alone do not say of what
  onClick?: (event: MouseEvent) => void;
  children: ComponentChildren;
}

/** Stays focusable while it works, so that nobody who uses a keyboard is lost. */
export function Button({ kind = 'plain', type = 'button', busy = false, disabled = false, label, onClick, children }: ButtonProps): JSX.Element {
  const click = (event: MouseEvent): void => {
    if (busy || disabled) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button type={type} class={`button ${kind}`} aria-disabled={busy || disabled} aria-label={label} onClick={click}>
      {busy ? t('app.working') : children}
    </button>
  );
}

interface FieldProps {
  label: string;
  help?: string;
  error?: string | undefined;
  required?: boolean;
  note?: string;
  children: (ids: { id: string; 'aria-describedby': string; 'aria-invalid': boolean; 'aria-required': boolean }) => JSX.Element;
}

/** A label that is seen, help above the field, and what is wrong beside it. */
export function Field({ label, help, error, required = false, note, children }: FieldProps): JSX.Element {
  const id = useId();
  const described = [help && `${id}-help`, error && `${id}-error`, note && `${id}-note`].filter(Boolean).join(' ');
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={id}>
        {label}
        {required && <span class="required">{t('app.required')}</span>}
      </label>
      {help && <p class="help" id={`${id}-help`}>{help}</p>}
      {error && <p class="error" id={`${id}-error`}>{error}</p>}
      {children({ id, 'aria-describedby': described, 'aria-invalid': error !== undefined, 'aria-required': required })}
      {note && <p class="note" role="status" id={`${id}-note`}>{note}</p>}
    </div>
  );
}

interface TextFieldProps {
  label: string;
  value: Signal<string>;
  help?: string;
  error?: string | undefined;
  required?: boolean;
  type?: 'text' | 'password' | 'search' | 'datetime-local';
  lines?: number;
  plain?: boolean;  // free text: left as it was typed
  autocomplete?: string;
  numeric?: boolean;
  most?: number;
  choices?: readonly string[];  // offered, beside whatever is typed
}

/** What was typed in full width is made half width when the field is left, and said so. */
export function TextField(given: TextFieldProps): JSX.Element {
  const { label, value, type = 'text', lines, plain = false, most = 512, choices = [] } = given;
  const note = useSignal('');
  const left = (): void => {
    if (plain || type === 'password' || type === 'datetime-local') return;
    const tidy = normalised(value.value);
    note.value = tidy === value.value.trim() ? '' : t('app.normalised', { text: tidy });
    value.value = tidy;
  };
  const input = (event: Event): void => void (value.value = (event.currentTarget as HTMLInputElement).value);
  return (
    <Field label={label} {...(given.help && { help: given.help })} error={given.error} required={given.required ?? false} note={note.value}>
      {(ids) =>
        lines ? (
          <textarea {...ids} rows={lines} maxLength={most} value={value.value} onInput={input} spellcheck={false} />
        ) : (
          <>
            <input {...ids} {...({ type } as { type: 'text' })} maxLength={most} value={value.value} onInput={input} onBlur={left} autocomplete={given.autocomplete ?? 'off'}
              autocapitalize="none" spellcheck={false} inputMode={given.numeric ? 'numeric' : undefined} list={choices.length > 0 ? `${ids.id}-list` : undefined} />
            {choices.length > 0 && <datalist id={`${ids.id}-list`}>{choices.map((one) => <option key={one} value={one} />)}</datalist>}
          </>
        )}
    </Field>
  );
}

interface Choice {
  readonly value: string;
  readonly label: string;
}
export function SelectField({ label, value, choices, help }: { label: string; value: Signal<string>; choices: readonly Choice[]; help?: string }): JSX.Element {
  return (
    <Field label={label} {...(help && { help })}>
      {(ids) => (
        <select {...ids} value={value.value} onChange={(event) => void (value.value = event.currentTarget.value)}>
          {choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.label}</option>)}
        </select>
      )}
    </Field>
  );
}

interface FormProps {
  action: Action<[]>;
  errors?: readonly string[];  // shown at the top, once somebody has tried
  submit: string;
  kind?: ButtonKind;
  more?: ComponentChildren;
  children: ComponentChildren;
}

/** Enter that ends a conversion of kana does not send anything. What is wrong is told at the top as well, and gets the focus. */
export function Form({ action, errors = [], submit, kind = 'main', more, children }: FormProps): JSX.Element {
  const summary = useRef<HTMLDivElement>(null);
  const send = (event: Event): void => {
    event.preventDefault();
    const show = (): void => void setTimeout(() => summary.current?.focus());
    if (errors.length > 0) show();
    else void action.run().then(show);  // which may have found the first
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && isConverting(event)) event.preventDefault();
  };
  return (
    <form noValidate onSubmit={send} onKeyDown={key}>
      {errors.length > 0 && (
        <div class="notice bad" tabIndex={-1} ref={summary} role="alert">
          <p class="strong">{t('app.errors')}</p>
          <ul>{errors.map((error) => <li key={error}>{error}</li>)}</ul>
        </div>
      )}
      <ProblemView problem={action.problem.value} />
      {children}
      <div class="buttons">
        <Button type="submit" kind={kind} busy={action.isBusy.value}>{submit}</Button>
        {more}
      </div>
    </form>
  );
}

/** A checkbox with its words. */
export function Check({ label, on, change }: { label: string; on: boolean; change: (on: boolean) => void }): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={on} onChange={(event) => change(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
