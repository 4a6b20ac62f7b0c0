import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Faults } from '../parts/faults.tsx';
import { Button } from '../parts/form.tsx';
import { Loaded, MarkView, Notice, Part, ProblemView, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { whenText } from '../text/format.ts';
import { t, wordOf } from '../words/index.ts';
import { CapturePart } from './capture.tsx';
import { FaultSlip } from './fault_slip.tsx';
import { VerdictPart } from './verdict.tsx';

type Diagnosis = Schemas['Diagnosis'];
type Tried = Schemas['TriedService'];
type Graded = Schemas['GradedEndpoint'];
const pollEach = 2000, judgeEach = 10_000;  // milliseconds
const reached = 'finished';  // the outcome of a trial that went well

const markOf = (standing: string): Mark => (standing === 'good' || standing === 'bad' ? standing : 'unknown');

function Verdict({ given }: { given: Diagnosis }): JSX.Element {
  const failed = given.services.filter((one) => one.outcome !== reached).length, all = given.services.length;
  if (given.began === undefined) return <Notice mark="unknown"><p>{t('diagnosis.never')}</p></Notice>;
  if (given.under_way) return <Notice mark="unknown" live><p>{t(given.by === undefined ? 'diagnosis.running' : 'diagnosis.running_for', { n: all, name: given.by ?? '' })}</p></Notice>;
  const time = whenText(given.ended ?? given.began, language.value);
  if (given.silent.length > 0) return <Notice mark="warn" live><p>{t('diagnosis.silent', { names: given.silent.join(', ') })}</p></Notice>;
  if (all === 0) return <Notice mark="unknown" live><p>{t('diagnosis.no_service')}</p></Notice>;
  return failed === 0 ? <Notice mark="good" live><p class="state">{t('diagnosis.good', { time })}</p></Notice>
    : <Notice mark="bad" live><p class="state">{t('diagnosis.bad', { failed, all, time })}</p></Notice>;
}

function Way({ given }: { given: Diagnosis }): JSX.Element {
  return (
    <Part title={t('diagnosis.way')}>
      <ol class="path">
        {given.way.map(({ step, standing }) => (
          <li key={step} class={markOf(standing)}>
            <p class="place">{wordOf('step', step)}</p>
            <MarkView mark={markOf(standing)} />
            <p class="tested">{wordOf('step', `${step}.${standing}`)}</p>
          </li>
        ))}
      </ol>
      {given.began !== undefined && <p class="help">{t('diagnosis.code')}: <strong><output>{given.code}</output></strong> {t('diagnosis.code_help')}</p>}
    </Part>
  );
}

function Services({ given }: { given: Diagnosis }): JSX.Element {
  const timesOf = (row: Tried): string => (row.remote === undefined ? '-'
    : t(row.handshake_ms > 0 || row.outcome === reached ? 'diagnosis.ms' : 'diagnosis.only_connected', { resolved: row.resolved_ms, connected: row.dialled_ms - row.resolved_ms, secured: row.handshake_ms }));
  return (
    <Part title={t('diagnosis.services')}>
      <Table<Tried> title={t('diagnosis.services')} none={t('diagnosis.never')} keyOf={(row) => `${row.tenant}/${row.service}`} rows={given.services}
        columns={[
          { title: t('connections.tenant'), cell: (row) => row.tenant },
          { title: t('connections.service'), cell: (row) => row.service },
          {
            title: t('diagnosis.outcome'),
            cell: (row) => (row.outcome === reached ? <MarkView mark="good" words={t('diagnosis.reached')} />
              : <span class="wraps"><MarkView mark="bad" words={wordOf('why', row.outcome)} />{row.detail !== undefined && <span lang="en" class="why"> {row.detail}</span>}</span>),
          },
          { title: t('diagnosis.remote'), cell: (row) => (row.remote === undefined ? '-' : <code>{row.remote}</code>) },
          { title: t('diagnosis.times'), cell: timesOf },
        ]} />
    </Part>
  );
}

interface Observed { readonly what: string; readonly observed: JSX.Element | string }
const goodNews = 'exception_can_go';  // a remark that is no fault of the endpoint

function observedOf(given: Graded): Observed[] {
  const shown: readonly [string, string | undefined][] = [
    ['client', wordOf('asked', given.client_certificate)], ['stapling', wordOf('seen', given.stapled)], ['resumption', wordOf('seen', given.resumption)],
    ['subject', given.subject], ['issuer', given.issuer], ['key', given.key],
    ['until', given.until === undefined ? undefined : whenText(given.until, language.value)],
  ];
  return [
    ...given.probes.map(({ probe, answer, detail }) => ({ what: wordOf('probe', probe), observed: <>{wordOf('answer', answer)} <span lang="en" class="why">{detail}</span></> })),
    ...shown.flatMap(([id, text]) => (text === undefined ? [] : [{ what: wordOf('observed', id), observed: text }])),
  ];
}

function Endpoint({ given }: { given: Graded }): JSX.Element {
  const title = t('grade.of', { name: `${given.tenant}/${given.service}` });
  return (
    <section>
      <h3>{title}</h3>
      <p class="help">{t('grade.when', { time: whenText(given.graded, language.value) })}</p>
      {given.remarks.map((remark) => <Notice key={remark} mark={remark === goodNews ? 'good' : 'warn'}><p>{wordOf('remark', remark)}</p></Notice>)}
      <Table<Observed> title={title} none="-" keyOf={(row) => row.what} rows={observedOf(given)}
        columns={[{ title: t('grade.what'), cell: (row) => row.what }, { title: t('grade.observed'), cell: (row) => <span class="wraps">{row.observed}</span> }]} />
    </section>
  );
}

/** What each endpoint offers, asked without any certificate of the box (NET-06). */
function Endpoints({ given }: { given: Diagnosis }): JSX.Element {
  return (
    <Part title={t('grade.title')}>
      <p>{t('grade.intro')}</p>
      {given.endpoints.map((one) => <Endpoint key={`${one.tenant}/${one.service}`} given={one} />)}
    </Part>
  );
}

/** From the box to each cloud service, tried as a terminal's session would go (DEM-03). */
export function DiagnosisPage(): JSX.Element {
  const load = useLoad('diagnosis.show', {}, pollEach), verdict = useLoad('diagnosis.verdict', {}, judgeEach);
  const run = useAction<[]>(async () => {
    const done = await call('diagnosis.run', {});
    if (done.ok) void load.again();
    return done;
  });
  const stop = useAction<[]>(async () => {
    const done = await call('diagnosis.stop', {});
    if (done.ok) say(t('diagnosis.stopped')), void load.again();
    return done;
  });
  return (
    <>
      <p>{t('diagnosis.intro')}</p>
      <Loaded load={load}>
        {(given) => (
          <>
            <Verdict given={given} />
            <ProblemView problem={run.problem.value ?? stop.problem.value} />
            {may('diagnosis.run') && (
              <div class="buttons">
                <Button kind="main" busy={run.isBusy.value || given.under_way} onClick={() => void run.run()}>{t(given.began === undefined ? 'diagnosis.run' : 'diagnosis.again')}</Button>
                {given.under_way && given.by !== undefined && <Button busy={stop.isBusy.value} onClick={() => void stop.run()}>{t('diagnosis.stop')}</Button>}
              </div>
            )}
            <Loaded load={verdict}>{(said) => <VerdictPart given={said} slip={<FaultSlip verdict={said} code={given.code} />} />}</Loaded>
            <Way given={given} />
            {given.faults.length > 0 && <Part title={t('diagnosis.faults')}><Faults ids={given.faults} /></Part>}
            {given.services.length > 0 && <Services given={given} />}
            {given.endpoints.length > 0 && <Endpoints given={given} />}
          </>
        )}
      </Loaded>
      {may('capture.make') && <CapturePart />}
    </>
  );
}
