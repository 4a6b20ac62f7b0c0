import assert from 'node:assert/strict';
import { test } from 'node:test';

import { heldOf, keyOf } from '../src/text/held.ts';

const row = (session: number, octets = 0) => ({ tenant: 'karte', session, octets });
type Row = ReturnType<typeof row>;
const pins = (...rows: Row[]): ReadonlyMap<string, Row> => new Map(rows.map((one) => [keyOf(one), one]));
const always = (): boolean => true;

test('as long as nobody holds or pins anything the list is what there is', () => {
  const live = [row(1), row(2)];
  assert.deepEqual(heldOf(live, null, pins(), always), { rows: live, gone: new Set(), fresh: 0 });
});

test('held rows stay as they were, those that end are marked, and new ones are counted', () => {
  const { rows, gone, fresh } = heldOf([row(2, 99), row(3), row(4)], [row(1), row(2, 7)], pins(), always);
  assert.deepEqual(rows, [row(1), row(2, 7)]);
  assert.deepEqual([...gone], ['karte 1']);
  assert.equal(fresh, 2);
});

test('a pinned row stays after its end, and is there once while it lives', () => {
  assert.deepEqual(heldOf([row(1, 5), row(2)], null, pins(row(1, 5)), always), { rows: [row(1, 5), row(2)], gone: new Set(), fresh: 0 });
  const ended = heldOf([row(2)], null, pins(row(1, 5)), always);
  assert.deepEqual([ended.rows, [...ended.gone]], [[row(2), row(1, 5)], ['karte 1']]);
});

test('of two tenants the same number is two rows', () => {
  const other = { ...row(1), tenant: 'imaging' };
  assert.deepEqual([...heldOf([other], null, pins(row(1)), always).gone], ['karte 1']);
});

test('what a tenant that is silent had is not said to have ended', () => {
  assert.deepEqual([...heldOf([], [row(1)], pins(), () => false).gone], []);
});
