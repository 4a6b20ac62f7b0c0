import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Button } from '../parts/form.tsx';
import { Loaded, MarkView, Notice, Pairs, Part, ProblemView, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { numberText, octetsText, spoken, whenText } from '../text/format.ts';
import { hasWords, t, wordOf } from '../words/index.ts';
import { NocContents } from './noc_contents.tsx';
import { NocOrders } from './noc_orders.tsx';

type Noc = Schemas['OperationsCentre'];
type Waiting = Schemas['NocClass'];
type Gap = Schemas['NocGap'];
const pollEach = 5_000;  // milliseconds
const marks: Readonly<Record<string, Mark>> = { told: 'good', not_told: 'warn' };

function adviceOn(trouble: string): string {
  return hasWords('noc_do', trouble) ? wordOf('noc_do', trouble) : t('noc_do.other');
}

/** Is the centre told; if not: what that means for care work, who stands in the way, and what to do. */
export function NocStanding({ given }: { given: Noc }): JSX.Element {
  const trouble = given.trouble;
  return (
    <>
      <Notice mark={marks[given.state] ?? 'unknown'} live>
        <p class="state">{wordOf('noc.state', given.state)}{given.state_since !== undefined && <> {t('noc.since', { time: whenText(given.state_since, language.value) })}</>}</p>
        {trouble !== undefined && (
          <dl class="pairs">
            <dt>{t('noc.care')}</dt><dd>{t('noc.care_none')}</dd>
            <dt>{t('noc.trouble')}</dt><dd>{wordOf('noc_trouble', trouble)}</dd>
            <dt>{t('noc.do')}</dt><dd>{adviceOn(trouble)}</dd>
            {given.detail !== undefined && <><dt>{t('noc.detail')}</dt><dd lang="en" class="wraps">{given.detail} <code>{trouble}</code></dd></>}
          </dl>
        )}
      </Notice>
      {given.state !== 'nobody' && !given.kept && <Notice mark="bad"><p>{t('noc.unkept')}</p></Notice>}
    </>
  );
}

/** Has the centre told now; what comes of it stands where `again` looks. */
export function TellNow({ given, again }: { given: Noc; again: () => Promise<void> }): JSX.Element | null {
  const tell = useAction<[]>(async () => {
    const done = await call('noc.tell', {});
    if (done.ok) say(t('noc.asked')), void again();
    return done;
  });
  if (given.state === 'nobody' || !may('diagnosis.run')) return null;
  return (
    <>
      <ProblemView problem={tell.problem.value} />
      <div class="buttons"><Button busy={tell.isBusy.value || given.under_way} onClick={() => void tell.run()}>{t('noc.tell')}</Button></div>
    </>
  );
}

function Who({ given }: { given: Noc }): JSX.Element {
  return (
    <Part title={t('noc.who')}>
      <Pairs rows={[
        [t('noc.operated_by'), given.operated_by],
        [t('noc.country'), wordOf('noc_country', given.country ?? '')],
        ...(given.receivers ?? []).map((one) => [wordOf('noc_receiver', one.kind), <span class="wraps"><code>{one.name}:{one.port}</code> {one.addresses.join(', ')}</span>] as const),
        [t('noc.every'), t('noc.seconds', { n: numberText(given.every ?? 0) })],
        given.subject !== undefined && [t('noc.certificate'), <span class="wraps">{given.subject}</span>],
        given.until !== undefined && [t('noc.until'), whenText(given.until, language.value)],
        given.sha256 !== undefined && [t('noc.fingerprint'), <code>{spoken(given.sha256)}</code>],
        given.round !== undefined && [t('noc.round'), whenText(given.round, language.value, true)],
      ]} />
    </Part>
  );
}

function arrivedText(row: Waiting): string {
  if (row.acknowledged_at === undefined) return t('noc.nothing_arrived');
  return t('noc.number_at', { n: numberText(row.acknowledged), time: whenText(row.acknowledged_at, language.value, true) });
}

function Waits({ given }: { given: Noc }): JSX.Element {
  return (
    <Part title={t('noc.waits')}>
      <Table<Waiting> title={t('noc.waits')} none={t('app.nothing')} keyOf={(row) => row.class} rows={given.classes}
        columns={[
          { title: t('noc.class'), cell: (row) => wordOf('noc_class', row.class) },
          { title: t('noc.acknowledged'), cell: arrivedText },
          { title: t('noc.waiting'), cell: (row) => t('noc.of_room', { n: numberText(row.waiting), octets: octetsText(row.octets), room: octetsText(row.room) }) },
          { title: t('noc.oldest'), cell: (row) => whenText(row.oldest, language.value, true) },
          { title: t('noc.lost'), cell: (row) => (row.dropped === 0 ? '0' : <MarkView mark="warn" words={numberText(row.dropped)} />), isNumber: true },
        ]} />
      <h3>{t('noc.gaps')}</h3>
      <Table<Gap> title={t('noc.gaps')} none={t('noc.gaps_none')} keyOf={(row) => `${row.told} ${row.class} ${row.first}`} rows={given.gaps}
        columns={[
          { title: t('noc.gap_told'), cell: (row) => whenText(row.told, language.value) },
          { title: t('noc.class'), cell: (row) => (row.class === undefined ? '—' : wordOf('noc_class', row.class)) },
          { title: t('noc.gap_numbers'), cell: (row) => (row.first === undefined ? '—' : `${row.first}–${row.last}`) },
          { title: t('noc.lost'), cell: (row) => (row.count === undefined ? '—' : numberText(row.count)), isNumber: true },
          { title: t('noc.gap_span'), cell: (row) => <span lang="en" class="wraps">{row.span}</span> },
        ]} />
    </Part>
  );
}

/** The vendor's operations centre: is it told, what waits for it, and what leaves the box at all (F3). */
export function NocPage(): JSX.Element {
  const load = useLoad('noc.show', {}, pollEach);
  return (
    <>
      <p>{t('noc.intro')}</p>
      <Loaded load={load}>
        {(given) => (
          <>
            <NocStanding given={given} />
            <TellNow given={given} again={load.again} />
            {given.state !== 'nobody' && <Who given={given} />}
            {given.classes.length > 0 && <Waits given={given} />}
            {given.state !== 'nobody' && <NocOrders />}
          </>
        )}
      </Loaded>
      <NocContents />
    </>
  );
}
