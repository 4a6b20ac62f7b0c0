// The board: asks the store twice a minute and shows what it says, worst first.
import { countsOf, fleetOf, matching, outagesOf, states } from './fleet.js';
import { ask, askFleet, facts } from './store.js';
import { moment, speak, word } from './words.js';

const often = 30_000;  // milliseconds
const portion = 200;   // rows: what a page shows at once, of ten thousand
const seen = { fleet: [], outages: [], at: 0, text: '', state: '', shown: portion };
const at = (id) => document.getElementById(id);

function element(name, text = '', given = {}) {
  const made = Object.assign(document.createElement(name), given);
  made.textContent = text;
  return made;
}

function counter(state, count) {
  const button = element('button', '', { type: 'button', className: `count ${state || 'all'}` });
  button.append(element('strong', String(count)), element('span', word(state || 'all')));
  button.setAttribute('aria-pressed', String(seen.state === state));
  button.addEventListener('click', () => { seen.state = state; seen.shown = portion; show(); at('counts').querySelector(`.${state || 'all'}`).focus(); });
  const item = element('li');
  item.append(button);
  return item;
}

function row(box) {
  const state = states[box.rank];
  const line = element('tr');
  const mark = element('td');
  mark.append(element('span', word(state), { className: `state ${state}` }));
  const name = element('th', '', { scope: 'row' });
  const open = element('button', box.site, { type: 'button', className: 'site' });
  open.addEventListener('click', () => { void detail(box.site); });
  name.append(open);
  line.append(mark, name, ...[box.customer, box.carrier, box.phone, [...box.why].join(' ')].map((text) => element('td', text)));
  return line;
}

function show() {
  const found = matching(seen.fleet, seen.text, seen.state);
  const shown = found.slice(0, seen.shown);
  const counts = countsOf(seen.fleet);
  at('counts').replaceChildren(counter('', seen.fleet.length), ...states.map((state) => counter(state, counts[state])));
  at('outages').replaceChildren(...seen.outages.map((carrier) => element('li', word('outage', { carrier }))));
  at('rows').replaceChildren(...shown.map(row));
  at('shown').textContent = seen.at && !seen.fleet.length ? word('none') : word('shown', { total: seen.fleet.length, matching: found.length, shown: shown.length });
  at('more').hidden = shown.length === found.length;
  at('age').textContent = seen.at ? word('asOf', { time: moment(seen.at) }) : '';
}

async function look() {
  try {
    const [inventory, silent, alerts] = await askFleet();
    Object.assign(seen, { fleet: fleetOf(inventory, silent, alerts), outages: outagesOf(alerts), at: Date.now() / 1000 });
    at('trouble').hidden = true;
    show();
  } catch (why) {
    at('trouble').textContent = word('trouble', { why: why.message });
    at('trouble').hidden = false;
  }
}

function said(found, kind) {
  if (!found.length) return word('unknown');
  const one = ({ metric, value }) => {
    if (kind === 'moment') return moment(Number(value[1]));
    if (kind === 'version') return metric.version;
    const number = String(Math.round(Number(value[1]) * 100) / 100);
    return kind === 'number' ? number : `${metric[kind]} ${number}`;
  };
  return found.map(one).join(', ');
}

async function detail(site) {
  const answers = await Promise.all(facts.map(([, query]) => ask(query(site)).catch(() => [])));
  at('detail-title').textContent = site;
  at('facts').replaceChildren(...facts.flatMap(([name, , kind], number) => [element('dt', word(name)), element('dd', said(answers[number], kind))]));
  at('detail').hidden = false;
  at('detail').dataset.site = site;
  at('detail').focus();
}

function turnTo(language) {
  speak(language);
  for (const one of ['ja', 'en']) at(one).setAttribute('aria-pressed', String(one === language));
  for (const one of document.querySelectorAll('[data-word]')) one.textContent = word(one.dataset.word);
  document.title = word('title');
  show();
  if (!at('detail').hidden) void detail(at('detail').dataset.site);
}

for (const language of ['ja', 'en']) at(language).addEventListener('click', () => turnTo(language));
at('search').addEventListener('input', (event) => { seen.text = event.target.value; seen.shown = portion; show(); });
at('more').addEventListener('click', () => { seen.shown += portion; show(); });
at('close').addEventListener('click', () => { at('detail').hidden = true; at('search').focus(); });
show();
await look();
setInterval(() => { void look(); }, often);
