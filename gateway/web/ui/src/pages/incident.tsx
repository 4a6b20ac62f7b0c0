import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Ask, type Question } from '../parts/dialog.tsx';
import { Button } from '../parts/form.tsx';
import { Loaded, MarkView, Pairs, Part, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { say } from '../state/said.ts';
import { may, now } from '../state/session.ts';
import { whenText } from '../text/format.ts';
import { lengthOf, sentenceOf } from '../text/incident_clock.ts';
import { t, wordOf } from '../words/index.ts';
import { Evidence } from './incident_evidence.tsx';
import { ConcernForm } from './incident_concern.tsx';
import { StateForm, RunForm } from './incident_forms.tsx';

type Clock = Schemas['IncidentClock'];
type Incident = Schemas['Incident'];
type Entry = Schemas['IncidentEntry'];
const marks: Readonly<Record<string, Mark>> = { waits: 'unknown', running: 'plain', half: 'warn', soon: 'warn', missed: 'bad', met: 'good', late: 'warn' };
const pollEach = 10_000;  // milliseconds
const mostWords = 512;

interface Acting {
  readonly one: Incident;
  readonly question: Signal<Question | null>;
  readonly again: () => void;
}

const nameOf = (clock: { japanese: string; english: string }): string => (language.value === 'ja' ? clock.japanese : clock.english);
const time = (given: string | undefined): string => whenText(given, language.value);
const length = (milliseconds: number): string => t(...lengthOf(milliseconds));

/** Where it stands, as a plain sentence. */
function Sentence({ clock }: { clock: Clock }): JSX.Element {
  const from = Date.parse(clock.from ?? ''), ends = Date.parse(clock.ends ?? '');
  const values = {
    anchor: wordOf('incidents.anchor', clock.anchor), from: time(clock.from), ends: time(clock.ends), reported: time(clock.reported), words: clock.words ?? '',
    left: length(ends - now.value), passed: length(now.value - (clock.ends === undefined ? from : ends)),
  };
  return (
    <>
      <p>{t(sentenceOf(clock), values)}{clock.reported === undefined && clock.aim !== undefined && clock.aim !== clock.ends && <> {t('incidents.says.aim', { aim: time(clock.aim) })}</>}</p>
      <p class="help">{t('incidents.basis', { basis: language.value === 'ja' ? clock.clause : clock.basis })}</p>
    </>
  );
}

function ClockActs({ clock, acting }: { clock: Clock; acting: Acting }): JSX.Element | null {
  const { one, question, again } = acting, path = { incident: one.incident }, name = nameOf(clock);
  if (one.is_closed || !may('incident.keep')) return null;
  const asks = { label: t('incidents.report_words'), required: true, most: mostWords };
  return (
    <>
      <Button kind="main" label={t('incidents.report_of', { clock: name })} onClick={() => void (question.value = {
        title: t('incidents.report_of', { clock: name }), what: null, submit: t('incidents.report_do'), asks,
        act: (note) => call('incident.report', { path, body: { clock: clock.clock, note } }), done: () => (say(t('incidents.reported')), again()) })}>{t('incidents.report_do')}</Button>
      <Button label={t('incidents.rest_of', { clock: name })} onClick={() => void (question.value = {
        title: t('incidents.rest_of', { clock: name }), what: null, submit: t('incidents.rest_do'), asks: { ...asks, label: t('app.reason') },
        act: (reason) => call('incident.run', { path, body: { clock: clock.clock, runs: false, reason } }), done: () => (say(t('incidents.rested')), again()) })}>{t('incidents.rest_do')}</Button>
    </>
  );
}

function Clocks({ acting }: { acting: Acting }): JSX.Element {
  return (
    <Part title={t('incidents.clocks')}>
      <Table<Clock> title={t('incidents.clocks')} rows={acting.one.clocks} keyOf={(row) => row.clock} none={t('incidents.clocks_none')}
        columns={[
          { title: t('incidents.clocks'), cell: (row) => <><p class="strong">{nameOf(row)}</p><Sentence clock={row} /></> },
          { title: t('incidents.state'), cell: (row) => <MarkView mark={marks[row.standing] ?? 'unknown'} words={wordOf('incidents.mark', row.standing)} /> },
          { title: t('incidents.act'), isAction: true, cell: (row) => <ClockActs clock={row} acting={acting} /> },
        ]} />
    </Part>
  );
}

function More({ acting }: { acting: Acting }): JSX.Element | null {
  const { one, question, again } = acting, path = { incident: one.incident };
  if (one.is_closed || !may('incident.keep')) return null;
  return (
    <div class="buttons">
      <Button onClick={() => void (question.value = {
        title: t('incidents.note_do'), what: null, submit: t('incidents.note_do'), asks: { label: t('incidents.note_words'), required: true, most: mostWords },
        act: (note) => call('incident.note', { path, body: { note } }), done: () => (say(t('incidents.noted')), again()) })}>{t('incidents.note_do')}</Button>
      <Button onClick={() => void (question.value = {
        title: t('incidents.close_do'), what: <p>{t('incidents.close_what')}</p>, submit: t('incidents.close_do'), asks: { label: t('app.reason'), required: true, most: mostWords },
        act: (reason) => call('incident.close', { path, body: { reason } }), done: () => (say(t('incidents.closed')), again()) })}>{t('incidents.close_do')}</Button>
    </div>
  );
}

const Drafts = ({ number, drafts }: { number: number; drafts: readonly string[] }): JSX.Element => (
  <Part title={t('incidents.drafts')}>
    <p>{t('incidents.drafts_help')}</p>
    <ul>{drafts.map((one) => <li key={one}><a href={hashOf('incidents', number, one)}>{wordOf('incidents.draft', one)}</a></li>)}</ul>
  </Part>
);

/** What an entry says besides its kind. */
function detailOf(entry: Entry, clocks: ReadonlyMap<string, string>): string {
  const what = entry.what === undefined ? '' : clocks.get(entry.what) ?? wordOf('incidents', entry.what);
  const words = entry.kind === 'warned' ? wordOf('incidents.mark', entry.words ?? '') : entry.words ?? '';
  const evidence = entry.evidence === undefined ? '' : t('evidence.title', { n: entry.evidence });
  return [what, entry.at === undefined ? '' : time(entry.at), evidence, words].filter((part) => part !== '').join(' — ');
}

function Timeline({ entries, one }: { entries: readonly Entry[]; one: Incident }): JSX.Element {
  const clocks = new Map(one.clocks.map((clock) => [clock.clock, nameOf(clock)]));
  return (
    <Part title={t('incidents.timeline')}>
      <Table<Entry> title={t('incidents.timeline')} rows={entries} keyOf={(row) => row.number} none={t('app.nothing')}
        columns={[
          { title: t('incidents.when'), cell: (row) => time(row.written) },
          { title: t('incidents.by'), cell: (row) => row.by ?? t('incidents.box') },
          { title: t('incidents.timeline'), cell: (row) => <><span class="strong">{wordOf('incidents.kind', row.kind)}</span> {detailOf(row, clocks)}</> },
          { title: t('incidents.record'), cell: (row) => row.record, isNumber: true },
        ]} />
    </Part>
  );
}

export function IncidentPage({ number }: { number: number }): JSX.Element {
  const load = useLoad('incident.show', { path: { incident: number } }, pollEach), question = useSignal<Question | null>(null);
  const again = (): void => void load.again();
  return (
    <>
      <p><a href={hashOf('incidents')}>{t('incidents.back')}</a></p>
      <Loaded load={load}>
        {(given) => given.incident.map((one) => {
          const acting = { one, question, again }, mayWrite = !one.is_closed && may('incident.keep');
          return (
            <>
              <h2>{t('incidents.heading', { n: one.incident, title: one.title })}</h2>
              <Part title={t('incidents.times')}>
                <Pairs rows={[
                  [t('incidents.occurred'), one.occurred === undefined ? t('incidents.unknown') : time(one.occurred)],
                  [t('incidents.detected'), one.detected === undefined ? t('incidents.unknown') : time(one.detected)],
                  [t('incidents.opened'), `${time(one.opened)} ${one.by}`],
                  [t('incidents.state'), t(one.is_closed ? 'incidents.is_closed' : 'incidents.is_open')],
                ]} />
                {mayWrite && <StateForm number={number} again={again} />}
              </Part>
              <Clocks acting={acting} />
              {mayWrite && <ConcernForm number={number} again={again} />}
              {mayWrite && <RunForm number={number} again={again} />}
              <More acting={acting} />
              <Evidence number={number} rows={given.evidence} question={question} again={again} />
              <Drafts number={number} drafts={given.drafts} />
              <Timeline entries={given.entries} one={one} />
            </>
          );
        })}
      </Loaded>
      <Ask question={question} />
    </>
  );
}
