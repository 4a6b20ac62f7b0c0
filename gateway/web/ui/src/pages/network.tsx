import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Loaded, MarkView, Notice, Pairs, Part, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { useLoad } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { may } from '../state/session.ts';
import { whenText } from '../text/format.ts';
import { t, wordOf, type Key } from '../words/index.ts';

type Given = Schemas['Network'];
type Port = Schemas['NetworkPort'];
type Listener = Schemas['NetworkListener'];
const lookEach = 5_000;  // milliseconds

const marks: Readonly<Record<string, Mark>> = { up: 'good', no_cable: 'bad', off: 'bad', missing: 'bad' };
export const roleOf = (port: Port): string => t(`net_side.${port.side}` as Key, { segment: port.segment });
const lines = (texts: readonly string[]): JSX.Element => (texts.length === 0 ? <>{t('net.none_now')}</> : <>{texts.map((one) => <p key={one}><code>{one}</code></p>)}</>);

/** What is wrong, each with what to do; else that nothing is. */
function Summary({ ports }: { ports: readonly Port[] }): JSX.Element {
  const cables = ports.flatMap((port) => port.cables);
  const named = (state: string): string => [...new Set(cables.filter((one) => one.state === state).map((one) => one.interface))].join(', ');
  const wrong = (['missing', 'off', 'no_cable'] as const).map((state) => ({ key: `net.${state}` as const, names: named(state) })).filter(({ names }) => names !== '');
  const differs = ports.filter((port) => !port.as_configured && port.cables.every((one) => one.state === 'up')).map((port) => port.interface).join(', ');
  if (wrong.length === 0 && differs === '') return <Notice mark="good" live><p>{t('net.all_good')}</p></Notice>;
  return (
    <Notice mark="bad" live>
      {wrong.map(({ key, names }) => <p key={key}>{t(key, { names })}</p>)}
      {differs !== '' && <p>{t('net.differs', { names: differs })}</p>}
    </Notice>
  );
}

export const CableState = ({ state }: { state: string }): JSX.Element => <MarkView mark={marks[state] ?? 'unknown'} words={wordOf('net_state', state)} />;

function Cables({ port }: { port: Port }): JSX.Element {
  return (
    <>
      {port.cables.map((one) => (
        <p key={one.interface}>
          <span class="strong">{one.interface}</span> <CableState state={one.state} />
          {one.mac !== undefined && <><br /><code>{one.mac}</code></>}
        </p>
      ))}
      {port.vlan !== undefined && <p>{t('net.vlan', { id: port.vlan, interface: port.interface })}</p>}
    </>
  );
}

/** What the kernel has, and what the configuration says where that is something else. */
function Both({ now, configured, isSame }: { now: readonly string[]; configured: readonly string[]; isSame: boolean }): JSX.Element {
  if (isSame || now.join() === configured.join()) return lines(now);
  return <>{lines(now)}<p class="why">{t('net.configured')}</p>{lines(configured)}</>;
}

function Ports({ ports }: { ports: readonly Port[] }): JSX.Element {
  return (
    <Part title={t('net.ports')}>
      <Table<Port> title={t('net.ports')} none={t('app.nothing')} rows={ports} keyOf={(port) => `${port.side} ${port.interface}`}
        columns={[
          { title: t('net.role'), cell: roleOf },
          { title: t('net.cable'), cell: (port) => <Cables port={port} /> },
          { title: t('net.configured'), cell: (port) => <MarkView mark={port.as_configured ? 'good' : 'bad'} words={t(port.as_configured ? 'net.as_configured' : 'net.not_as_configured')} /> },
          { title: t('net.addresses'), cell: (port) => <Both now={port.addresses} configured={port.configured} isSame={port.as_configured} /> },
          { title: t('net.source'), cell: (port) => wordOf('net_source', port.source) },
          { title: t('net.gateways'), cell: (port) => <Both now={port.gateways} configured={port.configured_gateways} isSame={port.as_configured} /> },
        ]} />
      {may('config.stage') && <div class="buttons"><a class="button" href={hashOf('changes')}>{t('net.to_change')}</a></div>}
    </Part>
  );
}

function Lease({ given }: { given: Given }): JSX.Element | null {
  if (!given.ports.some((port) => port.source === 'dhcp')) return null;
  return (
    <Part title={t('net.lease')}>
      {given.leases.length === 0 && <Notice mark="bad"><p>{t('net.lease_none')}</p></Notice>}
      {given.leases.map((lease) => (
        <Pairs key={lease.interface} rows={[
          [t('net.lease_address'), <code>{lease.address}</code>],
          [t('net.lease_server'), <code>{lease.server}</code>],
          [t('net.lease_until'), lease.until === undefined ? t('net.lease_for_ever') : whenText(lease.until, language.value)],
        ]} />
      ))}
    </Part>
  );
}

function Services({ given }: { given: Given }): JSX.Element {
  return (
    <div class="pair">
      <Part title={t('net.names')}>{given.resolvers.length === 0 ? <p>{t('net.names_none')}</p> : lines(given.resolvers)}</Part>
      <Part title={t('net.time')}>
        <Pairs rows={[
          [t('net.now'), whenText(given.now, language.value, true)],
          [t('net.clock'), <MarkView mark={given.clock_is_right ? 'good' : 'bad'} words={t(given.clock_is_right ? 'overview.clock_good' : 'overview.clock_bad')} />],
          [t('net.sync'), <MarkView mark={given.clock_synchronised ? 'good' : 'warn'} words={t(given.clock_synchronised ? 'net.sync_on' : 'net.sync_off')} />],
        ]} />
        {!given.clock_is_right && <p>{t('net.clock_do', { time: whenText(given.earliest, language.value) })}</p>}
        {!given.clock_synchronised && <p>{t('net.sync_do')}</p>}
      </Part>
    </div>
  );
}

function Segments({ ports }: { ports: readonly Port[] }): JSX.Element {
  const served = (port: Port): string => [port.names && t('net.served_names'), port.time && t('net.served_time')].filter(Boolean).join(', ') || t('net.none_now');
  return (
    <Part title={t('net.segments')}>
      <Table<Port> title={t('net.segments')} none={t('net.segments_none')} rows={ports.filter((port) => port.side === 'lan')} keyOf={(port) => port.segment}
        columns={[
          { title: t('net.segment'), cell: (port) => port.segment },
          { title: t('net.ranges'), cell: (port) => lines(port.ranges) },
          { title: t('net.devices'), cell: (port) => (port.devices === 0 ? t('net.devices_any') : port.devices) },
          { title: t('net.served'), cell: served },
        ]} />
    </Part>
  );
}

function Listeners({ rows }: { rows: readonly Listener[] }): JSX.Element {
  const services = (row: Listener): string => row.services.join(', ') || t(row.tenant === '' ? 'net.administration' : 'net.enrolment');
  return (
    <Part title={t('net.listeners')}>
      <Table<Listener> title={t('net.listeners')} none={t('net.listeners_none')} rows={rows} keyOf={(row) => `${row.address} ${row.port}`}
        columns={[
          { title: t('certs.state'), cell: (row) => <MarkView mark={row.open ? 'good' : 'bad'} words={t(row.open ? 'net.open' : 'net.closed')} /> },
          { title: t('net.listener'), cell: (row) => <code>{row.address.includes(':') ? `[${row.address}]` : row.address}:{row.port}</code> },
          { title: t('connections.tenant'), cell: (row) => row.tenant || t('certs.box') },
          { title: t('net.services'), cell: services },
        ]} />
    </Part>
  );
}

/** Which cable is in which port, and what the box makes of it. */
export function NetworkPage(): JSX.Element {
  const load = useLoad('network.show', {}, lookEach);
  return (
    <>
      <p>{t('net.intro')}</p>
      <Loaded load={load}>
        {(given) => (
          <>
            <Summary ports={given.ports} />
            <Ports ports={given.ports} />
            <Lease given={given} />
            <Services given={given} />
            <Segments ports={given.ports} />
            <Listeners rows={given.listeners} />
          </>
        )}
      </Loaded>
    </>
  );
}
