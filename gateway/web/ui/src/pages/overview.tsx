import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Loaded, MarkView, Notice, Pairs, Part, type Mark } from '../parts/notice.tsx';
import { Older } from '../parts/older.tsx';
import { Table } from '../parts/table.tsx';
import { useFollowed } from '../state/follow.ts';
import { language } from '../state/language.ts';
import { hashOf } from '../state/route.ts';
import { useTraffic } from '../state/traffic.ts';
import { byName, numberText, whenText } from '../text/format.ts';
import { periodText } from '../text/period.ts';
import { t, wordOf, type Key, type Values } from '../words/index.ts';
import { TrafficPart } from './traffic.tsx';
import { VerdictLine } from './verdict.tsx';

type Status = Schemas['Status'];
type Connection = Schemas['Connection'];

const askedEach = 5000;  // milliseconds
const noRows: readonly Connection[] = [];

/** What a process is called; each tenant has some of its own. */
const nameOf = (process: Schemas['Process']): string => (process.tenant === '' ? process.name : `${process.name} ${process.tenant}`);
/** Those that should run. Compartments serve; the others have nobody to serve. */
const isDown = (process: Schemas['Process']): boolean => !process.running || (process.tenant !== '' && !process.serving);

type Sentence = readonly [Mark, Key, Values?];

/** The state in one sentence: the gravest that holds. */
export function sentenceOf(status: Status, connections: number): Sentence {
  const down = status.processes.filter(isDown);
  if (!status.kernel_rules) return ['bad', 'overview.rules_off'];
  if (status.broken > 0) return ['bad', 'overview.broken', { n: status.broken }];
  if (!status.sessions_begin && status.waits.includes('box.unclaimed')) return ['bad', 'overview.closed_unclaimed'];
  if (!status.sessions_begin) return ['bad', 'overview.closed'];
  if (status.cuts.some((cut) => cut.what === 'everything')) return ['bad', 'overview.cut_all'];
  if (down.length > 0) return ['bad', 'overview.process_down', { names: down.map(nameOf).join(', ') }];
  if (!status.clock_is_right) return ['warn', 'overview.clock_wrong'];
  if (status.in_flight !== undefined) return ['warn', 'overview.flying', { n: status.in_flight }];
  if (status.cuts.length > 0) return ['warn', 'overview.cuts', { n: status.cuts.length }];
  return connections > 0 ? ['good', 'overview.good', { n: numberText(connections) }] : ['good', 'overview.good_quiet'];
}

/** "review.due:2026-Q4", as a sentence and where to go. */
export function waitOf(id: string): { readonly key: string; readonly what: string; readonly page: readonly string[] } {
  const [key = '', what = ''] = id.split(':');
  const pages: Record<string, readonly string[]> = {
    review: ['reviews'], maintenance: ['maintenance', what], change: ['changes', what], box: ['overview'], setup: ['setup'], account: ['accounts'], incident: ['incidents', what], detection: ['refusals'], contact: ['contacts'], exception: ['rules'] };
  return { key, what, page: pages[key.split('.')[0] ?? ''] ?? ['overview'] };
}

function Waits({ status }: { status: Status }): JSX.Element {
  const waits = [...status.waits, ...(status.in_flight === undefined ? [] : [`change.in_flight:${status.in_flight}`])].map(waitOf);
  return (
    <Part title={t('overview.waits')}>
      {waits.length === 0 ? <p class="none">{t('overview.waits_none')}</p> : (
        <ul>
          {waits.map(({ key, what, page }) => (
            <li key={key + what}><a href={hashOf(...page.filter((part) => part !== ''))}>{wordOf('wait', key).replace('{what}', periodText(what))}</a></li>
          ))}
        </ul>
      )}
    </Part>
  );
}

interface Hop {
  readonly place: Key;
  readonly mark: Mark;
  readonly tested: string;
}

/** A session that stands has been let in by the box and has finished its handshake with the cloud: each hop was really passed. */
export function hopsOf(status: Status, connections: readonly Connection[], all: number): readonly Hop[] {
  const stands = t('path.stands', { n: numberText(all) });
  const services = [...new Set(connections.map((row) => row.service))].sort(byName);
  const isBad = !status.kernel_rules || status.processes.some(isDown);
  const untried = { mark: 'unknown', tested: t('path.untried') } as const;
  return [
    { place: 'path.terminals', ...(all > 0 ? { mark: 'good' as const, tested: stands } : { mark: 'unknown' as const, tested: t('path.no_terminal') }) },
    { place: 'path.box', mark: isBad ? 'bad' : 'good', tested: t(isBad ? 'path.box_bad' : 'path.box_good') },
    { place: 'path.line', ...(all > 0 ? { mark: 'good' as const, tested: stands } : untried) },
    { place: 'path.cloud', ...(all > 0 ? { mark: 'good' as const, tested: t('path.services', { names: services.join(', ') }) } : untried) },
  ];
}

function Path({ hops }: { hops: readonly Hop[] }): JSX.Element {
  return (
    <Part title={t('overview.path')}>
      <ol class="path">
        {hops.map((hop) => (
          <li key={hop.place} class={hop.mark}>
            <p class="place">{t(hop.place)}</p>
            <MarkView mark={hop.mark} />
            <p class="tested">{hop.tested}</p>
          </li>
        ))}
      </ol>
    </Part>
  );
}

function Box({ status }: { status: Status }): JSX.Element {
  const { held, broken, unproven } = status;
  const proof = status.proved === undefined ? t('overview.proof_never')
    : t('overview.proof_counts', { held, broken, unproven, time: whenText(status.proved, language.value) });
  return (
    <Part title={t('overview.numbers')}>
      <Pairs rows={[
        [t('overview.now'), `${whenText(status.now, language.value, true)} (${t(status.clock_is_right ? 'overview.clock_good' : 'overview.clock_bad')})`],
        [t('overview.proof'), <a href={hashOf('isolation')}>{proof}</a>],
        [t('overview.records'), t('overview.records_counts', { n: numberText(status.records), signed: numberText(status.records_signed) })],
        [t('overview.backups'), t(status.makes_backups ? 'overview.backups_on' : 'overview.backups_off')],
        [t('overview.generation'), numberText(status.generation)],
        [t('overview.confirmed'), <a href={hashOf('history', status.confirmed)}>{status.confirmed}</a>],
      ]} />
      <details>
        <summary>{t('overview.processes')} ({status.processes.length})</summary>
        <ul class="words">
          {status.processes.map((process) => <li key={nameOf(process)}><MarkView mark={isDown(process) ? 'bad' : 'good'} /> {nameOf(process)}</li>)}
        </ul>
      </details>
      <details>
        <summary>{t('overview.listeners')} ({status.listeners.length})</summary>
        <ul class="words">
          {status.listeners.map((one) => <li key={`${one.address} ${one.port}`}>{one.tenant} <code>{one.address}:{one.port}</code></li>)}
        </ul>
      </details>
    </Part>
  );
}

function ByTenant({ rows }: { rows: readonly Connection[] }): JSX.Element {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.tenant, (counts.get(row.tenant) ?? 0) + 1);
  return (
    <Part title={t('overview.by_tenant')}>
      <Table title={t('overview.by_tenant')} rows={[...counts].sort((a, b) => byName(a[0], b[0]))} keyOf={([tenant]) => tenant} none={t('connections.none')}
        columns={[
          { title: t('connections.tenant'), cell: ([tenant]) => tenant },
          { title: t('overview.sessions'), cell: ([, count]) => numberText(count), isNumber: true },
        ]} />
      <p><a href={hashOf('connections')}>{t('page.connections')}</a></p>
    </Part>
  );
}

export function OverviewPage(): JSX.Element {
  const status = useFollowed('box.status', {}, askedEach), connections = useFollowed('connections.list', { query: { limit: 20000 } }, askedEach);
  const rows = connections.data.value?.connections ?? noRows, all = connections.data.value?.all ?? 0;
  useTraffic(connections.data.value?.connections, connections.isTold.value);
  return (
    <Loaded load={status}>
      {(given) => {
        const [mark, key, values] = sentenceOf(given, all);
        return (
          <>
            <Older load={status} every={askedEach} />
            <Notice mark={mark} live><p class="state">{t(key, values)}</p></Notice>
            <VerdictLine />
            <Path hops={hopsOf(given, rows, all)} />
            <div class="pair">
              <Waits status={given} />
              <ByTenant rows={rows} />
            </div>
            <TrafficPart />
            <Box status={given} />
          </>
        );
      }}
    </Loaded>
  );
}
