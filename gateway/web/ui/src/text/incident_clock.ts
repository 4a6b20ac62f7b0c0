import type { Schemas } from '../api/generated.ts';
import type { Key, Values } from '../words/index.ts';

type Clock = Schemas['IncidentClock'];
const minute = 60_000;

/** How long that is, as people say it: a key and its numbers. */
export function lengthOf(milliseconds: number): readonly [Key, Values] {
  const all = Math.max(0, Math.floor(milliseconds / minute)), m = all % 60, hours = Math.floor(all / 60);
  return hours >= 48 ? ['incidents.days', { d: Math.floor(hours / 24), h: hours % 24 }] : ['incidents.hours', { h: hours, m }];
}

/** Which sentence says where a clock stands. */
export function sentenceOf(clock: Clock): Key {
  if (clock.reported !== undefined) return clock.standing === 'late' ? 'incidents.says.late' : 'incidents.says.met';
  if (clock.standing === 'waits') return 'incidents.says.waits';
  if (clock.ends === undefined) return 'incidents.says.promptly';
  return clock.standing === 'missed' ? 'incidents.says.missed' : 'incidents.says.left';
}
