#include "accounts/actor.h"

namespace gw::accounts {

Event told_of(EventId id, const Actor& actor) {
  Event event(id);
  event.add(Field::administrator, actor.name).add(Field::role, to_string(actor.role));
  event.add(Field::source, actor.visitor.to_text());
  if (!actor.session.empty()) event.add(Field::admin_session, actor.session);
  return event;
}

Event told_of(EventId id, const Visitor& visitor) { return Event(id).add(Field::source, visitor.to_text()); }

Result<> authorise(const Actor& actor, Operation operation, Told& told) {
  if (may(actor.role, operation)) return Done{};
  told.push_back(told_of(EventId::account_forbidden, actor)
                     .add(Field::object, to_string(operation))
                     .add(Field::result, "refused"));
  return Error{ErrorCode::account_forbidden, std::string(to_string(operation))};
}

Event told_change(const Actor& actor, std::string_view object, std::string_view what, std::string_view before,
                  std::string_view after) {
  Event event = told_of(EventId::account_changed, actor);
  event.add(Field::object, object).add(Field::detail, what);
  return event.add(Field::before, before).add(Field::after, after).add(Field::result, "done");
}

}  // namespace gw::accounts
