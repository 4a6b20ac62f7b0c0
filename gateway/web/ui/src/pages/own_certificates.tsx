import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Pairs, Part } from '../parts/notice.tsx';
import { Remaining, StateView } from '../parts/remaining.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { spoken, whenText } from '../text/format.ts';
import { t, wordOf, type Key } from '../words/index.ts';

type Own = Schemas['OwnCertificate'];

const gravity: Readonly<Record<string, number>> = { ended: 0, missing: 1, soon: 2, not_yet: 3, valid: 4 };

function use({ facing, service }: Schemas['CertificateUse']): string {
  return t(`use.${facing}` as Key, { service });
}

/** What a clerk does next; who asks for a certificate by itself needs nobody until that fails. */
function next(row: Own): Key {
  if (row.state === 'not_yet') return 'cert_do.not_yet';
  if (row.renewal === 'est') return row.state === 'valid' ? 'cert_do.est' : row.state === 'missing' ? 'cert_do.est_missing' : 'cert_do.est_soon';
  if (row.state === 'valid') return 'cert_do.nothing';
  return row.renewal === 'request' ? 'cert_do.request' : 'cert_do.file';
}

function Attempt({ row }: { row: Own }): JSX.Element | null {
  if (row.attempted === undefined) return null;
  const time = whenText(row.attempted, language.value);
  if (row.attempt_code === undefined) return <p>{t('certs.tried_well', { time })}</p>;
  return <p>{t('certs.tried', { time })} <code>{row.attempt_code}</code> <span lang="en">{row.attempt_detail}</span></p>;
}

function Renewal({ row }: { row: Own }): JSX.Element {
  return (
    <>
      <p>{t(`renewal.${row.renewal}` as Key, { server: row.server_name ?? '' })}</p>
      {row.renew_at !== undefined && <p>{t('certs.renew_at', { time: whenText(row.renew_at, language.value) })}</p>}
      <Attempt row={row} />
    </>
  );
}

function Details({ row }: { row: Own }): JSX.Element {
  return (
    <details class="stacked">
      <summary aria-label={t('certs.details_of', { name: row.name })}>{t('certs.details')}</summary>
      <Pairs rows={[
        [t('certs.name'), row.name],
        row.subject !== undefined && [t('certs.subject'), row.subject],
        row.issuer !== undefined && [t('certs.issuer'), row.issuer],
        row.serial !== undefined && [t('certs.serial'), <code>{row.serial}</code>],
        row.key !== undefined && [t('certs.kind'), row.key],
        row.from !== undefined && [t('certs.from'), whenText(row.from, language.value)],
        row.sha256 !== undefined && [t('certs.sha256'), <code>{row.sha256}</code>],
      ]} />
    </details>
  );
}

interface Props {
  readonly own: readonly Own[];
  readonly evidence: string | undefined;
}

export function OwnCertificates({ own, evidence }: Props): JSX.Element {
  const rows = [...own].sort((a, b) => (gravity[a.state] ?? 0) - (gravity[b.state] ?? 0) || (a.days_left ?? 0) - (b.days_left ?? 0));
  return (
    <Part title={t('certs.own')}>
      <Table<Own> title={t('certs.own')} none={t('certs.own_none')} rows={rows} keyOf={(row) => `${row.tenant}/${row.name}`}
        columns={[
          { title: t('certs.state'), cell: (row) => <StateView state={row.state} /> },
          { title: t('certs.use'), cell: (row) => <>{row.uses.map((one) => <p key={use(one)}>{use(one)}</p>)}<Details row={row} /></> },
          { title: t('connections.tenant'), cell: (row) => row.tenant || t('certs.box') },
          { title: t('certs.until'), cell: (row) => <Remaining state={row.state} days={row.days_left} until={row.until} /> },
          { title: t('certs.do'), cell: (row) => t(next(row)) },
          { title: t('certs.renewal'), cell: (row) => <Renewal row={row} /> },
          { title: t('certs.key'), cell: (row) => (row.key_kept === undefined ? t('mark.unknown') : wordOf('key_kept', row.key_kept)) },
        ]} />
      {evidence !== undefined && <><p>{t('certs.evidence_help')}</p><Pairs rows={[[t('certs.evidence'), <code>{spoken(evidence)}</code>]]} /></>}
    </Part>
  );
}
