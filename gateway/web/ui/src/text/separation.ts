import type { Schemas } from '../api/generated.ts';
import { byName } from './format.ts';

type Case = Schemas['ProofCase'];

/** untried: the last proof says nothing of it. */
export type Held = 'held' | 'broken' | 'unproven' | 'untried';

/** What is on one side of the walls: a tenant from its terminals to its services. */
export interface Side {
  readonly tenant: string;
  readonly segments: readonly string[];
  readonly terminals: readonly string[];
  readonly doors: readonly Schemas['Door'][];
  readonly services: readonly string[];
  /** Trials in its place, by what came out. */
  readonly counts: Readonly<Record<Exclude<Held, 'untried'>, number>>;
}

/** What was tried from one tenant toward another. */
export interface Wall {
  readonly from: string;
  readonly to: string;
  readonly held: Held;
  readonly trials: number;
}

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].filter((name) => name !== '').sort(byName);

/** "tcp to 10.12.1.1:9000, listener of imaging" is toward imaging. */
export const towardOf = (tried: string): string => /, (?:listener|cloud) of (\S+)$/.exec(tried)?.[1] ?? '';

/** The gravest of them. */
export function verdictOf(cases: readonly Pick<Case, 'outcome'>[]): Held {
  const is = (outcome: string): boolean => cases.some((one) => one.outcome === outcome);
  if (is('broken')) return 'broken';
  if (cases.length === 0) return 'untried';
  return cases.every((one) => one.outcome === 'held') ? 'held' : 'unproven';
}

export function sidesOf(rules: Pick<Schemas['Rules'], 'rules' | 'doors'>, terminals: readonly Schemas['Terminal'][], cases: readonly Case[]): Side[] {
  const known = terminals.filter((one) => one.configured);
  const names = sorted([...rules.doors, ...rules.rules, ...known].map((one) => one.tenant));
  return names.map((tenant) => {
    const doors = rules.doors.filter((one) => one.tenant === tenant), tried = cases.filter((one) => one.tenant === tenant);
    const count = (outcome: string): number => tried.filter((one) => one.outcome === outcome).length;
    return {
      tenant, doors, segments: sorted(doors.map((one) => one.segment)), terminals: sorted(known.filter((one) => one.tenant === tenant).map((one) => one.terminal)),
      services: sorted(rules.rules.filter((one) => one.tenant === tenant).map((one) => `${one.service} → ${one.server_name}:${one.port}`)),
      counts: { held: count('held'), broken: count('broken'), unproven: count('unproven') },
    };
  });
}

export function wallOf(from: string, to: string, cases: readonly Case[]): Wall {
  const tried = cases.filter((one) => one.tenant === from && towardOf(one.tried) === to);
  return { from, to, held: verdictOf(tried), trials: tried.length };
}

/** Each way between two of them. */
export const wallsOf = (tenants: readonly string[], cases: readonly Case[]): Wall[] =>
  tenants.flatMap((from) => tenants.filter((to) => to !== from).map((to) => wallOf(from, to, cases)));

const gravity: Readonly<Record<Held, number>> = { broken: 0, unproven: 1, untried: 2, held: 3 };
/** Of both ways through a wall the one that holds less. */
export const worse = (a: Wall, b: Wall): Held => (gravity[a.held] <= gravity[b.held] ? a.held : b.held);

/** Segments that more than one tenant stands on. */
export const sharedSegments = (sides: readonly Side[]): string[] =>
  sorted(sides.flatMap((side) => side.segments)).filter((segment) => sides.filter((side) => side.segments.includes(segment)).length > 1);
