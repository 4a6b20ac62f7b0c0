import { signal } from '@preact/signals';
export function routeOf(hash) {
    return hash.replace(/^#?\/?/, '').split('/').filter((part) => part !== '').map((part) => {
        try {
            return decodeURIComponent(part);
        }
        catch {
            return part;
        }
    });
}
export const hashOf = (...parts) => '#/' + parts.map((part) => encodeURIComponent(String(part))).join('/');
export const route = signal(typeof location === 'undefined' ? [] : routeOf(location.hash));
export function followHash() {
    addEventListener('hashchange', () => void (route.value = routeOf(location.hash)));
}
export function go(...parts) {
    location.hash = hashOf(...parts);
}
