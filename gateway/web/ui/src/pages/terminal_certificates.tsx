import type { JSX } from 'preact';

import { call } from '../api/client.ts';
import type { Schemas } from '../api/generated.ts';
import { reasonAsked, type Question } from '../parts/dialog.tsx';
import { Button } from '../parts/form.tsx';
import { Loaded, MarkView, type Mark } from '../parts/notice.tsx';
import { Remaining } from '../parts/remaining.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { say } from '../state/said.ts';
import { may } from '../state/session.ts';
import { numberText, spoken, whenText } from '../text/format.ts';
import { t, wordOf } from '../words/index.ts';

type Certificate = Schemas['TerminalCertificate'];
const marks: Readonly<Record<string, Mark>> = { valid: 'good', superseded: 'good', blocked: 'bad', revoked: 'bad', expired: 'warn' };
const counts = (row: Certificate): boolean => row.state === 'valid' || row.state === 'superseded';
const daysLeft = (row: Certificate): number => Math.max(0, Math.floor((Date.parse(row.until) - Date.now()) / 86_400_000));

function revoking(row: Certificate, again: () => void): Question {
  const { tenant, terminal, certificate } = row, short = spoken(certificate);
  return {
    title: t('certificates.revoke_title', { terminal }), submit: t('certificates.revoke'), danger: true, asks: reasonAsked(), word: terminal,
    what: <><p>{t('certificates.revoke_which', { terminal, certificate: short })}</p><p>{t('certificates.revoke_what')}</p></>,
    act: (reason) => call('terminals.revoke', { path: { tenant, terminal }, body: { certificate, reason } }),
    done: () => (say(t('certificates.revoked', { terminal })), again()),
  };
}

function State({ row }: { row: Certificate }): JSX.Element {
  return (
    <>
      <MarkView mark={marks[row.state] ?? 'unknown'} words={wordOf('certificate', row.state)} />
      {row.revoked !== undefined && <p>{whenText(row.revoked, language.value)}</p>}
    </>
  );
}

interface Props {
  readonly wanted: string;  // part of a tenant's or terminal's name
  readonly ask: (question: Question) => void;
}

/** Looked at when somebody comes: the authority is at work for each look. */
export function Certificates({ wanted, ask }: Props): JSX.Element {
  const load = useLoad('terminals.certificates', {});
  const again = (): void => void load.again();
  const columns: Column<Certificate>[] = [
    { title: t('connections.tenant'), cell: (row) => row.tenant },
    { title: t('connections.terminal'), cell: (row) => row.terminal },
    { title: t('terminals.standing'), cell: (row) => <State row={row} /> },
    { title: t('certificates.from'), cell: (row) => whenText(row.from, language.value) },
    { title: t('certificates.until'), cell: (row) => counts(row) ? <Remaining state={row.state} days={daysLeft(row)} until={row.until} />
      : whenText(row.until, language.value) },
    { title: t('certificates.fingerprint'), cell: (row) => <code>{spoken(row.certificate)}</code> },
  ];
  if (may('terminal.enrol'))
    columns.push({ title: t('connections.act'), isAction: true, cell: (row) => counts(row) &&
      <Button kind="danger" label={t('certificates.revoke_of', { terminal: row.terminal, certificate: spoken(row.certificate) })}
        onClick={() => ask(revoking(row, again))}>{t('certificates.revoke')}</Button> });
  return (
    <Loaded load={load}>
      {(given) => (
        <div class="part">
          <p>{t('certificates.help')}</p>
          {given.authority !== undefined && <p>{t('ticket.authority')} <code>{spoken(given.authority)}</code></p>}
          <p>{t('connections.count', { n: numberText(given.certificates.length), all: numberText(given.all) })}</p>
          <Table title={t('certificates.table')} columns={columns} none={t('certificates.none')} keyOf={(row) => row.certificate}
            rows={given.certificates.filter((row) => `${row.tenant} ${row.terminal}`.toLowerCase().includes(wanted))} />
        </div>
      )}
    </Loaded>
  );
}
