#include "maintenance/shelf.h"

#include <algorithm>

namespace gw::maintenance {
namespace {

constexpr std::size_t kMostPersonName = 128;

const Error kDamaged{ErrorCode::store_damaged, "a maintenance in the database cannot be read"};

template <class Io>
void civil(Io& io, CivilTime& time) {
  auto ticks = time.time_since_epoch();
  io.field(ticks);
  time = CivilTime(ticks);
}

}  // namespace

template <class Io>
void visit(Io& io, Target& target) {
  io.choice(target.place, Target::Place::device);
  io.text(target.name, 63);
}
template <class Io>
void visit(Io& io, Step& step) {
  io.choice(step.work, kLastWork);
  io.text(step.words, kMostWords);
}
/// A work by itself, for lists.
struct Allowed {
  Work work{};
};
template <class Io>
void visit(Io& io, Allowed& one) {
  io.choice(one.work, kLastWork);
}
template <class Io>
void visit(Io& io, Draft& draft) {
  io.text(draft.vendor, 63);
  io.field(draft.target);
  civil(io, draft.from);
  civil(io, draft.until);
  io.text(draft.reason, kMostWords);
  io.text(draft.ticket, kMostTicket);
  std::vector<Allowed> allowed;
  for (const Work work : draft.allowed) allowed.push_back({work});
  io.list(allowed, kWorks);
  draft.allowed.clear();
  for (const Allowed& one : allowed) draft.allowed.push_back(one.work);
  io.list(draft.plan, kMostSteps);
}
template <class Io>
void visit(Io& io, Decision& decision) {
  io.field(decision.account);
  io.text(decision.name, kMostPersonName);
  civil(io, decision.when);
  io.text(decision.words, kMostWords);
}
template <class Io>
void visit(Io& io, Request& request) {
  io.field(request.id);
  io.choice(request.state, State::reported);
  io.field(request.draft);
  io.field(request.requester);
  io.text(request.requester_name, kMostPersonName);
  civil(io, request.requested);
  io.field(request.decision);
  for (bool* one : {&request.is_approved, &request.is_emergency, &request.is_flagged}) io.field(*one);
  civil(io, request.opened);
  io.field(request.left);
  civil(io, request.ended);
  io.choice(request.end, End::emergency_stop);
  io.text(request.end_by, kMostPersonName);
  io.field(request.denied);
  io.text(request.reader, kMostPersonName);
}

namespace {

Result<Request> request_in(const store::Statement& row) {
  auto request = decode<Request>(row.octets(2));
  if (!request || request->id.number() != row.number(0) || to_string(request->state) != row.text(1))
    return kDamaged;
  return request;
}

Result<Act> act_in(const store::Statement& row) {
  const auto work = parse_work(row.text(1));
  if (!work) return kDamaged;
  Act act{row.number(0),
          *work,
          CivilTime(std::chrono::microseconds(static_cast<std::int64_t>(row.number(2)))),
          std::string(row.text(3)),
          std::nullopt,
          std::string(row.text(5))};
  if (!row.text(4).empty()) act.is_done = row.text(4) == "done";
  return act;
}

}  // namespace

Result<Request> Shelf::find(RequestId id) {
  GW_TRY(auto row, database_->prepare("SELECT id, state, body FROM maintenances WHERE id = ?1"));
  row.bind(1, id.number());
  GW_TRY(const bool is_there, row.step());
  if (!is_there)
    return Error{ErrorCode::maintenance_unknown, "there is no maintenance " + std::to_string(id.number())};
  return request_in(row);
}

Result<std::vector<Request>> Shelf::all(store::Statement& rows) {
  std::vector<Request> out;
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) return out;
    GW_TRY(out.emplace_back(), request_in(rows));
  }
}

Result<std::vector<Request>> Shelf::pending() {
  GW_TRY(auto rows,
         database_->prepare("SELECT id, state, body FROM maintenances WHERE state IN ('requested', "
                            "'approved', 'open') OR (emergency = 1 AND decider = 0) ORDER BY id"));
  return all(rows);
}

Result<std::vector<Request>> Shelf::newest(std::size_t most) {
  GW_TRY(auto rows, database_->prepare("SELECT id, state, body FROM maintenances ORDER BY id DESC LIMIT ?1"));
  rows.bind(1, std::uint64_t{most});
  return all(rows);
}

Result<> Shelf::put(Request& request) {
  if (request.id == RequestId()) {
    GW_TRY(auto next, database_->prepare("SELECT coalesce(max(id), 0) + 1 FROM maintenances"));
    GW_TRY(next.step());
    request.id = RequestId(next.number(0));
  }
  GW_TRY(auto row, database_->prepare(
                       "INSERT INTO maintenances VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(id) DO UPDATE "
                       "SET state = ?2, requester = ?3, decider = ?4, emergency = ?5, body = ?6"));
  const auto body = encode(request);
  row.bind(1, request.id.number()).bind(2, to_string(request.state)).bind(3, request.requester.number());
  row.bind(4, request.decision.account.number()).bind(5, std::uint64_t{request.is_emergency ? 1u : 0u});
  return row.bind(6, Bytes(body)).run();
}

Result<std::vector<Act>> Shelf::acts_of(RequestId id) {
  GW_TRY(auto rows,
         database_->prepare("SELECT number, work, begun, detail, outcome, result FROM maintenance_acts "
                            "WHERE maintenance = ?1 ORDER BY number"));
  rows.bind(1, id.number());
  std::vector<Act> out;
  for (;;) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) return out;
    GW_TRY(out.emplace_back(), act_in(rows));
  }
}

Result<Act> Shelf::begin(RequestId id, Work work, CivilTime now, std::string_view detail) {
  GW_TRY(auto next, database_->prepare(
                        "SELECT coalesce(max(number), 0) + 1 FROM maintenance_acts WHERE maintenance = ?1"));
  next.bind(1, id.number());
  GW_TRY(next.step());
  Act act{next.number(0), work, now, std::string(detail), std::nullopt, {}};
  next.reset();
  if (act.number > kMostActs)
    return Error{ErrorCode::maintenance_full, "2000 acts are the most in one maintenance; ask for another"};
  GW_TRY(auto row, database_->prepare("INSERT INTO maintenance_acts VALUES(?1, ?2, ?3, ?4, ?5, '', '')"));
  row.bind(1, id.number()).bind(2, act.number).bind(3, to_string(work));
  row.bind(4, static_cast<std::uint64_t>(std::max<std::int64_t>(now.time_since_epoch().count(), 0)));
  GW_TRY(row.bind(5, detail).run());
  return act;
}

Result<> Shelf::end(RequestId id, std::uint64_t number, bool is_done, std::string_view result) {
  GW_TRY(auto open,
         database_->prepare("SELECT 1 FROM maintenance_acts WHERE maintenance = ?1 AND number = ?2 AND "
                            "outcome = ''"));
  open.bind(1, id.number()).bind(2, number);
  GW_TRY(const bool is_there, open.step());
  open.reset();
  if (!is_there) return Error{ErrorCode::maintenance_unknown, "no such act goes on"};
  GW_TRY(auto row,
         database_->prepare("UPDATE maintenance_acts SET outcome = ?3, result = ?4 WHERE maintenance = ?1 "
                            "AND number = ?2"));
  row.bind(1, id.number()).bind(2, number).bind(3, std::string_view(is_done ? "done" : "failed"));
  return row.bind(4, result).run();
}

Result<bool> Shelf::is_off() {
  GW_TRY(auto row, database_->prepare("SELECT is_off FROM maintenance_switch"));
  GW_TRY(const bool is_there, row.step());
  if (!is_there) return kDamaged;
  return row.number(0) != 0;
}

Result<> Shelf::switch_off(bool is_off) {
  GW_TRY(auto row, database_->prepare("UPDATE maintenance_switch SET is_off = ?1"));
  return row.bind(1, std::uint64_t{is_off ? 1u : 0u}).run();
}

}  // namespace gw::maintenance
