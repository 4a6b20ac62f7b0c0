import type { JSX } from 'preact';

import type { Schemas } from '../api/generated.ts';
import { MarkView, Notice, Part, type Mark } from '../parts/notice.tsx';
import { Table } from '../parts/table.tsx';
import { language } from '../state/language.ts';
import { numberText, whenText } from '../text/format.ts';
import { sharedSegments, sidesOf, wallOf, wallsOf, worse, type Held, type Side, type Wall } from '../text/separation.ts';
import { t, wordOf } from '../words/index.ts';

const marks: Readonly<Record<Held, Mark>> = { held: 'good', broken: 'bad', unproven: 'unknown', untried: 'unknown' };
const mostShown = 6;  // terminals in the map; the list has all of them

const HeldView = ({ held }: { held: Held }): JSX.Element => <MarkView mark={marks[held]} words={wordOf('held', held)} />;
const doorText = (door: Schemas['Door']): string => `${door.listener} ${door.address.includes(':') ? `[${door.address}]` : door.address}:${door.port}`;
const heldOf = ({ counts }: Side): Held =>
  counts.broken > 0 ? 'broken' : counts.unproven > 0 ? 'unproven' : counts.held > 0 ? 'held' : 'untried';

function Proven({ side }: { side: Side }): JSX.Element {
  const held = heldOf(side);
  return <><HeldView held={held} />{held !== 'untried' && <><br /><span class="why">{t('map.counts', side.counts)}</span></>}</>;
}

const Lines = ({ texts }: { texts: readonly string[] }): JSX.Element =>
  texts.length === 0 ? <>—</> : <ul class="lines">{texts.map((text) => <li key={text}>{text}</li>)}</ul>;

function Column({ side }: { side: Side }): JSX.Element {
  const { terminals } = side, more = terminals.length > mostShown ? ['…'] : [];
  return (
    <div class="side">
      <p class="place">{side.tenant}</p>
      <div class="stop"><p>{t('map.segment')} {side.segments.join(', ')}</p><p>{t('map.terminals')} ({t('map.number', { n: numberText(terminals.length) })})</p>
        <Lines texts={[...terminals.slice(0, mostShown), ...more]} /></div>
      <p class="way">↓</p>
      <div class="stop"><p>{t('map.doors')}</p><Lines texts={side.doors.map(doorText)} /></div>
      <p class="way">↓</p>
      <div class="stop"><p>{t('map.services')}</p><Lines texts={side.services} /></div>
      <p class="tested"><Proven side={side} /></p>
    </div>
  );
}

/** A column for each tenant and a wall between two; the lists beneath say the same. */
function Map({ sides, cases }: { sides: readonly Side[]; cases: readonly Schemas['ProofCase'][] }): JSX.Element {
  const between = (a: Side, b: Side): Held => worse(wallOf(a.tenant, b.tenant, cases), wallOf(b.tenant, a.tenant, cases));
  return (
    <div class="map" aria-hidden="true">
      {sides.map((side, at) => {
        const before = sides[at - 1];
        return (
          <>
            {before && <div key={`wall ${side.tenant}`} class={`wall ${marks[between(before, side)]}`}><p>{t('map.wall')}</p><HeldView held={between(before, side)} /></div>}
            <Column key={side.tenant} side={side} />
          </>
        );
      })}
    </div>
  );
}

const Sides = ({ sides }: { sides: readonly Side[] }): JSX.Element => (
  <Table<Side> title={t('map.list')} rows={sides} keyOf={(side) => side.tenant} none={t('map.none')}
    columns={[
      { title: t('connections.tenant'), cell: (side) => side.tenant },
      { title: t('map.segment'), cell: (side) => <Lines texts={side.segments} /> },
      { title: t('map.terminals'), cell: (side) => <>{t('map.number', { n: numberText(side.terminals.length) })}: {side.terminals.join(', ')}</> },
      { title: t('map.doors'), cell: (side) => <Lines texts={side.doors.map((door) => `${doorText(door)} (${door.services.join(', ')})`)} /> },
      { title: t('map.services'), cell: (side) => <Lines texts={side.services} /> },
      { title: t('map.proof'), cell: (side) => <Proven side={side} /> },
    ]} />
);

const Walls = ({ walls, when }: { walls: readonly Wall[]; when: string | undefined }): JSX.Element => (
  <Table<Wall> title={t('map.walls')} rows={walls} keyOf={(wall) => `${wall.from} ${wall.to}`} none={t('map.alone')}
    columns={[
      { title: t('map.from'), cell: (wall) => wall.from },
      { title: t('map.to'), cell: (wall) => wall.to },
      { title: t('map.proof'), cell: (wall) => <HeldView held={wall.held} /> },
      { title: t('map.trials'), cell: (wall) => numberText(wall.trials), isNumber: true },
      { title: t('map.when'), cell: (wall) => (wall.held === 'untried' ? '—' : whenText(when, language.value)) },
    ]} />
);

interface Props {
  readonly rules: Schemas['Rules'];
  readonly terminals: readonly Schemas['Terminal'][];
  readonly proof: Schemas['IsolationProof'] | null;
  /** That is in force. */
  readonly generation: number;
}

/** Where each tenant's terminals come in, where they lead, and whether the walls between tenants hold (GOV-05, ISO-09). */
export function Separation({ rules, terminals, proof, generation }: Props): JSX.Element {
  const cases = proof?.cases ?? [], sides = sidesOf(rules, terminals, cases), shared = sharedSegments(sides);
  return (
    <>
      <p>{t('map.intro')}</p>
      {shared.length > 0 && <Notice mark="warn"><p>{t('map.shared', { names: shared.join(', ') })}</p></Notice>}
      {proof && proof.generation !== generation && <Notice mark="unknown"><p>{t('map.older', { n: proof.generation })}</p></Notice>}
      <Part title={t('map.title')}>{sides.length === 0 ? <p class="none">{t('map.none')}</p> : <Map sides={sides} cases={cases} />}</Part>
      <Part title={t('map.walls')}><Walls walls={wallsOf(sides.map((side) => side.tenant), cases)} when={proof?.ended} /></Part>
      <Part title={t('map.list')}><Sides sides={sides} /></Part>
    </>
  );
}
