import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Ask, type Question } from '../parts/dialog.tsx';
import { Button } from '../parts/form.tsx';
import { Loaded, MarkView, Notice, Pairs, Part, ProblemView, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { hashOf, route } from '../state/route.ts';
import { say } from '../state/said.ts';
import { may, now, session } from '../state/session.ts';
import { clockText, whenText } from '../text/format.ts';
import { t, wordOf, type Key } from '../words/index.ts';
import { RequestForm } from './maintenance_request.tsx';

type Maintenance = Schemas['Maintenance'];
const pollEach = 5000;  // milliseconds
const mostWords = 512;
const marks: Readonly<Record<string, Mark>> = { requested: 'warn', open: 'warn', approved: 'good', ended: 'warn', reported: 'good', refused: 'bad' };

export const State = ({ row }: { row: Maintenance }): JSX.Element =>
  <MarkView mark={marks[row.state] ?? 'plain'} words={wordOf('maintenance.state', row.state)} />;
const targetOf = (row: Maintenance): string => (row.target === 'box' || row.target === '' ? t('maintenance.box') : row.target);
const windowOf = (row: Maintenance): string => `${whenText(row.from, language.value)} 〜 ${whenText(row.until, language.value)}`;
const isUndecided = (row: Maintenance): boolean => row.state === 'requested' || (row.is_emergency && row.decided === undefined);

function Facts({ row }: { row: Maintenance }): JSX.Element {
  return (
    <Pairs rows={[
      [t('maintenance.state_label'), <State row={row} />],
      [t('maintenance.vendor'), row.vendor],
      [t('maintenance.by'), `${row.by} (${whenText(row.requested, language.value)})`],
      [t('maintenance.target'), targetOf(row)],
      [t('maintenance.window'), windowOf(row)],
      [t('app.reason'), row.reason],
      row.ticket !== undefined && [t('maintenance.ticket'), row.ticket],
      row.is_emergency && [t('records.level'), t('maintenance.is_emergency')],
      [t('maintenance.allowed'), <ul>{row.allowed.map((work) => <li key={work}>{wordOf('work', work)}</li>)}</ul>],
      [t('maintenance.plan'), <ol>{row.plan.map((step) => <li key={step}>{step}</li>)}</ol>],
      row.decided_by !== undefined && [t('maintenance.decided_by'), `${row.decided_by} (${whenText(row.decided, language.value)}) ${row.words ?? ''}`],
      row.read_by !== undefined && [t('maintenance.read_by'), row.read_by],
    ]} />
  );
}

interface Acts {
  readonly row: Maintenance;
  readonly again: () => void;
  readonly ask: (question: Question) => void;
}

function questions({ row, again }: Acts): Record<'approve' | 'refuse' | 'end', Question> {
  const path = { maintenance: row.maintenance }, n = row.maintenance;
  const done = (): void => (say(t('maintenance.decided')), again());
  const words = { label: t('maintenance.words'), lines: 3, most: mostWords };
  return {
    approve: { title: t('maintenance.approve_title', { n }), what: <p>{t('maintenance.approve_what', { vendor: row.vendor })}</p>, submit: t('maintenance.approve'),
      asks: { ...words, required: false }, act: (said) => call('maintenance.approve', { path, body: said === '' ? {} : { words: said } }), done },
    refuse: { title: t('maintenance.refuse_title', { n }), what: <p>{t('maintenance.refuse_what')}</p>, submit: t('maintenance.refuse'), danger: true,
      asks: { ...words, required: true }, act: (said) => call('maintenance.refuse', { path, body: { words: said } }), done },
    end: { title: t('maintenance.end_title', { n }), what: <p>{t('maintenance.end_what')}</p>, submit: t('maintenance.end'), danger: true,
      act: () => call('maintenance.end', { path }), done: () => (say(t('maintenance.ended')), again()) },
  };
}

function Buttons(props: Acts): JSX.Element {
  const { row, again, ask } = props, asked = questions(props), path = { maintenance: row.maintenance };
  const isOwn = row.by === session.value?.account;
  const enter = useAction<[]>(async () => {
    const done = await call('maintenance.enter', { path });
    if (done.ok) say(t('maintenance.entered')), again();
    return done;
  });
  const read = useAction<[]>(async () => {
    const done = await call('maintenance.acknowledge', { path });
    if (done.ok) say(t('maintenance.acknowledged')), again();
    return done;
  });
  const isLive = ['requested', 'approved', 'open'].includes(row.state);
  return (
    <>
      {row.state === 'open' && <Notice mark="warn"><p>{t('maintenance.running', { time: clockText((Date.parse(row.until) - now.value) / 1000) })}</p></Notice>}
      <ProblemView problem={enter.problem.value ?? read.problem.value} />
      <div class="buttons">
        {isUndecided(row) && !isOwn && may('maintenance.approve') && <Button kind="main" onClick={() => ask(asked.approve)}>{t('maintenance.approve')}</Button>}
        {isUndecided(row) && !isOwn && may('maintenance.approve') && <Button kind="danger" onClick={() => ask(asked.refuse)}>{t('maintenance.refuse')}</Button>}
        {row.state === 'approved' && isOwn && <Button kind="main" busy={enter.isBusy.value} onClick={() => void enter.run()}>{t('maintenance.enter')}</Button>}
        {isLive && may('maintenance.end') && <Button kind="danger" onClick={() => ask(asked.end)}>{t('maintenance.end')}</Button>}
        {row.state === 'ended' && may('maintenance.approve') && !isOwn &&
          <Button kind="main" busy={read.isBusy.value} onClick={() => void read.run()}>{t('maintenance.acknowledge')}</Button>}
      </div>
    </>
  );
}

function OnePage({ number }: { number: number }): JSX.Element {
  const load = useLoad('maintenance.show', { path: { maintenance: number } }, pollEach), question = useSignal<Question | null>(null);
  return (
    <>
      <p><a href={hashOf('maintenance')}>{t('maintenance.table')}</a></p>
      <Loaded load={load}>
        {(report) => report.maintenance.map((row) => (
          <>
            <Part title={`${t('page.maintenance')} ${row.maintenance}`}>
              <Facts row={row} />
              <Buttons row={row} again={() => void load.again()} ask={(asked) => void (question.value = asked)} />
            </Part>
            {row.opened !== undefined && (
              <Part title={t('maintenance.report')}>
                <p><MarkView mark={report.is_as_planned ? 'good' : 'warn'} words={t(report.is_as_planned ? 'maintenance.as_planned' : 'maintenance.not_as_planned')} /></p>
                <pre class="report" tabIndex={0}>{language.value === 'ja' ? report.japanese : report.english}</pre>
              </Part>
            )}
          </>
        ))}
      </Loaded>
      <Ask question={question} />
    </>
  );
}

function Switch({ isOff, again, ask }: { isOff: boolean; again: () => void; ask: (question: Question) => void }): JSX.Element {
  const on = useAction<[]>(async () => {
    const done = await call('maintenance.switch_on', {});
    if (done.ok) say(t('maintenance.switched_on')), again();
    return done;
  });
  const stop: Question = { title: t('maintenance.stop_title'), what: <p>{t('maintenance.stop_what')}</p>, submit: t('maintenance.stop'), danger: true,
    act: () => call('maintenance.stop', {}), done: () => (say(t('maintenance.stopped')), again()) };
  return (
    <>
      <Notice mark={isOff ? 'bad' : 'good'}><p>{t(isOff ? 'maintenance.is_off' : 'maintenance.is_on')}</p></Notice>
      <ProblemView problem={on.problem.value} />
      <div class="buttons">
        {!isOff && may('cut') && <Button kind="danger" onClick={() => ask(stop)}>{t('maintenance.stop')}</Button>}
        {isOff && may('maintenance.approve') && <Button busy={on.isBusy.value} onClick={() => void on.run()}>{t('maintenance.switch_on')}</Button>}
      </div>
    </>
  );
}

/** What a maintainer may do next: [words, the maintenance it is about]. */
export function nextOf(rows: readonly Maintenance[], isOff: boolean, account: string, time: number): readonly [Key, Maintenance?] {
  const own = rows.filter((row) => row.by === account && Date.parse(row.until) > time);
  const first = (state: string): Maintenance | undefined => own.find((row) => row.state === state);
  const open = first('open'), approved = first('approved'), requested = first('requested');
  if (open) return ['maintenance.next_open', open];
  if (isOff) return ['maintenance.next_off'];
  if (approved) return [Date.parse(approved.from) <= time ? 'maintenance.next_enter' : 'maintenance.next_wait', approved];
  return requested ? ['maintenance.next_requested', requested] : ['maintenance.next_ask'];
}

function Next({ rows, isOff }: { rows: readonly Maintenance[]; isOff: boolean }): JSX.Element {
  const [words, about] = nextOf(rows, isOff, session.value?.account ?? '', now.value);
  const values = about ? { n: about.maintenance, from: whenText(about.from, language.value), until: whenText(about.until, language.value) } : {};
  return (
    <Part title={t('maintenance.next')}>
      <p class="strong">{t(words, values)}</p>
      {about && <p><a href={hashOf('maintenance', about.maintenance)}>{t('page.maintenance')} {about.maintenance}</a></p>}
      {about?.state === 'open' && <p><a href={hashOf('overview')}>{t('app.to_overview')}</a></p>}
    </Part>
  );
}

function ListPage(): JSX.Element {
  const load = useLoad('maintenance.list', { query: { limit: 200 } }, pollEach), question = useSignal<Question | null>(null);
  const again = (): void => void load.again();
  return (
    <>
      <p>{t('maintenance.intro')}</p>
      <Loaded load={load}>
        {(given) => (
          <>
            {may('maintenance.request') && <Next rows={given.maintenances} isOff={given.is_off} />}
            <Switch isOff={given.is_off} again={again} ask={(asked) => void (question.value = asked)} />
            <Part title={t('maintenance.table')}>
              <Table<Maintenance> title={t('maintenance.table')} rows={given.maintenances} keyOf={(row) => row.maintenance} none={t('maintenance.none')}
                columns={[
                  { title: t('maintenance.number'), cell: (row) => <a href={hashOf('maintenance', row.maintenance)}>{t('page.maintenance')} {row.maintenance}</a> },
                  { title: t('maintenance.state_label'), cell: (row) => <><State row={row} />{row.is_flagged && <p>{t('maintenance.flagged')}</p>}</> },
                  { title: t('maintenance.vendor'), cell: (row) => row.vendor },
                  { title: t('maintenance.window'), cell: windowOf },
                  { title: t('app.reason'), cell: (row) => row.reason },
                ]} />
            </Part>
          </>
        )}
      </Loaded>
      {may('maintenance.request') && <RequestForm again={again} />}
      <Ask question={question} />
    </>
  );
}

export function MaintenancePage(): JSX.Element {
  const number = Number(route.value[1]);
  return Number.isInteger(number) && number > 0 ? <OnePage key={number} number={number} /> : <ListPage />;
}
