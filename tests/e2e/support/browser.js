// A headless Chromium that does what it is told, a line of JSON each, and answers in one: node browser.js
// Packages are found by NODE_PATH. The first line is {address, name, spki}.
const readline = require('node:readline');
const { chromium } = require('playwright-core');
const axe = require('axe-core');

const patience = 20_000;  // milliseconds
const options = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--force-color-profile=srgb'];
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser, context, page;
const told = { console: [], requests: [], asked: [], dialogs: 0 };

async function start({ address, name, spki, executable = '/usr/bin/chromium' }) {
  browser = await chromium.launch({ executablePath: executable, headless: true, args: [...options, `--host-resolver-rules=MAP ${name} ${address}`,
    `--ignore-certificate-errors-spki-list=${spki}`] });
  await renew({});
}

async function renew({ width = 1440, height = 900, locale = 'ja-JP' }) {
  await context?.close();
  context = await browser.newContext({ viewport: { width, height }, locale, timezoneId: 'Asia/Tokyo', reducedMotion: 'reduce', bypassCSP: false,
    permissions: ['clipboard-write'] });
  page = await context.newPage();
  page.setDefaultTimeout(patience);
  page.on('console', (message) => { if (message.type() === 'error') told.console.push(message.text()); });
  page.on('pageerror', (error) => told.console.push(String(error)));
  page.on('request', (request) => {
    told.requests.push(request.url());
    told.asked.push([request.method(), new URL(request.url()).pathname]);
  });
  page.on('download', (download) => told.asked.push(['GET', new URL(download.url()).pathname]));
  page.on('dialog', (dialog) => { told.dialogs += 1; void dialog.dismiss(); });
}

const place = ({ role, name, exact = true, within, at = 0 }) => {
  const ground = within ? page.locator(within) : page;
  return ground.getByRole(role, { name, exact }).nth(at);
};
// A field's name is its label, and behind it that it is required.
const field = ({ label, within }) => (within ? page.locator(within) : page).getByLabel(label, { exact: false }).first();

const acts = {
  start, renew,
  goto: async ({ url }) => (await page.goto(url, { waitUntil: 'load' }))?.status() ?? 0,
  // It ends when the page that was there is there no more, so that nothing is done to that one.
  go: async ({ hash }) => page.evaluate(async (wanted) => {
    if (location.hash === wanted) return;
    const gone = new Promise((resolve) => { window.addEventListener('hashchange', resolve, { once: true }); });
    location.hash = wanted;
    await gone;
    const { port1, port2 } = new MessageChannel();
    await new Promise((resolve) => { port1.onmessage = resolve; port2.postMessage(null); });
    port1.close();
  }, hash),
  reload: async () => { await page.reload({ waitUntil: 'load' }); },
  click: async (given) => { await place(given).click(); },
  download: async (given) => {
    const [taken] = await Promise.all([page.waitForEvent('download'), place(given).click()]);
    await taken.saveAs(given.path);
    return taken.suggestedFilename();
  },
  fill: async (given) => { await field(given).fill(given.text); },
  attach: async (given) => { await field(given).setInputFiles(given.path); },
  pick: async (given) => { await field(given).selectOption(given.value); },
  value: async (given) => field(given).inputValue(),
  blur: async (given) => { await field(given).blur(); },
  focused: async () => page.evaluate(() => {
    const here = document.activeElement;
    return (here?.getAttribute('aria-label') ?? here?.labels?.[0]?.textContent ?? here?.textContent ?? '').trim();
  }),
  // Is what has the focus in sight, and nothing over it (WCAG 2.4.11)?
  in_sight: async () => page.evaluate(() => {
    const here = document.activeElement, { left, top, right, bottom } = here.getClientRects()[0] ?? { left: 0, top: 0, right: 0, bottom: 0 };
    const middle = (from, to, most) => Math.min(Math.max((Math.max(from, 0) + Math.min(to, most)) / 2, 0), most - 1);
    const seen = document.elementFromPoint(middle(left, right, innerWidth), middle(top, bottom, innerHeight));
    return right > left && bottom > top && seen !== null && (here.contains(seen) || seen.closest('label')?.contains(here) === true);
  }),
  // What Tab should come to within a part, and what it comes to: words of each, in their order.
  stops: async ({ selector }) => page.evaluate((at) => {
    const wanted = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
    const isOpen = (one) => one.checkVisibility() && one.tabIndex >= 0 && !one.disabled;
    return [...document.querySelectorAll(`${at} :is(${wanted})`)].filter(isOpen).map((one, number) => {
      one.dataset.stop = String(number);
      return (one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent ?? '').trim();
    });
  }, selector),
  stop_at: async () => page.evaluate(() => document.activeElement?.dataset.stop ?? ''),
  choose: async ({ path }) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
    await chooser.setFiles(path);
  },
  // Of a list that has the focus: how far it is from what is chosen to what begins with `text`.
  steps: async ({ text }) => page.evaluate((wanted) => {
    const list = document.activeElement;
    return [...list.options].findIndex((one) => one.text.startsWith(wanted)) - list.selectedIndex;
  }, text),
  type: async ({ text }) => { await page.keyboard.type(text); },
  clock: async () => { await page.clock.install(); },
  pass: async ({ seconds }) => { await page.clock.runFor(seconds * 1000); },
  press: async ({ key }) => { await page.keyboard.press(key); },
  sees: async ({ text, timeout = patience }) => { await page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor({ timeout }); },
  shows: async (given) => { await place(given).waitFor({ timeout: given.timeout ?? patience }); },
  lacks: async (given) => (await place(given).count()) === 0,
  text: async ({ selector = 'body' }) => page.locator(selector).first().innerText(),
  count: async ({ selector }) => page.locator(selector).count(),
  evaluate: async ({ script }) => page.evaluate(script),
  media: async ({ media }) => { await page.emulateMedia({ media }); },  // 'print' or 'screen'
  size: async ({ width, height = 900 }) => { await page.setViewportSize({ width, height }); },
  shot: async ({ path, whole = true }) => { await page.screenshot({ path, fullPage: whole, animations: 'disabled' }); },
  axe: async () => {
    await page.evaluate(axe.source);
    const found = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), rules);
    return found.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
  },
  throttle: async ({ rate }) => { await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate }); },
  asked: async () => told.asked,
  told: async () => {
    const out = { ...told, console: [...told.console], requests: [...new Set(told.requests)] };
    told.console = [];
    told.requests = [];
    told.asked = [];
    return out;
  },
  answer: async ({ pattern, json }) => { await page.route(pattern, (route) => route.fulfill({ json })); },
  untold: async () => { await page.routeWebSocket(/\/live$/, (socket) => socket.close()); },
  waits: async ({ seconds }) => { await page.waitForTimeout(seconds * 1000); },
  stop: async () => { await browser.close(); },
};

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { act, ...given } = JSON.parse(line);
    let reply;
    try {
      reply = { done: (await acts[act](given)) ?? null };
    } catch (error) {
      reply = { failed: String(error.message).slice(0, 1500) };
    }
    process.stdout.write(JSON.stringify(reply) + '\n');
    if (act === 'stop') break;
  }
  process.exit(0);
}
void main();
