import { signal } from '@preact/signals';

/** Where somebody is: '#/changes/12' is ['changes', '12']. */
export type Route = readonly string[];

export function routeOf(hash: string): Route {
  return hash.replace(/^#?\/?/, '').split('/').filter((part) => part !== '').map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}

export const hashOf = (...parts: readonly (string | number)[]): string =>
  '#/' + parts.map((part) => encodeURIComponent(String(part))).join('/');

export const route = signal<Route>(typeof location === 'undefined' ? [] : routeOf(location.hash));

export function followHash(): void {
  addEventListener('hashchange', () => void (route.value = routeOf(location.hash)));
}

export function go(...parts: readonly (string | number)[]): void {
  location.hash = hashOf(...parts);
}
