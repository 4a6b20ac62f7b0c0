import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Button } from '../parts/form.tsx';
import { Loaded, MarkView, Notice, Part, ProblemView, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { useFollowed } from '../state/follow.ts';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { numberText, whenText } from '../text/format.ts';
import { findingInJapanese, placeInJapanese, trialInJapanese } from '../text/trial_words.ts';
import { t, wordOf } from '../words/index.ts';
import { Separation } from './separation.tsx';

type Case = Schemas['ProofCase'];
const askedEach = 3000;  // milliseconds
const marks: Readonly<Record<string, Mark>> = { held: 'good', broken: 'bad', unproven: 'unknown' };
const gravity: Readonly<Record<string, number>> = { broken: 0, unproven: 1, held: 2 };

/** In Japanese where it is known how that is said; in English it is what was signed. */
function Signed({ words, inJapanese }: { words: string; inJapanese: (words: string) => string | null }): JSX.Element {
  const japanese = language.value === 'ja' ? inJapanese(words) : null;
  return japanese === null ? <span lang="en">{words}</span> : <span title={words}>{japanese}</span>;
}

const Rows = ({ rows }: { rows: readonly Case[] }): JSX.Element => (
  <Table<Case> title={t('isolation.table')} none={t('isolation.all_held')} keyOf={(row) => [row.way, row.place, row.tenant, row.tried].join(' ')}
    rows={[...rows].sort((a, b) => (gravity[a.outcome] ?? 0) - (gravity[b.outcome] ?? 0))}
    columns={[
      { title: t('isolation.outcome'), cell: (row) => <MarkView mark={marks[row.outcome] ?? 'unknown'} words={wordOf('outcome', row.outcome)} /> },
      { title: t('isolation.way'), cell: (row) => row.way },
      { title: t('connections.tenant'), cell: (row) => row.tenant },
      { title: t('isolation.place'), cell: (row) => (language.value === 'ja' ? placeInJapanese(row.place) : row.place) },
      { title: t('isolation.tried'), cell: (row) => <Signed words={row.tried} inJapanese={trialInJapanese} /> },
      { title: t('isolation.evidence'), cell: (row) => <Signed words={row.evidence} inJapanese={findingInJapanese} /> },
    ]} />
);

/** What held is very much, and is opened by whoever wants to read it. */
function Cases({ proof }: { proof: Schemas['IsolationProof'] }): JSX.Element {
  const held = proof.cases.filter((one) => one.outcome === 'held'), isOpen = useSignal(false);
  return (
    <Part title={t('isolation.table')}>
      <p>{t('isolation.intro')}</p>
      <p>{t('isolation.when', { began: whenText(proof.began, language.value), ended: whenText(proof.ended, language.value), n: proof.generation })}</p>
      <Rows rows={proof.cases.filter((one) => one.outcome !== 'held')} />
      <details onToggle={(event) => void (isOpen.value = event.currentTarget.open)}>
        <summary>{t('isolation.held', { n: numberText(held.length) })}</summary>
        {isOpen.value && <Rows rows={held} />}
      </details>
    </Part>
  );
}

/** How far a proof is. Whoever may have it tried may stop it, unless the box does it by itself. */
export function Proving({ status }: { status: Schemas['Status'] }): JSX.Element {
  const stop = useAction<[]>(async () => {
    const done = await call('isolation.stop', {});
    if (done.ok) say(t('isolation.stopped'));
    return done;
  });
  const { proving_begun: begun = 0, proving_all: all = 0, proving_by: by } = status;
  return (
    <>
      <Notice mark="unknown" live><p>{t(by === undefined ? 'isolation.proving' : 'isolation.proving_for', { name: by ?? '' })}</p></Notice>
      <p><progress value={begun} max={all} aria-label={t('isolation.under_way')} /> {t('isolation.progress', { n: numberText(begun), all: numberText(all) })}</p>
      <ProblemView problem={stop.problem.value} />
      {by !== undefined && may('diagnosis.run') && <div class="buttons"><Button busy={stop.isBusy.value} onClick={() => void stop.run()}>{t('isolation.stop')}</Button></div>}
    </>
  );
}

/** Tried anew when somebody asks; the record of it names him. */
function ProveNow({ isUnderWay }: { isUnderWay: boolean }): JSX.Element {
  const run = useAction<[]>(() => call('isolation.try', {}));
  return (
    <>
      <ProblemView problem={run.problem.value} />
      <div class="buttons"><Button busy={run.isBusy.value || isUnderWay} onClick={() => void run.run()}>{t('isolation.prove')}</Button></div>
    </>
  );
}

/** The tenants, the walls between them, and what came out when the box tried what must not work. */
export function IsolationPage(): JSX.Element {
  const status = useFollowed('box.status', {}, askedEach), rules = useLoad('rules.list', {}), terminals = useLoad('terminals.list', {});
  const proof = useLoad('isolation.proof', {}), proved = status.data.value?.proved;
  useEffect(() => void proof.again(), [proved]);
  const isTried = proof.data.value !== null || proof.problem.value !== null;  // known to be, or not to be
  return (
    <>
      <Loaded load={status}>
        {(given) => <>
          <Loaded load={rules}>
            {(known) => <Loaded load={terminals}>
              {(roll) => isTried && <Separation rules={known} terminals={roll.terminals} proof={proof.data.value} generation={given.generation} />}
            </Loaded>}
          </Loaded>
          {given.proving_all !== undefined && <Part title={t('isolation.under_way')}><Proving status={given} /></Part>}
          {may('diagnosis.run') && <ProveNow isUnderWay={given.proving_all !== undefined} />}
        </>}
      </Loaded>
      <Loaded load={proof} none={{ code: 'isolation.proof_unavailable', words: t('overview.proof_never') }}>{(given) => <Cases proof={given} />}</Loaded>
    </>
  );
}
