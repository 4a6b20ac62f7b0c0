import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Button } from '../parts/form.tsx';
import { Loaded, MarkView, Pairs, Part } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { handedOver, type HandedOver } from '../text/handed_over.ts';
import { numberText, whenText } from '../text/format.ts';
import { statedText } from '../text/stated.ts';
import { t, wordOf, type Key } from '../words/index.ts';
import { Identity } from './setup_identity.tsx';

type Port = HandedOver['network']['ports'][number];
type Listener = HandedOver['network']['listeners'][number];
type Rule = HandedOver['rules'][number];
type Tried = HandedOver['test']['services'][number];
type Step = HandedOver['steps'][number];

const lines = (texts: readonly string[]): JSX.Element => <>{texts.length === 0 ? '—' : texts.map((one) => <div key={one}>{one}</div>)}</>;

const Stated = ({ steps }: { steps: readonly Step[] }): JSX.Element => (
  <Table<Step> title={t('handover.stated')} none={t('app.nothing')} keyOf={(row) => row.step} rows={steps.filter((one) => one.by !== undefined)}
    columns={[
      { title: t('setup.steps'), cell: (row) => wordOf('setup_step', row.step) },
      { title: t('handover.stated'), cell: (row) => statedText(row.stated ?? '') },
      { title: t('handover.stated_by'), cell: (row) => row.by },
      { title: t('handover.stated_at'), cell: (row) => whenText(row.at, language.value) },
    ]} />
);

function Network({ given }: { given: HandedOver['network'] }): JSX.Element {
  return (
    <>
      <Table<Port> title={t('net.ports')} none={t('app.nothing')} keyOf={(row) => `${row.side} ${row.interface}`} rows={given.ports}
        columns={[
          { title: t('net.role'), cell: (row) => t(`net_side.${row.side}` as Key, { segment: row.segment ?? '' }) },
          { title: t('net.cable'), cell: (row) => row.interface },
          { title: t('net.addresses'), cell: (row) => lines(row.addresses) },
          { title: t('net.source'), cell: (row) => wordOf('net_source', row.source) },
          { title: t('net.gateways'), cell: (row) => lines(row.gateways) },
        ]} />
      <Table<Listener> title={t('overview.listeners')} none={t('app.nothing')} keyOf={(row) => `${row.address} ${row.port}`} rows={given.listeners}
        columns={[
          { title: t('overview.listeners'), cell: (row) => `${row.address} ${row.port}` },
          { title: t('connections.tenant'), cell: (row) => row.tenant ?? '—' },
          { title: t('connections.service'), cell: (row) => lines(row.services) },
        ]} />
    </>
  );
}

const Rules = ({ rows }: { rows: readonly Rule[] }): JSX.Element => (
  <Table<Rule> title={t('handover.rules')} none={t('app.nothing')} keyOf={(row) => `${row.tenant} ${row.rule}`} rows={rows}
    columns={[
      { title: t('connections.tenant'), cell: (row) => row.tenant },
      { title: t('connections.terminal'), cell: (row) => lines(row.terminals) },
      { title: t('connections.service'), cell: (row) => row.service },
      { title: t('handover.to'), cell: (row) => `${row.server_name} ${row.port}` },
    ]} />
);

const Services = ({ rows }: { rows: readonly Tried[] }): JSX.Element => (
  <Table<Tried> title={t('handover.test')} none={t('app.nothing')} keyOf={(row) => `${row.tenant} ${row.service}`} rows={rows}
    columns={[
      { title: t('connections.tenant'), cell: (row) => row.tenant },
      { title: t('connections.service'), cell: (row) => row.service },
      { title: t('diagnosis.outcome'), cell: (row) => <MarkView mark={row.outcome === 'finished' ? 'good' : 'bad'} words={row.outcome === 'finished' ? t('diagnosis.reached') : wordOf('why', row.outcome)} /> },
      { title: t('diagnosis.remote'), cell: (row) => row.remote },
    ]} />
);

function Sheet({ given }: { given: Schemas['SetupReport'] }): JSX.Element {
  const report = handedOver(given.report), { device, proof } = report;
  return (
    <div class="handover">
      <Part title={t('handover.title')}>
        <Pairs rows={[
          [t('handover.site'), report.site],
          [t('handover.finished'), whenText(report.finished, language.value, true)],
          [t('handover.by'), report.by],
          [t('overview.generation'), numberText(report.generation)],
          [t('handover.digest'), <><code>{given.sha256}</code><p class="help">{t('handover.digest_help')}</p></>],
        ]} />
      </Part>
      <Part title={t('handover.device')}>
        <Identity given={device} />
        {device.evidence_key !== undefined && <Pairs rows={[[t('handover.evidence_key'), <code>{device.evidence_key}</code>]]} />}
      </Part>
      <Part title={t('handover.stated')}><Stated steps={report.steps} /></Part>
      <Part title={t('handover.network')}><Network given={report.network} /></Part>
      <Part title={t('handover.rules')}><Rules rows={report.rules} /></Part>
      <Part title={t('handover.test')}><p>{whenText(report.test.ended, language.value)}</p><Services rows={report.test.services} /></Part>
      <Part title={t('handover.proof')}>
        <p>{t('overview.proof_counts', { held: proof.held, broken: proof.broken, unproven: proof.unproven, time: whenText(proof.ended, language.value) })}</p>
        <Pairs rows={[[t('handover.proof_digest'), <code>{proof.sha256}</code>]]} />
      </Part>
      <p class="signature">{t('handover.signature')}</p>
    </div>
  );
}

/** As it was made, to read and to print. */
export function HandoverView(): JSX.Element {
  const load = useLoad('setup.report', {});
  return (
    <Loaded load={load}>
      {(given) => (
        <>
          <div class="buttons"><Button kind="main" onClick={() => print()}>{t('enrol.print')}</Button></div>
          <Sheet given={given} />
        </>
      )}
    </Loaded>
  );
}
