import { language } from "../state/language.js";
import { accounts } from "./accounts.js";
import { box } from "./box.js";
import { changes } from "./changes.js";
import { logs } from "./logs.js";
import { maintenance } from "./maintenance.js";
import { problems } from "./problems.js";
import { shell } from "./shell.js";
/** Everything the pages say. */
export const words = { ...shell, ...box, ...changes, ...maintenance, ...logs, ...accounts, ...problems };
export function filled(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
export function t(key, values = {}) {
    return filled(words[key][language.value === 'ja' ? 0 : 1], values);
}
/** Of an id that the box gave; one that has no words here stands for itself. */
export function wordOf(group, id) {
    const key = `${group}.${id}`;
    return key in words ? t(key) : id;
}
