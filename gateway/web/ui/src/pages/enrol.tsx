import { signal, useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { RecoveryCodes } from '../parts/code.tsx';
import { Button, Form, TextField } from '../parts/form.tsx';
import { Loaded, Notice, Part } from '../parts/notice.tsx';
import { Qr } from '../parts/qr.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { go, hashOf } from '../state/route.ts';
import { normalised, withoutBlanks } from '../text/input.ts';
import { t } from '../words/index.ts';
import { Identity } from './setup_identity.tsx';

const steps = 3;
/** Who claims the box enrols with the same secret. */
const claimed = signal<{ readonly name: string; readonly code: string } | null>(null);

const Back = (): JSX.Element => <p><a href={hashOf()}>{t('sign_in.back')}</a></p>;
const useTitle = (title: string): void => useEffect(() => void (document.title = `${title} - ${t('app.name')}`), [title, language.value]);

export function OfferView({ offer }: { offer: Schemas['Offer'] }): JSX.Element {
  return (
    <>
      <p>{t('enrol.scan')}</p>
      <Qr text={offer.totp_uri} label={t('enrol.qr')} />
      <details>
        <summary>{t('enrol.by_hand')}</summary>
        <p><code>{offer.totp_secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>
      </details>
    </>
  );
}

interface PasswordFields {
  readonly password: Signal<string>;
  readonly again: Signal<string>;
}
const usePasswords = (): PasswordFields => ({ password: useSignal(''), again: useSignal('') });

export function NewPassword({ password, again, isTried }: PasswordFields & { isTried: boolean }): JSX.Element {
  return (
    <>
      <TextField label={t('enrol.password')} help={t('enrol.password_help')} value={password} required type="password" autocomplete="new-password" most={128}
        error={isTried && password.value === '' ? t('app.missing') : undefined} />
      <TextField label={t('enrol.password_again')} value={again} required type="password" autocomplete="new-password" most={128}
        error={isTried && again.value !== password.value ? t('enrol.password_differs') : undefined} />
    </>
  );
}

/** What is wrong with them, for the top of the form. */
export function passwordErrors({ password, again }: PasswordFields): string[] {
  if (password.value === '') return [`${t('enrol.password')}: ${t('app.missing')}`];
  return again.value === password.value ? [] : [t('enrol.password_differs')];
}

interface Who {
  readonly name: string;
  readonly code: string;
  readonly offer: Schemas['Offer'];
}

function CodeStep({ found }: { found: (who: Who) => void }): JSX.Element {
  const name = useSignal(claimed.value?.name ?? ''), code = useSignal(claimed.value?.code ?? '');
  const isTried = useSignal(false);
  const missing = (given: string): string | undefined => (isTried.value && given === '' ? t('app.missing') : undefined);
  const errors = [missing(name.value) && `${t('sign_in.name')}: ${t('app.missing')}`, missing(code.value) && `${t('enrol.code')}: ${t('app.missing')}`]
    .filter((error): error is string => Boolean(error));
  const begin = useAction<[]>(async () => {
    isTried.value = true;
    if (name.value === '' || code.value === '') return;
    const who = { name: normalised(name.value), code: withoutBlanks(code.value) };
    const offer = await call('enrolment.begin', { body: who });
    if (offer.ok) found({ ...who, offer: offer.value });
    return offer;
  });
  return (
    <Form action={begin} errors={errors} submit={t('enrol.next')}>
      <TextField label={t('sign_in.name')} value={name} required error={missing(name.value)} autocomplete="username" most={64} />
      <TextField label={t('enrol.code')} help={t('enrol.code_help')} value={code} required error={missing(code.value)} most={128} />
    </Form>
  );
}

function ProofStep({ who, done }: { who: Who; done: (codes: readonly string[]) => void }): JSX.Element {
  const fields = usePasswords(), proof = useSignal(''), isTried = useSignal(false);
  const errors = isTried.value ? passwordErrors(fields) : [];
  const finish = useAction<[]>(async () => {
    isTried.value = true;
    if (passwordErrors(fields).length > 0) return;
    const given = { name: who.name, code: who.code, password: fields.password.value, proof: withoutBlanks(proof.value) };
    const codes = await call('enrolment.finish', { body: given });
    if (codes.ok) done(codes.value.codes);
    return codes;
  });
  return (
    <>
      <OfferView offer={who.offer} />
      <Form action={finish} errors={errors} submit={t('enrol.finish')}>
        <NewPassword {...fields} isTried={isTried.value} />
        <TextField label={t('enrol.proof')} help={t('enrol.proof_help')} value={proof} numeric autocomplete="one-time-code" most={128} />
      </Form>
    </>
  );
}

export function EnrolPage(): JSX.Element {
  const who = useSignal<Who | null>(null), codes = useSignal<readonly string[] | null>(null);
  const step = codes.value !== null ? steps : who.value !== null ? 2 : 1;
  const title = step === steps ? t('enrol.done') : t('enrol.title');
  useTitle(title);
  const leave = (): void => {
    claimed.value = null;
    go();
  };
  return (
    <>
      <h1>{title}</h1>
      <div class="part">
        <p>{t('enrol.step', { n: step, all: steps })}</p>
        {step === 1 && <CodeStep found={(given) => void (who.value = given)} />}
        {step === 2 && who.value && <ProofStep who={who.value} done={(given) => void (codes.value = given)} />}
        {codes.value && (
          <>
            <Notice mark="good" live><p>{t('enrol.done')}</p></Notice>
            {codes.value.length > 0 && <RecoveryCodes codes={codes.value} />}
            <div class="buttons"><Button kind="main" onClick={leave}>{t('enrol.kept')}</Button></div>
          </>
        )}
      </div>
      {step < steps && <Back />}
    </>
  );
}

export function ClaimPage(): JSX.Element {
  const secret = useSignal(''), name = useSignal(''), person = useSignal(''), isTried = useSignal(false);
  const fields = [[secret, t('claim.secret')], [name, t('sign_in.name')], [person, t('claim.person')]] as const;
  const missing = (given: string): string | undefined => (isTried.value && given.trim() === '' ? t('app.missing') : undefined);
  const errors = fields.filter(([field]) => missing(field.value)).map(([, label]) => `${label}: ${t('app.missing')}`);
  useTitle(t('claim.title'));
  const identity = useLoad('setup.identity', {});
  const claim = useAction<[]>(async () => {
    isTried.value = true;
    if (fields.some(([field]) => field.value.trim() === '')) return;
    const who = { name: normalised(name.value), code: withoutBlanks(secret.value) };
    const done = await call('box.claim', { body: { secret: who.code, name: who.name, person: person.value.trim() } });
    if (done.ok) claimed.value = who, go('enrol');
    return done;
  });
  return (
    <>
      <h1>{t('claim.title')}</h1>
      <Part title={t('setup_step.identity')}>
        <p>{t('setup.identity_what')}</p>
        <Loaded load={identity}>{(given) => <Identity given={given} />}</Loaded>
      </Part>
      <div class="part">
        <p>{t('claim.intro')}</p>
        <Form action={claim} errors={errors} submit={t('claim.do')}>
          <TextField label={t('claim.secret')} help={t('claim.secret_help')} value={secret} required error={missing(secret.value)} most={128} />
          <TextField label={t('sign_in.name')} help={t('claim.name_help')} value={name} required error={missing(name.value)} autocomplete="username" most={63} />
          <TextField label={t('claim.person')} value={person} required plain error={missing(person.value)} most={128} />
        </Form>
      </div>
      <Back />
    </>
  );
}
