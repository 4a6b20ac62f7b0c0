#pragma once

#include "cli/call.h"
#include "ipc/messages/operator.h"
#include "model/cut.h"
#include "model/site.h"

namespace gw::cli {

/// What commands there are, or how one is written.
int help(const Call& call);
/// What makes bash or zsh complete the words of this program.
int completion(const Call& call);
/// ADM-06, ADM-11: asks the box's API, of `call.operation`, as whoever is signed in. One function for all.
int administer(const Call& call);
int config_check(const Call& call);
int config_show(const Call& call);
int config_diff(const Call& call);
/// WLS-04: changes of the configuration, each in force for a while and then confirmed or undone. All that
/// change something want a reason, or the token.
int browser_settings(const Call& call);
int config_apply(const Call& call);
int config_put(const Call& call);
int config_confirm(const Call& call);
int config_extend(const Call& call);
int config_rollback(const Call& call);
int config_withdraw(const Call& call);
/// Applied and confirmed in one, for whoever sits at the box.
int config_publish(const Call& call);
int config_change(const Call& call);
int config_history(const Call& call);
int config_text(const Call& call);
/// What is in force once more, without reading any of its files again.
int config_republish(const Call& call);
/// GOV-02, DEM-02: what vendors' papers say of their services; nothing is asked of a running box.
int service_profile_check(const Call& call);
int service_profile_compare(const Call& call);
int service_profile_show(const Call& call);
int service_profile_questions(const Call& call);
/// What the operations centre wants of a box, before it is signed; nothing is asked of a running box.
int order_check(const Call& call);
/// GOV-01: editions of guidelines, checklists and layouts, in files; nothing is asked of a running box.
int pack_check(const Call& call);
int pack_show(const Call& call);
int pack_verify(const Call& call);
int status(const Call& call);
/// TIM-03: the clock is right although the last checkpoint says otherwise. Wants a reason.
int clock_trust(const Call& call);
/// Certificates in files; nothing is asked of a running box. CRT-05, CRT-08, SRV-06.
int cert_show(const Call& call);
int cert_list(const Call& call);
int cert_expiry(const Call& call);
int cert_verify(const Call& call);
int cert_explain(const Call& call);
int cert_csr(const Call& call);
/// CRT-03: orders about the certificates that the box keeps itself.
template <ipc::op::IdentityOrder::Act act>
int identity(const Call& call);
int cert_import(const Call& call);
int cert_rollover(const Call& call);
/// LAN-01, CRT-07: orders to the site's own authority. All but the questions want a reason.
template <model::SiteOrder::Verb verb>
int site(const Call& call);
int terminal_label(const Call& call);
/// ISO-09: tries what must not work; shows what came out last, for people or as metrics. Fail unless
/// everything held.
int isolation_prove(const Call& call);
int isolation_show(const Call& call);
int isolation_metrics(const Call& call);
/// ISO-10. The operand is TENANT, TENANT/NAME or ADDRESS; of everything there is none. Both want a reason.
template <model::Cut::What what>
int cut(const Call& call);
template <model::Cut::What what>
int restore(const Call& call);
/// LOG-03, LOG-07: the box's records; the chain of them as a file; whether it is whole, in the box or in a
/// file.
int log_list(const Call& call);
int log_export(const Call& call);
/// LOG-05: how long each class of them is kept, and for how long there is room; or a change of that, which
/// wants a reason.
int log_keep(const Call& call);
int evidence_verify(const Call& call);
int log_verify(const Call& call);
/// CRT-04: every terminal of the configuration in force, and whether it or one of its certificates is blocked
/// or cut off.
int terminal_list(const Call& call);

}  // namespace gw::cli
