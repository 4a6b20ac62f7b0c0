import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { pathOf, queryOf } from '../src/api/client.ts';
import { choicesOf } from '../src/pages/cuts.tsx';
import { qrPath } from '../src/parts/qr.tsx';
import { rowHeight, sorted, windowOf } from '../src/parts/table.tsx';
import { texts } from '../src/state/language.ts';
import { hashOf, routeOf } from '../src/state/route.ts';
import { inJapanese, reasonInJapanese } from '../src/text/change_words.ts';
import { clockText, instantOf, localText, octetsText, sinceText, spoken, whenText } from '../src/text/format.ts';
import { leftOf } from '../src/text/left.ts';
import { isConverting, normalised, withoutBlanks } from '../src/text/input.ts';
import { condensed, lineDiff } from '../src/text/line_diff.ts';
import { periodText } from '../src/text/period.ts';
import { outcomeInWords, revocationInWords } from '../src/text/order_words.ts';
import { words } from '../src/words/table.ts';

test('full-width digits, dots, hyphens and blanks become half-width ones', () => {
  assert.equal(normalised('１９２．１６８。０.１'), '192.168.0.1');
  assert.equal(normalised('ｄｅｓｋー１　'), 'desk-1');
  assert.equal(normalised('８４４３：'), '8443:');
  assert.equal(withoutBlanks('１２３ ４５６'), '123456');
});

test('Enter within a conversion of kana is told apart', () => {
  assert.equal(isConverting({ isComposing: true, keyCode: 13 }), true);
  assert.equal(isConverting({ isComposing: false, keyCode: 229 }), true);
  assert.equal(isConverting({ isComposing: false, keyCode: 13 }), false);
});

test('why the box itself made a change is told in Japanese, and what people wrote stays', () => {
  const conduct = readFileSync(join(process.env['GW_SOURCE_DIR'] ?? '../../..', 'gateway/changes/conduct.cpp'), 'utf8');
  const own = /change\.reason = "([^"]+)"/.exec(conduct)?.[1] ?? '';
  assert.match(reasonInJapanese(own), /装置/);
  assert.equal(reasonInJapanese('desk-2 retired'), 'desk-2 retired');
});

const inLanguage = (place: 0 | 1): void => {
  texts.value = Object.fromEntries(Object.entries(words).map(([key, both]) => [key, both[place]]));
};

test('what became of an order is told in words, and what people wrote stays', () => {
  inLanguage(0);
  const product = process.env['GW_SOURCE_DIR'] ?? '../../..';
  const own = [...readFileSync(join(product, 'gateway/control/order_progress.cpp'), 'utf8').matchAll(/constexpr std::string_view k\w+ = "([^"]+)"|State::failed, \{\}, "([^"]+)"/g)]
    .map((found) => found[1] ?? found[2] ?? '');
  assert.equal(own.length, 6);
  for (const outcome of [...own, 'nobody confirmed it in time', 'cut.unknown_name: certificates of karte/desk-9'])
    assert.match(outcomeInWords(outcome), /[\u3040-\u30ff]/, outcome);
  assert.equal(outcomeInWords('not before the new year'), 'not before the new year');
});

test('what a revocation is about is told in words', () => {
  inLanguage(0);
  assert.equal(revocationInWords('certificates of karte/desk-1'), '区画「karte」の端末「desk-1」のすべての証明書');
  assert.equal(revocationInWords(`certificate ${'ab'.repeat(32)} of karte/desk-1`), '区画「karte」の端末「desk-1」の証明書 abab abab abab abab');
  assert.equal(revocationInWords('of another form'), 'of another form');
  inLanguage(1);
  assert.equal(revocationInWords('certificates of karte/desk-1'), 'all certificates of terminal “desk-1” of tenant “karte”');
});

test('times are told in Japan, with twenty-four hours', () => {
  assert.equal(whenText('2026-11-21T05:05:09Z', 'ja'), '2026年11月21日 14:05');
  assert.equal(whenText('2026-11-21T15:05:09Z', 'en', true), '2026-11-22 00:05:09');
  assert.equal(whenText(undefined, 'ja'), '—');
  assert.equal(whenText('never', 'ja'), 'never');
});

test('of what goes on the time of day is enough, if it began today in Japan', () => {
  const now = Date.parse('2026-11-21T15:30:00Z');
  assert.equal(sinceText('2026-11-21T15:05:09Z', 'ja', now), '00:05');
  assert.equal(sinceText('2026-11-21T15:05:09Z', 'en', now), '00:05');
  assert.equal(sinceText('2026-11-21T14:59:59Z', 'ja', now), '2026年11月21日 23:59');
});

test('quarters and months are told as people say them, and another name as it is', () => {
  inLanguage(0);
  assert.deepEqual(['2026-Q4', '2026-12', 'desk-1', ''].map(periodText), ['2026年第4四半期', '2026年12月', 'desk-1', '']);
  inLanguage(1);
  assert.deepEqual(['2026-Q4', '2026-12'].map(periodText), ['2026-Q4', '2026-12']);
});

test('what there is to be cut off is offered by its tenant, each name once', () => {
  const terminals = [['karte', 'desk-2'], ['karte', 'desk-1'], ['imaging', 'ct-1']].map(([tenant = '', terminal = '']) => ({ tenant, terminal, configured: true, standing: 'known', blocked_certificates: [] }));
  const rule = { rule: 'r', server_name: 's', port: 1, all_terminals: true, terminals: [], idle_since: '', unused: false, mode: '' };
  const rules = [{ ...rule, tenant: 'karte', service: 'emr' }, { ...rule, tenant: 'karte', service: 'emr' }, { ...rule, tenant: 'portal', service: 'web' }];
  assert.deepEqual(choicesOf(terminals, rules, 'terminal', 'karte'), { tenants: ['imaging', 'karte', 'portal'], names: ['desk-1', 'desk-2'] });
  assert.deepEqual(choicesOf(terminals, rules, 'service', '').names, ['emr', 'web']);
  assert.deepEqual(choicesOf(terminals, rules, 'source', 'karte').names, []);
});

test('what an input of a time holds goes both ways', () => {
  assert.equal(instantOf('2026-11-22T00:05'), '2026-11-21T15:05:00Z');
  assert.equal(localText(Date.parse('2026-11-21T15:05:00Z')), '2026-11-22T00:05');
  assert.equal(instantOf(''), undefined);
});

test('octets have three digits, and seconds are a clock', () => {
  assert.deepEqual([0, 999, 1000, 1234567, 999_600_000].map(octetsText), ['0 B', '999 B', '1.00 kB', '1.23 MB', '1.00 GB']);
  assert.deepEqual([-3, 65, 3725].map(clockText), ['0:00', '1:05', '1:02:05']);
});

test('a place goes into an address and comes out of it', () => {
  assert.deepEqual(routeOf('#/changes/12'), ['changes', '12']);
  assert.deepEqual(routeOf(hashOf('help', 'a/b c')), ['help', 'a/b c']);
  assert.deepEqual(routeOf('#/%zz'), ['%zz']);
  assert.equal(pathOf('/terminals/{tenant}/{terminal}/block', { tenant: 'a', terminal: '../x?' }), '/terminals/a/..%2Fx%3F/block');
  assert.equal(queryOf({ limit: 5, tenant: '', event: 'a&b', none: undefined }), '?limit=5&event=a%26b');
});

test('what differs between two texts is found line by line', () => {
  const lines = lineDiff('a\nb\nc\nd', 'a\nc\nx\nd');
  assert.deepEqual(lines.map((line) => `${line.kind} ${line.text}`), ['same a', 'gone b', 'same c', 'new x', 'same d']);
  assert.deepEqual(lineDiff('same', 'same').map((line) => line.kind), ['same']);
  const long = Array.from({ length: 40 }, (_, at) => String(at)).join('\n');
  const shown = condensed(lineDiff(long, long.replace('\n20\n', '\ntwenty\n')));
  assert.deepEqual(shown.map((line) => line?.text ?? '…'), ['…', '17', '18', '19', '20', 'twenty', '21', '22', '23', '…']);
});

test('what a change does is told in Japanese, and an unknown sentence as it is', () => {
  assert.equal(inJapanese('tenant karte, terminal desk-2 is removed'), '区画「karte」の端末「desk-2」を削除します');
  assert.equal(inJapanese('tenant karte: limits sessions changes from 10 to 20'), '区画「karte」の limits sessions を「10」から「20」に変更します');
  assert.equal(inJapanese('tenant karte, service raw: upstream addresses gains 203.0.113.9'), '区画「karte」のサービス「raw」の upstream addresses に「203.0.113.9」を加えます');
  assert.equal(inJapanese('the certificates in pki/a.pem change'), '証明書ファイル pki/a.pem の内容が変わります');
  assert.equal(inJapanese('something else'), 'something else');
});

test('of very many rows those in view are drawn', () => {
  const { first, end } = windowOf(5000 * rowHeight, 600, 10_000);
  assert.ok(first <= 5000 && end >= 5014 && end - first < 40);
  assert.deepEqual(windowOf(0, 600, 3), { first: 0, end: 3 });
  assert.deepEqual(windowOf(1e9, 600, 3), { first: 3, end: 3 });
});

test('rows are ordered by a column, and left alone by one that has no order', () => {
  const columns = [{ title: '', cell: () => null, order: (a: number, b: number) => a - b }, { title: '', cell: () => null }];
  assert.deepEqual(sorted([2, 3, 1], columns, { column: 0, isDown: false }), [1, 2, 3]);
  assert.deepEqual(sorted([2, 3, 1], columns, { column: 0, isDown: true }), [3, 2, 1]);
  assert.deepEqual(sorted([2, 3, 1], columns, { column: 1, isDown: true }), [2, 3, 1]);
});

test('a QR code has its three finders and is as large as its text needs', () => {
  const { size, path } = qrPath('otpauth://totp/Sekisho:first?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Sekisho');
  assert.equal((size - 17) % 4, 0);
  const isDark = (row: number, column: number): boolean => path.includes(`M${column} ${row}h1v1h-1z`);
  for (const [row, column] of [[0, 0], [0, size - 7], [size - 7, 0]] as const)
    for (let at = 0; at < 7; at += 1) assert.ok(isDark(row, column + at) && isDark(row + 6, column + at) && isDark(row + at, column) && isDark(row + 3, column + 3));
  assert.ok(!isDark(7, 7));
});

test('a fingerprint is shown as far as people compare it', () => {
  assert.equal(spoken('a1b2c3d4e5f60718' + 'f'.repeat(48)), 'a1b2 c3d4 e5f6 0718');
  assert.equal(spoken(''), '');
});

test('what is left is told as people say it', () => {
  const told = (days: number): string => `${leftOf(days).key} ${leftOf(days).n}`;
  assert.deepEqual([0, 1, 60, 61, 730].map(told), ['left.today 0', 'left.days 1', 'left.days 60', 'left.months 2', 'left.months 23']);
  assert.deepEqual([731, 1096, 3653].map(told), ['left.years 2', 'left.years 3', 'left.years 10']);
});
