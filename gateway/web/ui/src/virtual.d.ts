// Made by vite.config.ts of words/table.ts, a language each.
declare module 'virtual:texts/*' {
  const texts: Readonly<Record<string, string>>;
  export default texts;
}
