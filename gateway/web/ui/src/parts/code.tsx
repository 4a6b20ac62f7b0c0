import type { JSX } from 'preact';

import { say } from '../state/said.ts';
import { t } from '../words/index.ts';
import { Button } from './form.tsx';

/** Something that is copied or written down letter by letter. */
export function Copied({ text, label }: { text: string; label: string }): JSX.Element {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    say(t('app.copied'));
  };
  return (
    <div class="copied">
      <output aria-label={label}>{text}</output>
      <Button onClick={() => void copy()} label={`${t('app.copy')}: ${label}`}>{t('app.copy')}</Button>
    </div>
  );
}

/** Recovery codes, to be printed or written down. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }): JSX.Element {
  return (
    <div class="printed">
      <h3>{t('enrol.recovery')}</h3>
      <p>{t('enrol.recovery_help')}</p>
      <ol class="codes">{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ol>
      <Button onClick={() => print()}>{t('enrol.print')}</Button>
    </div>
  );
}
