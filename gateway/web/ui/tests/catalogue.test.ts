import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

import { detectionKinds } from '../src/api/detections.ts';
import { advice } from '../src/api/problems.ts';
import { works } from '../src/pages/maintenance_request.tsx';
import { objectionInJapanese } from '../src/text/image_words.ts';
import { attempts, findingInJapanese, placeInJapanese, trialInJapanese } from '../src/text/trial_words.ts';
import { ailments } from '../src/words/ailments.ts';
import { events } from '../src/words/events.ts';
import { lightPatterns } from '../src/words/lights.ts';
import { asked, figures, never, stateFields } from '../src/words/noc_terms.ts';
import { words } from '../src/words/table.ts';

const product = process.env['GW_SOURCE_DIR'] ?? '../../..';
const table: Readonly<Record<string, readonly [string, string]>> = words;
const sources = (readdirSync('src', { recursive: true }) as string[]).filter((name) => /\.tsx?$/.test(name) && !name.endsWith('generated.ts'));
const textOf = (name: string): string => readFileSync(join('src', name), 'utf8');
const outside = sources.filter((name) => !name.startsWith('words/') && !['text/change_words.ts', 'text/trial_words.ts'].includes(name));

/** Second values of the rows of one of the product's tables. */
function ids(file: string, row: string): string[] {
  const found = [...readFileSync(join(product, 'gateway', file), 'utf8').matchAll(new RegExp(`^${row}\\(\\w+,\\s*"([^"]+)"`, 'gm'))];
  assert.ok(found.length > 0, file);
  return found.map((match) => match[1] ?? '');
}

test('each text is there in both languages, with the same places to fill in', () => {
  const places = (text: string): string => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();
  for (const [key, [japanese, english]] of Object.entries(table)) {
    assert.ok(japanese.trim() !== '' && english.trim() !== '', key);
    assert.equal(places(japanese), places(english), key);
    assert.match(japanese, /[\u3040-\u30ff\u4e00-\u9fff]|^[A-Z0-9 .-]+$/, key);
    assert.doesNotMatch(english, /[\u3040-\u30ff\u4e00-\u9fff]/, key);
  }
});

test('each id that the box may give has its words', () => {
  const missing = [
    ...ids('accounts/permissions.def', 'GW_OPERATION').map((id) => `operation.${id}`),
    ...ids('accounts/roles.def', 'GW_ROLE').map((id) => `role.${id}`),
    ...ids('maintenance/works.def', 'GW_WORK').map((id) => `work.${id}`),
    ...ids('model/change_states.def', 'GW_CHANGE_STATE').map((id) => `change.state.${id}`),
  ].filter((key) => !(key in table));
  assert.deepEqual(missing, []);
  assert.deepEqual([...works].sort(), ids('maintenance/works.def', 'GW_WORK').sort());
});

test('each light of the case is explained as the box lights it', () => {
  const rows = [...readFileSync(join(product, 'hardware/hal/lights.def'), 'utf8')
    .matchAll(/^GW_LIGHT\((\w+),\s*"([#.]+)", "[#.]+", "([^"]+)", "([^"]+)", "([^"]+)", "([^"]+)"\)/gm)].map((match) => match.slice(1));
  assert.ok(rows.length >= 7);
  assert.deepEqual(lightPatterns, Object.fromEntries(rows.map(([id, pattern]) => [id, pattern])));
  for (const [id, , japanese, doJapanese, english, doEnglish] of rows) {
    assert.deepEqual(table[`light.${id}`], [japanese, english]);
    assert.deepEqual(table[`light.${id}_do`], [doJapanese, doEnglish]);
    assert.ok(`light.${id}_look` in table, id);
  }
});

test('whatever speaks against an image is told in Japanese', () => {
  const rows = [...readFileSync(join(product, 'firmware/slot/ailments.def'), 'utf8').matchAll(/^GW_AILMENT\(\w+,\s*"([^"]+)"\)/gm)].map((match) => match[1] ?? '');
  assert.ok(rows.length >= 10);
  assert.deepEqual(Object.keys(ailments).sort(), rows.sort());
  for (const [words, japanese] of Object.entries(ailments)) assert.equal(japanese.includes('{}'), words.includes('{}'), words);
  assert.equal(objectionInJapanese('isolation is broken; network wan had to be put right again and again'),
    '分離が破れています、ネットワーク wan の状態が何度も設定と異なり、そのたびに元に戻されました');
  assert.equal(objectionInJapanese('proxyd of karte does not serve'), 'プログラム proxyd of karte が動いていません');
  assert.equal(objectionInJapanese('isolation is broken; what RAUC says'), undefined);
});

test('each kind of record is told in Japanese', () => {
  assert.deepEqual(Object.keys(events).sort(), ids('base/events.def', 'GW_EVENT').sort());
  for (const [id, japanese] of Object.entries(events)) assert.match(japanese, /[\u3040-\u30ff].*。$/, id);
});

test('whatever leaves the box, and what never does, is told in Japanese', () => {
  const fields = [...readFileSync(join(product, 'gateway/control/state_fields.def'), 'utf8').matchAll(/^GW_STATE_(FIELD|PROCESS|WAITING)\((\w+),/gm)]
    .map(([, kind, name]) => ({ FIELD: '', PROCESS: 'processes.', WAITING: 'waiting.' })[kind ?? ''] + (name ?? ''));
  const nevers = [...readFileSync(join(product, 'gateway/control/noc_never.def'), 'utf8').matchAll(/^GW_NOC_NEVER\("(\w+)"/gm)].map((match) => match[1] ?? '');
  const askeds = [...readFileSync(join(product, 'gateway/control/noc_asked.def'), 'utf8').matchAll(/^GW_NOC_ASKED\("(\w+)"/gm)].map((match) => match[1] ?? '');
  assert.deepEqual(Object.keys(asked).sort(), askeds.sort());
  assert.deepEqual(Object.keys(figures).sort(), ids('metrics/families.def', 'GW_FAMILY').sort());
  assert.deepEqual(Object.keys(stateFields).sort(), fields.sort());
  assert.deepEqual(Object.keys(never).sort(), nevers.sort());
  for (const japanese of [figures, stateFields, never, asked].flatMap(Object.values)) assert.match(String(japanese), /[\u3040-\u30ff].*。$/);
});

test('each observation of a fault, and each side, has its words', () => {
  const missing = [
    ...ids('control/fault_observations.def', 'GW_OBSERVATION').map((id) => `observation.${id}`),
    ...ids('control/fault_sides.def', 'GW_SIDE').flatMap((id) => [`side.${id}`, `side_call.${id}`, `side_do.${id}`]),
  ].filter((key) => !(key in table));
  assert.deepEqual(missing, []);
});

test('each kind of what is detected has its words: what happened, what it means for care, what to do', () => {
  const kinds = ids('detect/kinds.def', 'GW_DETECTION');
  assert.deepEqual([...detectionKinds], kinds);
  for (const group of ['detected', 'detected_care', 'detected_do'])
    assert.deepEqual(Object.keys(table).filter((key) => key.startsWith(`${group}.`)).map((key) => key.slice(group.length + 1)), kinds);
});

test('each power that a process is tried with is told in Japanese, and so is what is tried in its place', () => {
  const rows = [...readFileSync(join(product, 'gateway/probe/attempts.def'), 'utf8').matchAll(/^GW_ATTEMPT\((\w+)\)/gm)].map((match) => match[1] ?? '');
  assert.deepEqual(Object.keys(attempts).sort(), rows.sort());
  assert.deepEqual(['tcp to 10.12.1.1:9000, listener of imaging', 'udp to [fd00::1]:443, QUIC', 'an answer that says ::1, where no cloud lives',
    'packets for 10.0.0.1 beyond the box', 'RSA: a terminal sends early data with such a session', 'something new', 'tcp to 10.0.0.1:1, something new'].map(trialInJapanese),
  ['TCPで 10.12.1.1:9000 へ(区画 imaging の待ち受け)', 'UDPで [fd00::1]:443 へ(QUIC)', '::1 と答えるDNSの応答(クラウドのないアドレス)', '装置の向こう側の 10.0.0.1 へのパケット',
    '端末が、そのセッションで早いデータ(0-RTT)を送る', null, null]);
});

test('what came of a trial that held is told in Japanese, and so is where it was tried', () => {
  const reach = [...readFileSync(join(product, 'gateway/probe/reach.cpp'), 'utf8').matchAll(/Outcome::held, "([^"]+)"/g)].map((match) => match[1] ?? '');
  const held = [...reach, 'killed by its table of calls', 'refused', 'it is not dialled', 'silence for 250 ms', '3 packets, 0 answers', '2 differences at the last comparison, put right; 0 left'];
  assert.ok(reach.length >= 2);
  assert.deepEqual(held.filter((one) => findingInJapanese(one) === null), []);
  assert.deepEqual([findingInJapanese('3 packets, 0 answers'), findingInJapanese('something new')], ['パケット3個に、応答0個', null]);
  assert.deepEqual(['watchd in ns wan', 'cage of chronyd', 'stranger at ns lan', 'a stranger in ns wan', 'proxyd with sockets of ns lan', 'ns mgmt', 'the box', 'dialerd'].map(placeInJapanese),
    ['処理 watchd(wan側)', '処理 chronyd の囲いの中', '知らない機器(lan側)', '知らない機器(wan側)', '処理 proxyd(lan側の通信口を使う)', 'mgmt側', 'この装置', 'dialerd']);
});

test('each problem that the box may tell has advice', () => {
  const errors = new Map([...readFileSync(join(product, 'gateway/base/errors.def'), 'utf8').matchAll(/^GW_ERROR\((\w+),\s*"([^"]+)"\)/gm)]
    .map((match) => [match[1] ?? '', match[2] ?? '']));
  const told = [...readFileSync(join(product, 'gateway/api/problems.def'), 'utf8').matchAll(/^GW_PROBLEM\((\w+),/gm)].map((match) => errors.get(match[1] ?? '') ?? '');
  assert.ok(told.length > 40);
  assert.deepEqual(told.filter((code) => !(code in advice)), []);
});

/** What a person would read and that is not from the catalogue. */
function strayTexts(name: string, text: string): string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TSX), found: string[] = [];
  const read = new Set(['label', 'title', 'aria-label', 'alt', 'placeholder', 'help', 'submit']);
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) found.push(node.text.trim());
    if (ts.isStringLiteralLike(node) && /[\u3040-\u30ff\u4e00-\u9fff]/.test(node.text)) found.push(node.text);
    if (ts.isJsxAttribute(node) && read.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer)) found.push(node.initializer.text);
    node.forEachChild(visit);
  };
  visit(file);
  return found.map((stray) => `${name}: ${stray}`);
}

test('no text stands outside the catalogue', () => {
  const own = new Set(['parts/top.tsx: 日本語', 'parts/top.tsx: English', 'text/format.ts: 年']);
  const found = outside.flatMap((name) => strayTexts(name, textOf(name))).filter((stray) => !own.has(stray));
  assert.deepEqual(found, []);
  assert.equal(strayTexts('a.tsx', "const a = <p title='there'>Hello {'切断'}</p>;").length, 3);
});

test('no text of the catalogue is left that nobody says', () => {
  const code = outside.map(textOf).join('\n');
  const groups = [...code.matchAll(/wordOf\('([\w.]+)'|`([\w.]+)\.\$\{/g)].map((match) => `${match[1] ?? match[2] ?? ''}.`);
  const idle = Object.keys(table).filter((key) => !code.includes(`'${key}'`) && !groups.some((group) => key.startsWith(group)));
  assert.deepEqual(idle, []);
});

test('nothing is made of a text but text, and nothing is kept but the language', () => {
  for (const name of outside) {
    assert.doesNotMatch(textOf(name), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|sessionStorage|document\.cookie/, name);
    if (name !== 'state/language.ts') assert.doesNotMatch(textOf(name), /localStorage/, name);
  }
});
