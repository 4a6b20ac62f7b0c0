import type { Key } from '../words/index.ts';

type Remedy = Key & `remedy.${string}`;

/** What to do about a refusal, by its reason; by its event where a refusal has no reason of this list. */
export const remedies: Readonly<Record<string, Remedy>> = {
  // why sessions end
  finished: 'remedy.none',
  idle: 'remedy.none',
  lifetime: 'remedy.none',
  draining: 'remedy.later',
  rule_removed: 'remedy.rule',
  cut_off: 'remedy.cut',
  terminal_blocked: 'remedy.unblock',
  aborted_by_admin: 'remedy.none',
  key_unavailable: 'remedy.call',
  key_busy: 'remedy.later',
  key_unsuitable: 'remedy.call',
  truncated_downstream: 'remedy.line',
  truncated_upstream: 'remedy.cloud',
  reset_downstream: 'remedy.line',
  reset_upstream: 'remedy.cloud',
  tls_violation_downstream: 'remedy.software',
  tls_violation_upstream: 'remedy.cloud',
  admission_limit: 'remedy.many',
  handshake_timeout: 'remedy.line',
  handshake_abandoned: 'remedy.line',
  client_hello_malformed: 'remedy.no_tls',
  tls_version: 'remedy.software',
  tls_parameters: 'remedy.software',
  tls_extended_master_secret: 'remedy.software',
  tls_alert_downstream: 'remedy.trust',
  tls_failed_downstream: 'remedy.software',
  tls_early_data: 'remedy.software',
  certificate_missing: 'remedy.enrol',
  certificate_untrusted: 'remedy.stranger',
  certificate_expired: 'remedy.enrol',
  certificate_not_yet_valid: 'remedy.clock',
  certificate_wrong_usage: 'remedy.enrol',
  certificate_weak: 'remedy.enrol',
  certificate_chain_too_long: 'remedy.enrol',
  certificate_name_constraint: 'remedy.enrol',
  certificate_no_identity: 'remedy.enrol',
  certificate_malformed: 'remedy.enrol',
  certificate_revoked: 'remedy.revoked',
  certificate_status_unknown: 'remedy.list',
  certificate_not_owned: 'remedy.copied',
  policy_unknown_name: 'remedy.name',
  policy_unknown_terminal: 'remedy.add_terminal',
  policy_terminal_blocked: 'remedy.unblock',
  policy_no_rule: 'remedy.rule',
  policy_rule_ended: 'remedy.rule',
  policy_exception_ended: 'remedy.exception',
  upstream_unresolved: 'remedy.internet',
  upstream_forbidden: 'remedy.call',
  upstream_refused: 'remedy.cloud',
  upstream_timeout: 'remedy.internet',
  upstream_unavailable: 'remedy.later',
  upstream_tls_timeout: 'remedy.internet',
  upstream_tls_failed: 'remedy.cloud',
  upstream_tls_alert: 'remedy.own_certificate',
  upstream_closed: 'remedy.cloud',
  upstream_certificate_untrusted: 'remedy.false_cloud',
  upstream_certificate_expired: 'remedy.cloud',
  upstream_certificate_name: 'remedy.false_cloud',
  upstream_certificate_usage: 'remedy.false_cloud',
  upstream_certificate_weak: 'remedy.cloud',
  upstream_certificate_pin: 'remedy.false_cloud',
  upstream_certificate_malformed: 'remedy.cloud',
  upstream_certificate_revoked: 'remedy.false_cloud',
  upstream_certificate_status_unknown: 'remedy.internet',
  box_unclaimed: 'remedy.claim',
  records_full: 'remedy.room',
  internal: 'remedy.call',
  // packets
  malformed: 'remedy.look_at_device',
  invalid: 'remedy.passing',
  broadcast: 'remedy.none',
  spoofed: 'remedy.wiring',
  midstream: 'remedy.passing',
  flood: 'remedy.many',
  not_listening: 'remedy.port',
  unsolicited: 'remedy.none',
  forwarded: 'remedy.gateway',
  outgoing: 'remedy.own_proof',
  forbidden: 'remedy.own_proof',
  no_dialer: 'remedy.own_proof',
  not_permitted: 'remedy.own_proof',
  closed: 'remedy.later',
  // a second path
  dhcp_server: 'remedy.unplug',
  router_advertisement: 'remedy.unplug',
  redirect: 'remedy.unplug',
  box_address_claimed: 'remedy.address',
  duplicate_address: 'remedy.address',
  used_as_router: 'remedy.gateway',
  foreign_gateway: 'remedy.second_path',
  foreign_source: 'remedy.second_path',
  pppoe: 'remedy.second_path',
  unknown_device: 'remedy.declare',
  // events
  'session.refused': 'remedy.many',
  'admission.limited': 'remedy.many',
  'packet.refused': 'remedy.many',
  'scan.ports': 'remedy.scan',
  'scan.addresses': 'remedy.scan',
  'second_path.seen': 'remedy.second_path',
  'enrolment.refused': 'remedy.ticket',
  'enrolment.no_session': 'remedy.ticket',
  'web.refused': 'remedy.web',
  'web.no_session': 'remedy.web',
};

/** Those whose reasons are of this list; the reasons of the others are codes and remarks. */
const haveReasons = new Set(['session.refused', 'packet.refused', 'second_path.seen']);

/** What `why` and the remedy of a refusal are looked up by. */
export const subjectOf = (event: string, reason: string): string => (haveReasons.has(event) && reason in remedies ? reason : event);

/** What the kernel refuses to the box itself: as a rule its own proof of isolation tried it. */
const ofBox = new Set(['outgoing', 'forbidden', 'no_dialer', 'not_permitted']);
const ofKernel = new Set(['packet.refused', 'scan.ports', 'scan.addresses']);
export const isOfBox = (event: string, reason: string): boolean => ofKernel.has(event) && ofBox.has(reason);

/** The maintainer knows of what nobody foresaw. */
export const remedyFor = (event: string, reason: string): Remedy =>
  (isOfBox(event, reason) ? 'remedy.own_proof' : remedies[subjectOf(event, reason)] ?? 'remedy.call');
