import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Loaded, MarkView, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { whenText } from '../text/format.ts';
import { t, wordOf } from '../words/index.ts';

type Case = Schemas['ProofCase'];
const marks: Readonly<Record<string, Mark>> = { held: 'good', broken: 'bad', unproven: 'unknown' };
const gravity: Readonly<Record<string, number>> = { broken: 0, unproven: 1, held: 2 };

export function IsolationPage(): JSX.Element {
  const load = useLoad('isolation.proof', {});
  return (
    <>
      <p>{t('isolation.intro')}</p>
      <Loaded load={load} none={{ code: 'isolation.proof_unavailable', words: t('overview.proof_never') }}>
        {(proof) => (
          <div class="part">
            <p>{t('isolation.when', { began: whenText(proof.began, language.value), ended: whenText(proof.ended, language.value), n: proof.generation })}</p>
            <Table<Case> title={t('isolation.table')} none={t('overview.proof_never')} keyOf={(row) => [row.way, row.place, row.tenant, row.tried].join(' ')}
              rows={[...proof.cases].sort((a, b) => (gravity[a.outcome] ?? 0) - (gravity[b.outcome] ?? 0))}
              columns={[
                { title: t('isolation.outcome'), cell: (row) => <MarkView mark={marks[row.outcome] ?? 'unknown'} words={wordOf('outcome', row.outcome)} /> },
                { title: t('isolation.way'), cell: (row) => row.way },
                { title: t('connections.tenant'), cell: (row) => row.tenant },
                { title: t('isolation.place'), cell: (row) => row.place },
                { title: t('isolation.tried'), cell: (row) => <span lang="en">{row.tried}</span> },
                { title: t('isolation.evidence'), cell: (row) => <span lang="en">{row.evidence}</span> },
              ]} />
          </div>
        )}
      </Loaded>
    </>
  );
}
