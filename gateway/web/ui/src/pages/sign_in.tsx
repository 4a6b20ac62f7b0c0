import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { Form, TextField } from '../parts/form.tsx';
import { Notice, Part } from '../parts/notice.tsx';
import { language } from '../state/language.ts';
import { useAction } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { ended, signIn } from '../state/session.ts';
import { normalised, withoutBlanks } from '../text/input.ts';
import { t } from '../words/index.ts';

/** What is wrong with name, password or code is told in one and the same way (ADM-02). */
function Refused(): JSX.Element {
  return (
    <Notice mark="bad" live>
      <p class="strong">{t('sign_in.refused')}</p>
      <p>{t('sign_in.refused_do')}</p>
    </Notice>
  );
}

export function SignInPage(): JSX.Element {
  const name = useSignal(''), password = useSignal(''), code = useSignal('');
  const isTried = useSignal(false), isRefused = useSignal(false);
  const missing = (given: string): string | undefined => (isTried.value && given === '' ? t('app.missing') : undefined);
  const errors = [missing(name.value) && `${t('sign_in.name')}: ${t('app.missing')}`, missing(password.value) && `${t('sign_in.password')}: ${t('app.missing')}`]
    .filter((error): error is string => Boolean(error));
  const action = useAction<[]>(async () => {
    isTried.value = true;
    isRefused.value = false;
    if (name.value === '' || password.value === '') return;
    const problem = await signIn(normalised(name.value), password.value, withoutBlanks(code.value));
    code.value = '';
    if (problem === null) return;
    if (problem.code === 'account.refused') return void (isRefused.value = true);
    return { ok: false, problem };
  });
  useEffect(() => void (document.title = `${t('sign_in.title')} - ${t('app.name')}`), [language.value]);
  const why = ended.value;
  return (
    <>
      <h1>{t('sign_in.title')}</h1>
      {why !== 'none' && <Notice mark={why === 'signed_out' ? 'good' : 'warn'} live><p>{t(`sign_in.${why}`)}</p></Notice>}
      {isRefused.value && <Refused />}
      <div class="part">
        <Form action={action} errors={errors} submit={t('sign_in.do')}>
          <TextField label={t('sign_in.name')} value={name} required error={missing(name.value)} autocomplete="username" most={64} />
          <TextField label={t('sign_in.password')} value={password} required type="password" error={missing(password.value)} autocomplete="current-password" most={128} />
          <TextField label={t('sign_in.code')} help={t('sign_in.code_help')} value={code} autocomplete="one-time-code" most={128} />
        </Form>
      </div>
      <Part title={t('sign_in.first')}>
        <ul>
          <li><a href={hashOf('enrol')}>{t('sign_in.to_enrol')}</a></li>
          <li><a href={hashOf('claim')}>{t('sign_in.to_claim')}</a></li>
        </ul>
      </Part>
    </>
  );
}
