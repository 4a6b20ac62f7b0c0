import { effect, signal } from '@preact/signals';

export type Language = 'ja' | 'en';

const kept = 'sekisho.language';

function first(): Language {
  try {
    const before = localStorage.getItem(kept);
    if (before === 'ja' || before === 'en') return before;
  } catch {
    // A browser that keeps nothing still shows pages.
  }
  return 'ja';
}

/** Japanese unless somebody asked for English; nothing else is kept in the browser. */
export const language = signal<Language>(typeof localStorage === 'undefined' ? 'ja' : first());

export function keepLanguage(): void {
  effect(() => {
    document.documentElement.lang = language.value;
    try {
      localStorage.setItem(kept, language.value);
    } catch {
      // As above.
    }
  });
}
