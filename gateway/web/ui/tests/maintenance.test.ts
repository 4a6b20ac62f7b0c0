import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pageAt } from '../src/pages/index.ts';
import { nextOf } from '../src/pages/maintenance.tsx';

test('a maintainer begins at remote maintenance and is told what comes next', () => {
  assert.equal(pageAt([], 'maintainer')?.id, 'maintenance');
  assert.equal(pageAt([], 'viewer')?.id, 'overview');
  const time = Date.parse('2026-11-21T05:00:00Z');
  const row = (state: string, from = '2026-11-21T04:00:00Z') => ({ maintenance: 7, state, vendor: 'a', target: '', from, until: '2026-11-21T06:00:00Z', reason: '', allowed: [],
    plan: [], by: 'vendor-1', requested: from, is_emergency: false, is_approved: true, is_flagged: false, denied: 0 });
  const next = (...rows: ReturnType<typeof row>[]): string => nextOf(rows, false, 'vendor-1', time)[0];
  assert.deepEqual([next(), next(row('requested')), next(row('approved')), next(row('approved', '2026-11-21T05:30:00Z')), next(row('approved'), row('open')), next(row('ended'))],
    ['maintenance.next_ask', 'maintenance.next_requested', 'maintenance.next_enter', 'maintenance.next_wait', 'maintenance.next_open', 'maintenance.next_ask']);
  assert.equal(nextOf([row('approved')], true, 'vendor-1', time)[0], 'maintenance.next_off');
  assert.equal(nextOf([row('open')], false, 'another', time)[0], 'maintenance.next_ask');
});
