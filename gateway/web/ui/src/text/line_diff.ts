export interface Line {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}
const most = 4_000_000;  // cells of the table; what is larger is shown as all gone and all new

/** What of two texts differs, line by line, by their longest common subsequence. */
export function lineDiff(before: string, after: string): Line[] {
  const old = before.split('\n'), fresh = after.split('\n');
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < fresh.length - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
  const as = (kind: Line['kind']) => (text: string): Line => ({ kind, text });
  const middle = between(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail));
  return [...old.slice(0, head).map(as('same')), ...middle, ...old.slice(old.length - tail).map(as('same'))];
}

function between(old: string[], fresh: string[]): Line[] {
  const width = fresh.length + 1;
  const isLarge = (old.length + 1) * width > most;
  const common = new Uint32Array(isLarge ? 0 : (old.length + 1) * width);
  if (!isLarge)
    for (let i = old.length - 1; i >= 0; i -= 1)
      for (let j = fresh.length - 1; j >= 0; j -= 1)
        common[i * width + j] = old[i] === fresh[j] ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
  const out: Line[] = [];
  let i = 0, j = 0;
  while (!isLarge && i < old.length && j < fresh.length) {
    if (old[i] === fresh[j]) out.push({ kind: 'same', text: old[i] ?? '' }), i += 1, j += 1;
    else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) out.push({ kind: 'gone', text: old[i++] ?? '' });
    else out.push({ kind: 'new', text: fresh[j++] ?? '' });
  }
  return [...out, ...old.slice(i).map((text) => ({ kind: 'gone', text }) as const), ...fresh.slice(j).map((text) => ({ kind: 'new', text }) as const)];
}

/** The changed lines with so many around them; null stands for what is left out. */
export function condensed(lines: readonly Line[], around = 3): (Line | null)[] {
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - around), at + around + 1).some((line) => line.kind !== 'same'));
  const out: (Line | null)[] = [];
  lines.forEach((line, at) => {
    if (near[at]) out.push(line);
    else if (out.at(-1) !== null) out.push(null);
  });
  return out;
}
