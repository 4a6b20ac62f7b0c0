import { effect, signal } from '@preact/signals';
const kept = 'sekisho.language';
function first() {
    try {
        const before = localStorage.getItem(kept);
        if (before === 'ja' || before === 'en')
            return before;
    }
    catch {
        // A browser that keeps nothing still shows pages.
    }
    return 'ja';
}
/** Japanese unless somebody asked for English; nothing else is kept in the browser. */
export const language = signal(typeof localStorage === 'undefined' ? 'ja' : first());
export function keepLanguage() {
    effect(() => {
        document.documentElement.lang = language.value;
        try {
            localStorage.setItem(kept, language.value);
        }
        catch {
            // As above.
        }
    });
}
