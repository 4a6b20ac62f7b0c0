import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Loaded, Notice, Pairs, Part } from '../parts/notice.tsx';
import { Remaining, StateView } from '../parts/remaining.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { numberText, spoken, whenText } from '../text/format.ts';
import { t, wordOf, type Key } from '../words/index.ts';
import { OwnCertificates } from './own_certificates.tsx';
import { Plans, trusted } from './rollover_plans.tsx';

type Given = Schemas['Certificates'];
type Anchor = Schemas['TrustAnchor'];
type List = Schemas['RevocationList'];
const lookEach = 10_000;  // milliseconds

const isOver = (state: string): boolean => state === 'ended' || state === 'missing' || state === 'stale';

/** Everything that ends, in one sentence. */
function Summary({ given }: { given: Given }): JSX.Element {
  const states = [...given.own.map((one) => one.state), ...given.trust.flatMap((set) => set.anchors.map((one) => one.state)), ...given.lists.map((one) => one.state)];
  const ended = states.filter(isOver).length, soon = states.filter((state) => state === 'soon').length;
  if (ended + soon === 0) return <Notice mark="good"><p>{t('certs.all_good')}</p></Notice>;
  return (
    <Notice mark={ended > 0 ? 'bad' : 'warn'}>
      {ended > 0 && <p>{t('certs.some_ended', { n: ended })}</p>}
      {soon > 0 && <p>{t('certs.some_soon', { n: soon })}</p>}
      <p>{t('certs.see')}</p>
    </Notice>
  );
}

/** Its own end, or the one that the configuration gives it before. */
function endOf(row: Anchor): string {
  return row.trusted_until !== undefined && Date.parse(row.trusted_until) < Date.parse(row.until) ? row.trusted_until : row.until;
}

function Span({ row }: { row: Anchor }): JSX.Element {
  if (row.trusted_from === undefined && row.trusted_until === undefined) return <>{t('certs.span_always')}</>;
  return (
    <>
      {row.trusted_from !== undefined && <p>{t('certs.span_from', { time: whenText(row.trusted_from, language.value) })}</p>}
      {row.trusted_until !== undefined && <p>{t('certs.span_until', { time: whenText(row.trusted_until, language.value) })}</p>}
    </>
  );
}

function Trust({ given }: { given: Given }): JSX.Element {
  const rows = given.trust.flatMap((set) => set.anchors.map((anchor) => ({ set, anchor })));
  return (
    <Part title={t('certs.trust')}>
      <p>{t('certs.trust_help')}</p>
      <Table title={t('certs.trust')} none={t('certs.trust_none')} rows={rows}
        keyOf={({ set, anchor }) => [set.tenant, set.facing, set.service, anchor.file, anchor.sha256, anchor.trusted_from].join(' ')}
        columns={[
          { title: t('certs.state'), cell: ({ anchor }) => <StateView state={anchor.state} /> },
          { title: t('certs.checked'), cell: ({ set }) => trusted(set) },
          { title: t('connections.tenant'), cell: ({ set }) => set.tenant || t('certs.box') },
          { title: t('certs.authority'), cell: ({ anchor }) => <>{anchor.subject}<br /><code>{spoken(anchor.sha256)}</code></> },
          { title: t('certs.until'), cell: ({ anchor }) => <Remaining state={anchor.state} days={anchor.days_left} until={endOf(anchor)} /> },
          { title: t('certs.span'), cell: ({ anchor }) => <Span row={anchor} /> },
        ]} />
    </Part>
  );
}

function Lists({ given }: { given: Given }): JSX.Element {
  return (
    <Part title={t('certs.lists')}>
      <p>{t('certs.lists_help')}</p>
      <Table<List> title={t('certs.lists')} none={t('certs.lists_none')} rows={given.lists} keyOf={(row) => [row.tenant, row.facing, row.service, row.file].join(' ')}
        columns={[
          { title: t('certs.state'), cell: (row) => <StateView state={row.state} /> },
          { title: t('certs.checked'), cell: (row) => trusted(row) },
          { title: t('connections.tenant'), cell: (row) => row.tenant },
          { title: t('certs.issuer'), cell: (row) => row.issuer },
          { title: t('certs.list_issued'), cell: (row) => whenText(row.issued, language.value) },
          { title: t('certs.list_until'), cell: (row) => whenText(row.until, language.value) },
          { title: t('certs.do'), cell: (row) => t(row.state === 'fresh' ? 'cert_do.nothing' : 'certs.list_do') },
        ]} />
    </Part>
  );
}

const siteDo: Readonly<Record<string, Key>> = { none: 'certs.site_do_none', requested: 'certs.site_do_requested', soon: 'certs.site_do_soon', ended: 'certs.site_do_soon' };

/** Asked for by itself: the authority is at work for each look. */
function Site(): JSX.Element {
  const load = useLoad('certificates.authority', {});
  return (
    <Part title={t('certs.site')}>
      <p>{t('certs.site_help')}</p>
      <Loaded load={load}>
        {(site) => (
          <Pairs rows={[
            [t('certs.state'), <StateView state={site.state} />],
            [t('certs.do'), t(siteDo[site.state] ?? 'cert_do.nothing')],
            site.until !== undefined && [t('certs.until'), <Remaining state={site.state} days={site.days_left} until={site.until} />],
            site.subject !== undefined && [t('certs.subject'), site.subject],
            site.sha256 !== undefined && [t('certs.sha256'), <code>{spoken(site.sha256)}</code>],
            site.key_kept !== undefined && [t('certs.key'), wordOf('key_kept', site.key_kept)],
            site.sha256 !== undefined && [t('certs.site_valid'), numberText(site.valid)],
            site.sha256 !== undefined && [t('certs.site_list'), numberText(site.list_number)],
          ]} />
        )}
      </Loaded>
    </Part>
  );
}

/** Whatever ends by itself, and what a person does about it (CRT-05). */
export function CertificatesPage(): JSX.Element {
  const load = useLoad('certificates.list', {}, lookEach);
  return (
    <>
      <p>{t('certs.intro')}</p>
      <Loaded load={load}>
        {(given) => (
          <>
            <Summary given={given} />
            <OwnCertificates own={given.own} evidence={given.evidence_key} />
            <Plans sets={given.trust} />
            <Trust given={given} />
            <Lists given={given} />
          </>
        )}
      </Loaded>
      <Site />
    </>
  );
}
