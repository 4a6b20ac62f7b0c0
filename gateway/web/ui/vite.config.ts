import { fileURLToPath } from 'node:url';

import { build, defineConfig, type Plugin, type Rollup } from 'vite';

type Words = typeof import('./src/words/table.ts').words;
const table = fileURLToPath(new URL('src/words/table.ts', import.meta.url));
const prefix = 'virtual:texts/', languages = ['ja', 'en'];

/** Keys in rows of those that begin alike, "app name skip menu": so they zip to half. */
function rowsOf(keys: readonly string[]): string {
  const rows: string[] = [];
  let last = '';
  for (const key of keys) {
    const dot = key.lastIndexOf('.'), group = key.slice(0, dot), name = key.slice(dot + 1);
    if (group === last) rows[rows.length - 1] += ` ${name}`;
    else rows.push(`${group} ${name}`);
    last = group;
  }
  return rows.join('\n');
}

/** The table of words in two, so that nobody loads a language that he does not read. */
function texts(): Plugin {
  return {
    name: 'texts',
    resolveId: (id) => (id.startsWith(prefix) ? `\0texts-${id.slice(prefix.length)}` : null),
    async load(id) {
      const place = languages.findIndex((one) => id === `\0texts-${one}`);
      if (place < 0) return null;
      const [made] = await build({ configFile: false, logLevel: 'silent', build: { write: false, lib: { entry: table, formats: ['es'] } } }) as Rollup.RollupOutput[];
      const { words } = await import(`data:text/javascript,${encodeURIComponent(made?.output[0].code ?? '')}`) as { words: Words };
      const said = Object.values(words).map((both) => both[place]).join('\n');  // apart from their keys they zip better
      return `const said = ${JSON.stringify(said)}.split('\\n').values(), inRow = ([group, ...names]) => names.map((name) => [group + '.' + name, said.next().value]);
        export default Object.fromEntries(${JSON.stringify(rowsOf(Object.keys(words)))}.split('\\n').flatMap((row) => inRow(row.split(' '))))`;
    },
  };
}

// Nothing is inlined, so that the policy of content needs no exception; what is behind the sign-in comes when somebody has signed in.
export default defineConfig({
  base: '/',
  plugins: [texts()],
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    sourcemap: false,
    reportCompressedSize: false,
    rollupOptions: { output: { entryFileNames: 'assets/[name]-[hash].js', chunkFileNames: 'assets/[name]-[hash].js', assetFileNames: 'assets/[name]-[hash][extname]' } },
  },
});
