import type { JSX } from 'preact';

import { MarkView, Notice, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { findingsById, type Document, type FactState, type Finding, type Paper, type Row, type Said } from '../text/evidence.ts';
import { t, wordOf } from '../words/index.ts';

const marks: Readonly<Record<FactState, Mark>> = { shown: 'good', by_design: 'plain', unknown: 'unknown', attention: 'warn' };
const saidOf = (said: Said): string => said[language.value];
const StateView = ({ state }: { state: FactState }): JSX.Element => <MarkView mark={marks[state]} words={wordOf('evidence.state', state)} />;

function Observed({ finding }: { finding: Finding }): JSX.Element {
  return (
    <li>
      <strong>{saidOf(finding.label)}</strong> <code>{finding.control}</code><br />
      {finding.says.map(saidOf).join(' ')}
    </li>
  );
}

function Answer({ row, facts }: { row: Row; facts: ReadonlyMap<string, Finding> }): JSX.Element {
  return (
    <ul>
      {row.answers.map((id) => facts.get(id)).filter((one): one is Finding => one !== undefined).map((one) => <Observed key={one.fact} finding={one} />)}
      {row.blanks.map((one) => <li key={one.name}>{t('evidence.blank', { name: one.name, owner: wordOf('evidence.owner', one.owner) })}</li>)}
    </ul>
  );
}

/** One edition's items, each with what the box observed and what it leaves to people. */
export function PaperView({ document, paper }: { document: Document; paper: Paper }): JSX.Element {
  const facts = findingsById(document);
  return (
    <>
      {paper.standing === 'superseded' && <Notice mark="warn"><p>{t('evidence.superseded')}</p></Notice>}
      <Table<Row> title={`${paper.title} ${paper.edition}`} rows={paper.rows} keyOf={(row) => row.id} none={t('evidence.none')}
        columns={[
          { title: t('evidence.item'), cell: (row) => <><strong>{row.id}</strong> {row.heading}</> },
          { title: t('evidence.asks'), cell: (row) => row.asks },
          { title: t('evidence.state'), cell: (row) => <>{row.answers.length > 0 && <StateView state={row.state} />}{row.blanks.length > 0 && <> {t('evidence.to_fill', { n: row.blanks.length })}</>}</> },
          { title: t('evidence.answer'), cell: (row) => <Answer row={row} facts={facts} /> },
        ]} />
    </>
  );
}

export function FactsView({ document }: { document: Document }): JSX.Element {
  return (
    <Table<Finding> title={t('evidence.facts')} rows={document.findings} keyOf={(row) => row.fact} none={t('evidence.none')}
      columns={[
        { title: t('evidence.fact'), cell: (row) => <>{saidOf(row.label)} <code>{row.control}</code></> },
        { title: t('evidence.state'), cell: (row) => <StateView state={row.state} /> },
        { title: t('evidence.says'), cell: (row) => row.says.map(saidOf).join(' ') },
      ]} />
  );
}
