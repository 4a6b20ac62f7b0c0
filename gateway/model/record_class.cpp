#include "model/record_class.h"

#include <algorithm>
#include <span>

namespace gw::model {
namespace {

constexpr std::string_view kNames[] = {"connection", "administration", "other"};

constexpr EventId kConnection[] = {
    EventId::session_opened,   EventId::session_closed,    EventId::session_refused,
    EventId::refusals_folded,  EventId::admission_limited, EventId::packet_refused,
    EventId::packets_folded,   EventId::scan_of_ports,     EventId::scan_of_addresses,
    EventId::second_path_seen, EventId::second_path_folded};
constexpr EventId kAdministration[] = {EventId::clock_trusted,
                                       EventId::configuration_published,
                                       EventId::configuration_refused,
                                       EventId::cut_made,
                                       EventId::cut_undone,
                                       EventId::terminal_blocked,
                                       EventId::terminal_unblocked,
                                       EventId::site_ca_made,
                                       EventId::terminal_certified,
                                       EventId::terminal_revoked,
                                       EventId::ticket_made,
                                       EventId::identity_renewed,
                                       EventId::records_exported,
                                       EventId::records_kept_for,
                                       EventId::records_removed,
                                       EventId::account_bootstrapped,
                                       EventId::account_created,
                                       EventId::account_enrolled,
                                       EventId::account_changed,
                                       EventId::account_reset,
                                       EventId::account_signed_in,
                                       EventId::account_refused,
                                       EventId::account_forbidden,
                                       EventId::account_locked,
                                       EventId::account_unlocked,
                                       EventId::account_session_ended,
                                       EventId::account_emergency,
                                       EventId::account_stock_taken,
                                       EventId::session_end_ordered,
                                       EventId::change_staged,
                                       EventId::change_checked,
                                       EventId::change_approved,
                                       EventId::change_applying,
                                       EventId::change_applied,
                                       EventId::change_extended,
                                       EventId::change_token_refused,
                                       EventId::change_confirming,
                                       EventId::change_confirmed,
                                       EventId::change_rolling_back,
                                       EventId::change_rolled_back,
                                       EventId::change_refused,
                                       EventId::change_withdrawn,
                                       EventId::change_adopted,
                                       EventId::change_undone_alone,
                                       EventId::order_accepted,
                                       EventId::order_waits,
                                       EventId::order_refused,
                                       EventId::order_done,
                                       EventId::order_declined,
                                       EventId::order_expired,
                                       EventId::order_withdrawn,
                                       EventId::order_failed,
                                       EventId::start_unreadable,
                                       EventId::backup_made,
                                       EventId::backup_failed,
                                       EventId::backup_removed,
                                       EventId::backup_damaged,
                                       EventId::backup_exported,
                                       EventId::backup_recipient_due,
                                       EventId::backup_tried,
                                       EventId::backup_useless,
                                       EventId::backup_last_good,
                                       EventId::backup_restored,
                                       EventId::backup_no_recipients,
                                       EventId::maintenance_requested,
                                       EventId::maintenance_approved,
                                       EventId::maintenance_refused,
                                       EventId::maintenance_expired,
                                       EventId::maintenance_opened,
                                       EventId::maintenance_emergency,
                                       EventId::maintenance_unapproved,
                                       EventId::maintenance_denied,
                                       EventId::maintenance_act_begun,
                                       EventId::maintenance_act_ended,
                                       EventId::maintenance_ended,
                                       EventId::maintenance_off_plan,
                                       EventId::maintenance_reported,
                                       EventId::maintenance_switched,
                                       EventId::review_summed,
                                       EventId::review_due,
                                       EventId::review_overdue,
                                       EventId::review_signed,
                                       EventId::detection_seen,
                                       EventId::diagnosis_made,
                                       EventId::capture_made,
                                       EventId::hardware_attention,
                                       EventId::hardware_well,
                                       EventId::disposal_proposed,
                                       EventId::disposal_withdrawn,
                                       EventId::disposal_agreed,
                                       EventId::update_told,
                                       EventId::update_restart,
                                       EventId::update_fetched,
                                       EventId::update_not_fetched,
                                       EventId::update_install,
                                       EventId::bundle_made,
                                       EventId::bundle_exported,
                                       EventId::evidence_made,
                                       EventId::evidence_exported,
                                       EventId::evidence_removed,
                                       EventId::bundle_removed,
                                       EventId::setup_step_done,
                                       EventId::setup_finished,
                                       EventId::isolation_proved,
                                       EventId::isolation_broken,
                                       EventId::isolation_unproven};

bool is_one_of(std::span<const EventId> events, EventId event) {
  return std::ranges::find(events, event) != events.end();
}

}  // namespace

RecordClass class_of(EventId event) {
  if (is_one_of(kConnection, event)) return RecordClass::connection;
  return is_one_of(kAdministration, event) ? RecordClass::administration : RecordClass::other;
}

std::string_view to_string(RecordClass of) { return kNames[static_cast<std::size_t>(of)]; }

std::optional<RecordClass> parse_record_class(std::string_view text) {
  const auto* found = std::ranges::find(kNames, text);
  if (found == std::end(kNames)) return std::nullopt;
  return static_cast<RecordClass>(found - std::begin(kNames));
}

}  // namespace gw::model
