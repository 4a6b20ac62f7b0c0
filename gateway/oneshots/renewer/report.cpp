#include "report.h"

#include "base/clock.h"
#include "pki/description.h"

namespace gw::renewer {
namespace {

Event about(EventId id, const model::ManagedIdentity& identity) {
  Event event(id);
  event.add(Field::name, identity.name).add(Field::server_name, identity.server_name);
  return event;
}

std::string_view words_for(model::Keeping keeping) {
  constexpr std::string_view kWords[] = {"in the TPM", "in a token", "in an encrypted file",
                                         "in a plain file"};
  return kWords[static_cast<std::size_t>(keeping)];
}

/// The day, RFC 3339.
std::string day_of(model::CivilSeconds time) { return to_timestamp(CivilTime(time)).substr(0, 10); }

}  // namespace

Event renewed(const model::ManagedIdentity& identity, const X509* certificate, model::Keeping keeping) {
  const pki::Description what = pki::describe(certificate);
  Event event = about(EventId::identity_renewed, identity);
  event.add(Field::detail, "serial " + what.serial + ", until " + day_of(what.life.ends) + ", its key " +
                               std::string(words_for(keeping)));
  return event;
}

Event not_renewed(const model::ManagedIdentity& identity, const Error& why) {
  Event event = about(EventId::identity_not_renewed, identity);
  event.add(Field::reason, to_string(why.code)).add(Field::detail, why.detail);
  return event;
}

ipc::renewal::Attempt attempt_of(const model::ManagedIdentity& identity, const Result<>& outcome) {
  if (outcome) return {identity.name, {}, {}};
  return {identity.name, std::string(to_string(outcome.error().code)), outcome.error().detail.substr(0, 512)};
}

Event due(const model::ManagedIdentity& identity, const pki::Alarm& alarm) {
  Event event(EventId::certificate_due);
  event.add(Field::name, identity.name)
      .add(Field::detail, "days left: " + std::to_string(alarm.days_left) +
                              "; of its life: " + std::to_string(alarm.percent_left) + " per cent");
  return event;
}

}  // namespace gw::renewer
