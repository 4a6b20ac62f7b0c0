import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { call, type Outcome } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { Button } from '../parts/form.tsx';
import { Loaded, MarkView, Notice, Part, ProblemView, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useAction, useLoad } from '../state/load.ts';
import { may } from '../state/session.ts';
import { numberText, whenText } from '../text/format.ts';
import { trialInJapanese } from '../text/trial_words.ts';
import { t, wordOf } from '../words/index.ts';
import { Separation } from './separation.tsx';

type Case = Schemas['ProofCase'];
const underWay = 'diagnosis.under_way';
const pollEach = 3000;  // milliseconds, while a new one is made
const marks: Readonly<Record<string, Mark>> = { held: 'good', broken: 'bad', unproven: 'unknown' };
const gravity: Readonly<Record<string, number>> = { broken: 0, unproven: 1, held: 2 };

/** In Japanese where it is known how that is said; in English it is what was signed. */
function Tried({ words }: { words: string }): JSX.Element {
  const japanese = language.value === 'ja' ? trialInJapanese(words) : null;
  return japanese === null ? <span lang="en">{words}</span> : <span title={words}>{japanese}</span>;
}

const Rows = ({ rows }: { rows: readonly Case[] }): JSX.Element => (
  <Table<Case> title={t('isolation.table')} none={t('isolation.all_held')} keyOf={(row) => [row.way, row.place, row.tenant, row.tried].join(' ')}
    rows={[...rows].sort((a, b) => (gravity[a.outcome] ?? 0) - (gravity[b.outcome] ?? 0))}
    columns={[
      { title: t('isolation.outcome'), cell: (row) => <MarkView mark={marks[row.outcome] ?? 'unknown'} words={wordOf('outcome', row.outcome)} /> },
      { title: t('isolation.way'), cell: (row) => row.way },
      { title: t('connections.tenant'), cell: (row) => row.tenant },
      { title: t('isolation.place'), cell: (row) => row.place },
      { title: t('isolation.tried'), cell: (row) => <Tried words={row.tried} /> },
      { title: t('isolation.evidence'), cell: (row) => <span lang="en">{row.evidence}</span> },
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

/** Tried anew when somebody asks; the record of it names him. */
function ProveNow({ isAwaited, ask }: { isAwaited: boolean; ask: () => Promise<Outcome<null>> }): JSX.Element {
  const run = useAction<[]>(ask);
  return (
    <>
      <ProblemView problem={run.problem.value} />
      {isAwaited && <Notice mark="unknown" live><p>{t('isolation.proving')}</p></Notice>}
      <div class="buttons"><Button busy={run.isBusy.value || isAwaited} onClick={() => void run.run()}>{t('isolation.prove')}</Button></div>
    </>
  );
}

/** The tenants, the walls between them, and what came out when the box tried what must not work. */
export function IsolationPage(): JSX.Element {
  const status = useLoad('box.status', {}), rules = useLoad('rules.list', {}), terminals = useLoad('terminals.list', {});
  const old = useSignal<string | null>(null);  // when the proof began that was there when a new one was asked for; null: none was
  const proof = useLoad('isolation.proof', {}, old.value === null ? 0 : pollEach), began = proof.data.value?.began ?? '';
  useEffect(() => {
    if (old.value !== null && began > old.value) old.value = null;
  }, [began]);
  const prove = async (): Promise<Outcome<null>> => {
    const last = await call('isolation.proof', {}), said = await call('isolation.try', {});
    if (said.ok || said.problem.code === underWay) old.value = last.ok ? last.value.began : '';
    void proof.again();
    return said;
  };
  const isTried = proof.data.value !== null || proof.problem.value !== null;  // known to be, or not to be
  return (
    <>
      <Loaded load={status}>
        {({ generation }) => <Loaded load={rules}>
          {(given) => <Loaded load={terminals}>
            {(roll) => isTried && <Separation rules={given} terminals={roll.terminals} proof={proof.data.value} generation={generation} />}
          </Loaded>}
        </Loaded>}
      </Loaded>
      {may('diagnosis.run') && <ProveNow isAwaited={old.value !== null} ask={prove} />}
      <Loaded load={proof} none={{ code: 'isolation.proof_unavailable', words: t('overview.proof_never') }}>{(given) => <Cases proof={given} />}</Loaded>
    </>
  );
}
