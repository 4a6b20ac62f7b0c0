import { batch, effect, signal } from '@preact/signals';

export type Language = 'ja' | 'en';
type Texts = Readonly<Record<string, string>>;

const kept = 'sekisho.language';
/** A browser loads the words of the language that it shows, and of no other (vite.config.ts). */
const sources: Readonly<Record<Language, () => Promise<{ default: Texts }>>> = {
  ja: () => import('virtual:texts/ja'),
  en: () => import('virtual:texts/en'),
};

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

/** Of the language that is shown. */
export const texts = signal<Texts>({});

export const textOf = (key: string): string => texts.value[key] ?? key;

/** Shown once its words are there; without a line to the box it stays as it is. */
export async function speak(wanted: Language): Promise<void> {
  const { default: loaded } = await sources[wanted]();
  batch(() => {
    texts.value = loaded;
    language.value = wanted;
  });
}

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
