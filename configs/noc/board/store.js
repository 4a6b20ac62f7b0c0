// Questions to the store, by the query API that Prometheus and VictoriaMetrics have in common.

export async function ask(query) {
  const answer = await fetch(`/api/v1/query?query=${encodeURIComponent(query)}`, { cache: 'no-store' });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return (await answer.json()).data.result;
}

export function askFleet() {
  return Promise.all(['sekisho_inventory', 'sekisho:silent', 'ALERTS{alertstate="firing",alertname!="Watchdog"}'].map(ask));
}

// Of one box: a word, the question, and how its answer is shown. The site's name is of a-z, 0-9 and -, so that it needs no quoting.
export const facts = [
  ['heard', (site) => `max(timestamp(sekisho_build_info{site="${site}"})) or max(max_over_time(timestamp(sekisho_build_info{site="${site}"})[7d:5m]))`, 'moment'],
  ['version', (site) => `sekisho_build_info{site="${site}"}`, 'version'],
  ['update', (site) => `sekisho_update_info{site="${site}"}`, 'stage'],
  ['fallback', (site) => `sekisho_boot_fallback{site="${site}"}`, 'number'],
  ['hardware', (site) => `sekisho_board_attention{site="${site}"}`, 'kind'],
  ['undone', (site) => `sekisho_change_undone_timestamp_seconds{site="${site}"}`, 'moment'],
  ['maintenance', (site) => `sekisho_maintenance_end_timestamp_seconds{site="${site}"}`, 'moment'],
  ['unapproved', (site) => `sekisho_maintenance_unapproved{site="${site}"}`, 'number'],
  ['dns', (site) => `sekisho_path_dns_seconds{site="${site}"} * 1000`, 'service'],
  ['tcp', (site) => `sekisho_path_tcp_seconds{site="${site}"} * 1000`, 'service'],
  ['tls', (site) => `sekisho_path_tls_seconds{site="${site}"} * 1000`, 'service'],
  ['sessions', (site) => `sum(sekisho_sessions{site="${site}"})`, 'number'],
  ['generation', (site) => `sekisho_generation{site="${site}"}`, 'state'],
  ['broken', (site) => `sekisho_isolation_proof_cases{site="${site}",outcome="broken"}`, 'number'],
  ['unproven', (site) => `sekisho_isolation_proof_cases{site="${site}",outcome="unproven"}`, 'number'],
  ['certificate', (site) => `min(sekisho_certificate_expiry_timestamp_seconds{site="${site}"})`, 'moment'],
  ['clock', (site) => `sekisho_clock_offset_seconds{site="${site}"}`, 'number'],
  ['waiting', (site) => `sekisho_spool_bytes{site="${site}"}`, 'class'],
  ['dropped', (site) => `sekisho_spool_dropped_total{site="${site}"}`, 'class'],
  ['room', (site) => `sekisho_records_room_bytes{site="${site}"} / 1048576`, 'number'],
  ['starts', (site) => `sum by (process) (increase(sekisho_process_starts_total{site="${site}"}[1h]))`, 'process'],
];
