import assert from 'node:assert/strict';
import { test } from 'node:test';

import { documentIn, namesOf, wrongMonths } from '../src/text/evidence.ts';

test('papers are taken along by the names of their files', () => {
  const document = documentIn(JSON.stringify({
    site: 'aoba', findings: [], papers: [{ pack: 'cl-r7', title: 'チェックリスト', edition: '令和7年度', standing: 'current', rows: [] }],
    forms: [{ form: 'continuity', title: { ja: '事業継続', en: 'To go on working' }, says: [], table: { columns: [], rows: [], left_out: 0 }, text: '', blanks: [], sources: [] }],
  }));
  assert.deepEqual(namesOf(document, 'ja'), [{ name: 'paper-cl-r7', title: 'チェックリスト 令和7年度' }, { name: 'form-continuity', title: '事業継続' }]);
  assert.equal(namesOf(document, 'en')[1]?.title, 'To go on working');
});

test('months are written as they are, and the last is not before the first', () => {
  for (const [from, until] of [['', ''], ['2026-08', ''], ['', '2026-10'], ['2026-08', '2026-08'], ['2026-08', '2027-01']] as const) assert.equal(wrongMonths(from, until), null);
  for (const from of ['2026-8', '2026-13', '令和8年8月', '2026/08']) assert.equal(wrongMonths(from, ''), 'from');
  for (const until of ['2026-00', '26-10', '2026-07']) assert.equal(wrongMonths('2026-08', until), 'until');
});
