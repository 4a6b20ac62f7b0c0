// The fleet out of three answers of the store: which boxes there are, which of them are silent, and what they are called for. No page, no network.

export const states = ['page', 'silent', 'call', 'ticket', 'well'];  // worst first

/** Every box with its state and why, worst first; a box is as badly off as the worst that is said of it. */
export function fleetOf(inventory, silent, alerts) {
  const boxes = new Map();
  for (const { metric } of inventory) {
    const box = { site: metric.site, customer: metric.customer ?? '', carrier: metric.carrier ?? '', phone: metric.phone ?? '', rank: states.indexOf('well'), why: new Set() };
    box.text = `${box.site} ${box.customer} ${box.carrier} ${box.phone}`.toLowerCase();
    boxes.set(box.site, box);
  }
  const is = (site, state, why) => {
    const box = boxes.get(site);
    if (!box) return;
    box.rank = Math.min(box.rank, states.indexOf(state));
    if (why) box.why.add(why);
  };
  for (const { metric } of silent) is(metric.site, 'silent', '');
  for (const { metric } of alerts) if (states.includes(metric.severity)) is(metric.site, metric.alertname === 'BoxSilent' ? 'silent' : metric.severity, metric.alertname);
  return [...boxes.values()].sort((one, other) => one.rank - other.rank || (one.site < other.site ? -1 : 1));
}

export function countsOf(fleet) {
  const counts = Object.fromEntries(states.map((state) => [state, 0]));
  for (const box of fleet) counts[states[box.rank]] += 1;
  return counts;
}

export function matching(fleet, text, state) {
  const parts = text.toLowerCase().split(/\s+/).filter(Boolean);
  return fleet.filter((box) => (!state || states[box.rank] === state) && parts.every((part) => box.text.includes(part)));
}

export function outagesOf(alerts) {
  return alerts.filter(({ metric }) => metric.alertname === 'ManyBoxesSilent').map(({ metric }) => metric.carrier);
}
