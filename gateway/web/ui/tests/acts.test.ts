import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

const pages = join(process.env['GW_SOURCE_DIR'] ?? '../../..', 'gateway/web/ui/src/pages');
/** What is asked for, allowed or done anew as it was before: by the words of its button. */
const doneAnew = new Set(['change.roll_back', 'incidents.lift_do', 'maintenance.end', 'maintenance.refuse', 'maintenance.stop', 'noc.order_decline']);

interface Asked {
  readonly submit: string;
  readonly isNamed: boolean;
  readonly isUndone: boolean;
}

/** Each question of a file that somebody may regret. */
function askedIn(text: string): Asked[] {
  const found: Asked[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node) && node.properties.some((one) => one.getText() === 'danger: true')) {
      const of = (name: string): string => node.properties.find((one) => one.name?.getText() === name)?.getText() ?? '';
      found.push({ submit: /t\(['`]([\w.]+)/.exec(of('submit'))?.[1] ?? of('submit'), isNamed: of('word') !== '', isUndone: of('done').includes('offerUndo(') });
    }
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile('page.tsx', text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TSX));
  return found;
}

test('what cannot be had back is named by whoever does it, and everything else is undone or done anew', () => {
  const asked = readdirSync(pages).filter((name) => name.endsWith('.tsx')).flatMap((name) => askedIn(readFileSync(join(pages, name), 'utf8')));
  assert.ok(asked.length >= 10);
  assert.deepEqual(asked.filter((one) => !one.isNamed && !one.isUndone && !doneAnew.has(one.submit)).map((one) => one.submit), []);
  assert.deepEqual([...doneAnew].filter((submit) => !asked.some((one) => one.submit === submit)), []);
  assert.deepEqual(askedIn("const a = { submit: t('a.b'), danger: true, act };"), [{ submit: 'a.b', isNamed: false, isUndone: false }]);
});
