#include "detect/telling.h"

namespace gw::detect {
namespace {

Field field_of(Subject subject) {
  switch (subject) {
    case Subject::source:
      return Field::source;
    case Subject::terminal:
      return Field::terminal;
    case Subject::tenant:
      break;
  }
  return Field::tenant;
}

EventId event_of(Step step, Severity severity) {
  if (step == Step::over) return EventId::detection_over;
  if (step == Step::still) return EventId::detection_still;
  return severity == Severity::grave ? EventId::detection_alarm : EventId::detection_notice;
}

Event about(EventId id, const Episode& episode) {
  const Rule& row = rule(episode.kind);
  Event event(id);
  event.add(Field::finding, row.id).add(Field::object, std::to_string(episode.number));
  if (!episode.tenant.empty()) event.add(Field::tenant, episode.tenant);
  if (!episode.subject.empty()) event.add(field_of(row.subject), episode.subject);
  return event.add(Field::count, episode.count);
}

}  // namespace

Event event_of(const Telling& telling) {
  const Rule& row = rule(telling.episode.kind);
  Event event = about(event_of(telling.step, row.severity), telling.episode);
  if (!telling.episode.detail.empty()) event.add(Field::detail, telling.episode.detail);
  if (telling.step != Step::over) event.add(Field::advice, row.advice);
  return event;
}

Event unseen_of(const Episode& episode) {
  return about(EventId::detection_unseen, episode).add(Field::advice, rule(episode.kind).advice);
}

Event seen_of(const Episode& episode, std::string_view by, std::string_view note) {
  return about(EventId::detection_seen, episode).add(Field::administrator, by).add(Field::detail, note);
}

}  // namespace gw::detect
