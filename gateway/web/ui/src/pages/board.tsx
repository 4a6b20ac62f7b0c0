import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { Loaded, MarkView, Notice, Pairs, Part } from '../parts/notice.tsx';
import { useLoad } from '../state/load.ts';
import { hashOf } from '../state/route.ts';
import { t, wordOf, type Key } from '../words/index.ts';
import { CableState, roleOf } from './network.tsx';

type Board = Schemas['Board'];
type Reading = Schemas['BoardReading'];
const pollEach = 10_000;  // milliseconds
const units: Readonly<Record<string, string>> = { temperature: '°C', fan: 'rpm', disk_wear: '%' };

const measured = (one: Reading): readonly [string, JSX.Element] =>
  [`${wordOf('board', one.kind)}: ${one.name}`, <MarkView mark={one.well ? 'good' : 'bad'} words={`${one.value} ${units[one.kind] ?? ''}`} />];

/** What is plugged in where, by what is printed on the case. */
function Sockets({ given }: { given: Board }): JSX.Element {
  const ports = useLoad('network.show', {}, pollEach).data.value?.ports ?? [];
  return (
    <Pairs rows={given.sockets.map(({ name, label }) => {
      const port = ports.find((one) => one.cables.some((cable) => cable.interface === name)), cable = port?.cables.find((one) => one.interface === name);
      return [`${t('net.cable')}: ${label}`, <><code>{name}</code> {port && cable ? <>{roleOf(port)} <CableState state={cable.state} /></> : t('net.none_now')}</>] as const;
    })} />
  );
}

/** The board that the box stands on, as its panel sees it. */
export function BoardPart(): JSX.Element {
  const load = useLoad('board.show', {}, pollEach);
  return (
    <Part title={t('board.title')}>
      <Loaded load={load}>
        {(given) => !given.known ? <Notice mark="unknown"><p>{t('board.unknown')}</p></Notice> : (
          <>
            <Pairs rows={[
              [t('board.model'), <>{given.title} <code>{given.name}</code></>],
              [t('board.tried'), given.tried ?? t('app.nothing')],
              [t('board.light'), <>{t(`light.${given.light}` as Key)} <a href={hashOf('help')}>{t('help.lights')}</a></>],
              [t('board.as_promised'), <MarkView mark={given.differences.length === 0 ? 'good' : 'bad'} />],
              ...given.readings.map(measured),
            ]} />
            {given.differences.length > 0 && <Notice mark="bad"><p>{t('board.differs')}</p><ul lang="en">{given.differences.map((one) => <li key={one}>{one}</li>)}</ul></Notice>}
            <Sockets given={given} />
          </>
        )}
      </Loaded>
    </Part>
  );
}
