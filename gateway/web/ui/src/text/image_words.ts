// Why an image did not stay, where the box says so in the words of a table (firmware/slot/ailments.def). What RAUC said stays
// as it is.

import { ailments } from '../words/ailments.ts';

const rows = Object.entries(ailments).map(([words, japanese]) => [new RegExp(`^${words.replace('{}', '(.+)')}$`), japanese] as const);

function lineInJapanese(line: string): string {
  for (const [form, japanese] of rows) {
    const found = form.exec(line);
    if (found) return japanese.replace('{}', found[1] ?? '');
  }
  return line;
}

/** Nothing of it, unless each line is in the table. */
export function objectionInJapanese(because: string): string | undefined {
  const lines = because.split('; ');
  return lines.every((line) => rows.some(([form]) => form.test(line))) ? lines.map(lineInJapanese).join('、') : undefined;
}
