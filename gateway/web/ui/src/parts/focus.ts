import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Where what has the focus is taken away, the nearest part around it that can have it gets it, or the page's heading: nobody who uses
 *  a keyboard or a screen reader begins anew. */
export function useKeptFocus(heading: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let around: HTMLElement[] = [];
    const came = (event: FocusEvent): void => void (around = event.composedPath().filter((one): one is HTMLElement => one instanceof HTMLElement));
    const watch = new MutationObserver(() => {
      if (around[0]?.isConnected !== false || document.activeElement !== document.body) return;
      const next = around.find((one) => one.isConnected && one.tabIndex >= 0) ?? heading.current;
      next?.focus({ preventScroll: true });
    });
    addEventListener('focusin', came);
    watch.observe(document.body, { childList: true, subtree: true });
    return () => {
      removeEventListener('focusin', came);
      watch.disconnect();
    };
  }, []);
}
