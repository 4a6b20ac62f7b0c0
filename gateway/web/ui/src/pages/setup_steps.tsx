import { useSignal } from '@preact/signals';
import type { FunctionComponent, JSX } from 'preact';

import { call } from '../api/client.ts';
import { Ask, type Question } from '../parts/dialog.tsx';
import { Button, Form, TextField } from '../parts/form.tsx';
import { Loaded, Notice, Pairs, ProblemView } from '../parts/notice.tsx';
import { useFollowed } from '../state/follow.ts';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { whenText } from '../text/format.ts';
import { laterBy, toldTo } from '../text/stated.ts';
import { t, wordOf } from '../words/index.ts';
import { Proving } from './isolation.tsx';
import { NocStanding, TellNow } from './noc.tsx';
import { Identity } from './setup_identity.tsx';

const lookEach = 5_000;  // milliseconds
const mostApart = 60_000;  // likewise

interface StepProps {
  /** Something was done: look at the steps again. */
  readonly again: () => Promise<void>;
}

/** What only a person can know; it is kept with who said so. */
function Statement({ step, stated, words, again }: StepProps & { step: string; stated: string; words: string }): JSX.Element | null {
  const state = useAction<[]>(async () => {
    const done = await call('setup.step', { path: { step }, body: { stated } });
    if (done.ok) say(t('setup.done_now', { step: wordOf('setup_step', step) })), await again();
    return done;
  });
  if (!may('setup')) return null;
  return (
    <>
      <ProblemView problem={state.problem.value} />
      <div class="buttons"><Button kind="main" busy={state.isBusy.value} onClick={() => void state.run()}>{words}</Button></div>
    </>
  );
}

const LanguageStep = ({ again }: StepProps): JSX.Element => (
  <>
    <p>{t('setup.language_what')}</p>
    <Statement step="language" stated={language.value} words={t('setup.language_do')} again={again} />
  </>
);

function IdentityStep({ again }: StepProps): JSX.Element {
  const identity = useLoad('setup.identity', {});
  return (
    <>
      <p>{t('setup.identity_what')}</p>
      <Loaded load={identity}>
        {(given) => (
          <>
            <Identity given={given} />
            {given.sha256 !== undefined && <Statement step="identity" stated={given.sha256} words={t('setup.identity_do')} again={again} />}
          </>
        )}
      </Loaded>
    </>
  );
}

const AdministratorStep = (): JSX.Element => <p>{t('setup.administrator_what')}</p>;

function TimeStep({ again }: StepProps): JSX.Element {
  const status = useLoad('box.status', {}, lookEach);
  return (
    <>
      <p>{t('setup.time_what')}</p>
      <Loaded load={status}>
        {({ now }) => {
          const here = status.asOf.value;
          return (
            <>
              <Pairs rows={[[t('overview.now'), whenText(now, language.value, true)], [t('setup.time_here'), whenText(here, language.value, true)]]} />
              {Math.abs(Date.parse(now) - here) > mostApart && <Notice mark="warn"><p>{t('setup.time_differs')}</p></Notice>}
              <Statement step="time" stated={now} words={t('setup.time_do')} again={again} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

const NetworkStep = (): JSX.Element => (
  <>
    <p>{t('setup.network_what')}</p>
    <p>{t('setup.by_itself')}</p>
    <div class="buttons"><a class="button" href={hashOf('network')}>{t('setup.to_network')}</a></div>
  </>
);

/** Whoever does without says with whose consent; it stands in the report. */
function WithoutNoc({ again }: StepProps): JSX.Element | null {
  const consent = useSignal(''), isTried = useSignal(false);
  const error = isTried.value && consent.value.trim() === '' ? t('setup.noc_consent_missing') : undefined;
  const pass = useAction<[]>(async () => {
    isTried.value = true;
    if (consent.value.trim() === '') return undefined;
    const done = await call('setup.step', { path: { step: 'noc' }, body: { stated: laterBy(consent.value.trim()) } });
    if (done.ok) say(t('setup.done_now', { step: wordOf('setup_step', 'noc') })), await again();
    return done;
  });
  if (!may('setup')) return null;
  return (
    <>
      <p>{t('setup.noc_later')}</p>
      <Form action={pass} submit={t('setup.noc_do')} kind="plain" errors={error === undefined ? [] : [error]}>
        <TextField label={t('setup.noc_consent')} help={t('setup.noc_consent_help')} value={consent} plain required most={128} error={error} />
      </Form>
    </>
  );
}

/** Registered is whom the centre is told by; the box tries it as often as somebody wants. */
function NocStep({ again }: StepProps): JSX.Element {
  const load = useLoad('noc.show', {}, lookEach);
  return (
    <>
      <p>{t('setup.noc_what')}</p>
      <Loaded load={load}>
        {(given) => (
          <>
            <NocStanding given={given} />
            <TellNow given={given} again={load.again} />
            {given.state === 'told' ? <Statement step="noc" stated={toldTo(given.operated_by ?? '')} words={t('setup.noc_told_do')} again={again} /> : <WithoutNoc again={again} />}
          </>
        )}
      </Loaded>
    </>
  );
}

const SiteStep = (): JSX.Element => (
  <>
    <p>{t('setup.site_what')}</p>
    <p>{t('setup.by_itself')}</p>
    <div class="buttons"><a class="button main" href={hashOf('changes')}>{t('setup.to_site')}</a></div>
  </>
);

function TestStep({ again }: StepProps): JSX.Element {
  const status = useFollowed('box.status', {}, lookEach);
  const run = useAction<[]>(async () => {
    for (const trial of ['diagnosis.run', 'isolation.try'] as const) {
      const said = await call(trial, {});
      if (!said.ok && said.problem.code !== 'diagnosis.under_way') return said;
    }
    await Promise.all([again(), status.again()]);
    return undefined;
  });
  return (
    <>
      <p>{t('setup.test_what')}</p>
      <ProblemView problem={run.problem.value} />
      <Loaded load={status}>
        {(given) => (
          <>
            {given.proving_all !== undefined && <Proving status={given} />}
            {given.proving_all === undefined && may('diagnosis.run') &&
              <div class="buttons"><Button kind="main" busy={run.isBusy.value} onClick={() => void run.run()}>{t('setup.test_do')}</Button></div>}
          </>
        )}
      </Loaded>
    </>
  );
}

function ReportStep({ again }: StepProps): JSX.Element {
  const question = useSignal<Question | null>(null);
  const asked: Question = { title: t('setup_step.report'), what: <p>{t('setup.report_sure')}</p>, submit: t('setup.report_do'), act: () => call('setup.finish', {}),
    done: () => (say(t('setup.report_made')), void again()) };
  return (
    <>
      <p>{t('setup.report_what')}</p>
      {may('setup') && <div class="buttons"><Button kind="main" onClick={() => void (question.value = asked)}>{t('setup.report_do')}</Button></div>}
      <Ask question={question} />
    </>
  );
}

/** What is done in each step, by its id. */
export const stepViews: Readonly<Record<string, FunctionComponent<StepProps>>> = {
  language: LanguageStep, identity: IdentityStep, administrator: AdministratorStep, time: TimeStep, network: NetworkStep, noc: NocStep, site: SiteStep,
  test: TestStep, report: ReportStep,
};
