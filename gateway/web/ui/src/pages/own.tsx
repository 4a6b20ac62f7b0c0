import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { RecoveryCodes } from '../parts/code.tsx';
import { Form, TextField } from '../parts/form.tsx';
import { Part } from '../parts/notice.tsx';
import { useAction } from '../state/load.ts';
import { haveCodes, session, signOut } from '../state/session.ts';
import { withoutBlanks } from '../text/input.ts';
import { t } from '../words/index.ts';
import { NewPassword, OfferView, passwordErrors } from './enrol.tsx';

function Password(): JSX.Element {
  const present = useSignal(''), password = useSignal(''), again = useSignal(''), isTried = useSignal(false);
  const noPresent = isTried.value && present.value === '' ? t('app.missing') : undefined;
  const errors = isTried.value ? [...(noPresent ? [`${t('own.password_now')}: ${noPresent}`] : []), ...passwordErrors({ password, again })] : [];
  const change = useAction<[]>(async () => {
    isTried.value = true;
    if (present.value === '' || passwordErrors({ password, again }).length > 0) return;
    const done = await call('account.password', { body: { password: present.value, next: password.value } });
    if (done.ok) await signOut();
    return done;
  });
  return (
    <Part title={t('own.password')}>
      <Form action={change} errors={errors} submit={t('own.password_do')}>
        <TextField label={t('own.password_now')} value={present} required type="password" autocomplete="current-password" error={noPresent} most={128} />
        <NewPassword password={password} again={again} isTried={isTried.value} />
      </Form>
    </Part>
  );
}

function Codes(): JSX.Element {
  const password = useSignal(''), codes = useSignal<readonly string[]>([]), left = session.value?.recovery_codes;
  const make = useAction<[]>(async () => {
    const made = await call('account.recovery_codes', { body: { password: password.value } });
    password.value = '';
    if (made.ok) codes.value = made.value.codes, haveCodes(made.value.codes.length);
    return made;
  });
  return (
    <Part title={t('own.codes')}>
      <p>{left !== undefined && <>{t('own.codes_left', { n: left })} </>}{t('own.codes_help')}</p>
      <Form action={make} submit={t('own.codes_do')} kind="plain">
        <TextField label={t('own.password_now')} value={password} required type="password" autocomplete="current-password" most={128} />
      </Form>
      {codes.value.length > 0 && <RecoveryCodes codes={codes.value} />}
    </Part>
  );
}

function App(): JSX.Element {
  const password = useSignal(''), code = useSignal(''), offer = useSignal<Schemas['Offer'] | null>(null);
  const begin = useAction<[]>(async () => {
    const made = await call('account.totp', { body: { password: password.value } });
    password.value = '';
    if (made.ok) offer.value = made.value;
    return made;
  });
  const confirm = useAction<[]>(async () => {
    const done = await call('account.totp_confirm', { body: { code: withoutBlanks(code.value) } });
    if (done.ok) await signOut();
    return done;
  });
  return (
    <Part title={t('own.totp')}>
      {offer.value === null ? (
        <Form action={begin} submit={t('own.totp_do')} kind="plain">
          <TextField label={t('own.password_now')} value={password} required type="password" autocomplete="current-password" most={128} />
        </Form>
      ) : (
        <>
          <OfferView offer={offer.value} />
          <Form action={confirm} submit={t('own.totp_confirm')}>
            <TextField label={t('enrol.proof')} value={code} required numeric autocomplete="one-time-code" most={128} />
          </Form>
        </>
      )}
    </Part>
  );
}

export function OwnPage(): JSX.Element {
  return <><Password /><Codes /><App /></>;
}
