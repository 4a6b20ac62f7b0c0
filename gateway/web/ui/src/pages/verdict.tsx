import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Button } from '../parts/form.tsx';
import { MarkView, Notice, Part, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { whenText } from '../text/format.ts';
import { t, wordOf, type Key } from '../words/index.ts';

export type Verdict = Schemas['FaultVerdict'];
type Reason = Schemas['FaultReason'];
type Seen = Schemas['FaultObservation'];
const stateMarks: Readonly<Record<string, Mark>> = { broken: 'bad', unclear: 'warn', sound: 'good' };
const sideMarks: Readonly<Record<string, Mark>> = { good: 'good', bad: 'bad', suspect: 'warn' };

const sidesOf = (given: Verdict, standing: string): string[] => given.sides.filter((one) => one.standing === standing).map((one) => one.side);
const namesOf = (sides: readonly string[]): string => sides.map((side) => wordOf('side', side)).join(language.value === 'ja' ? '、' : ', ');
/** The sides that somebody has to see to. */
export const suspectsOf = (given: Verdict): string[] => (given.state === 'broken' ? sidesOf(given, 'bad') : sidesOf(given, 'suspect'));

export function verdictText(given: Verdict): string {
  return t(`verdict.state.${given.state}` as Key, { sides: namesOf(suspectsOf(given)) });
}

const About = ({ row }: { row: Seen | Reason }): JSX.Element => (
  <span class="wraps">{row.about ?? '—'}{row.detail !== undefined && <span lang="en" class="why"> {row.detail}</span>}</span>
);

export function Reasons({ given }: { given: Verdict }): JSX.Element {
  return (
    <Table<Reason> title={t('verdict.reasons')} none={t('app.nothing')} keyOf={(row) => `${row.observation} ${row.about}`} rows={given.reasons}
      columns={[
        { title: t('verdict.what'), cell: (row) => wordOf('observation', row.observation) },
        { title: t('verdict.about'), cell: (row) => <About row={row} /> },
        { title: t('verdict.explains'), cell: (row) => namesOf(row.sides) },
      ]} />
  );
}

export function Observations({ rows, title }: { rows: readonly Seen[]; title: string }): JSX.Element {
  return (
    <Table<Seen> title={title} none={t('app.nothing')} keyOf={(row) => `${row.observation} ${row.about} ${row.detail}`} rows={rows}
      columns={[
        { title: t('verdict.what'), cell: (row) => wordOf('observation', row.observation) },
        { title: t('verdict.about'), cell: (row) => <About row={row} /> },
        { title: t('verdict.outcome'), cell: (row) => <MarkView mark={sideMarks[row.standing] ?? 'unknown'} words={t(`verdict.${row.standing}` as Key)} /> },
      ]} />
  );
}

export function SidePath({ given }: { given: Verdict }): JSX.Element {
  return (
    <ol class="path">
      {given.sides.map(({ side, standing }) => (
        <li key={side} class={sideMarks[standing] ?? 'unknown'}>
          <p class="place">{wordOf('side', side)}</p>
          <MarkView mark={sideMarks[standing] ?? 'unknown'} words={wordOf('verdict.side', standing)} />
        </li>
      ))}
    </ol>
  );
}

/** Which side is broken, by what was measured and nothing else (DEM-03). */
export function VerdictPart({ given, slip }: { given: Verdict; slip: JSX.Element }): JSX.Element {
  const known = given.observations.filter((one) => one.standing !== 'unknown'), unknown = given.observations.filter((one) => one.standing === 'unknown');
  return (
    <Part title={t('verdict.title')}>
      <Notice mark={stateMarks[given.state] ?? 'unknown'} live><p class="state">{verdictText(given)}</p></Notice>
      <p class="help">{given.tried_at === undefined ? t('verdict.never_tried') : t('verdict.fresh', { time: whenText(given.tried_at, language.value) })}</p>
      <SidePath given={given} />
      {given.reasons.length > 0 && <><h3>{t('verdict.reasons')}</h3><Reasons given={given} /></>}
      <details><summary>{t('verdict.measured')} ({known.length})</summary><Observations rows={known} title={t('verdict.measured')} /></details>
      <details><summary>{t('verdict.unmeasured')} ({unknown.length})</summary><Observations rows={unknown} title={t('verdict.unmeasured')} /></details>
      <div class="buttons"><Button onClick={() => print()}>{t('verdict.print')}</Button></div>
      {slip}
    </Part>
  );
}

/** The verdict in one line, as it is when the page is opened; nothing while nothing is wrong. */
export function VerdictLine(): JSX.Element | null {
  const given = useLoad('diagnosis.verdict', {}).data.value;
  if (given === null || (given.state !== 'broken' && given.state !== 'unclear')) return null;
  return <Notice mark={stateMarks[given.state] ?? 'unknown'} live><p>{verdictText(given)} <a href={hashOf('diagnosis')}>{t('page.diagnosis')}</a></p></Notice>;
}
