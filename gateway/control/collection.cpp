#include "control/collection.h"

#include <algorithm>

#include "accounts/shelf.h"
#include "base/codec.h"
#include "base/text.h"
#include "bundle/configuration.h"
#include "config/sources.h"
#include "control/web_handlers.h"

namespace gw::control {
namespace {

struct Collector {
  std::string_view scope, file;
  api::OperationId operation;
  WebHandler answer;
};
constexpr Collector kCollectors[] = {
#define GW_COLLECTOR(scope, file, operation) {scope, file, api::OperationId::operation, &web::operation},
#include "control/collectors.def"
#undef GW_COLLECTOR
};

// Where the values of records.find stand.
constexpr std::size_t kFrom = 0, kBefore = 8, kLimit = 9;

std::uint64_t milliseconds_of(CivilTime time) {
  const auto since = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count();
  return static_cast<std::uint64_t>(std::max<std::int64_t>(since, 0));
}

bundle::Mode mode_of(const Wish& wish) { return wish.strict ? bundle::Mode::strict : bundle::Mode::ordinary; }

}  // namespace

std::vector<std::string> bundle_scopes() {
  std::vector<std::string> out;
  for (const Collector& one : kCollectors)
    if (out.empty() || out.back() != one.scope) out.emplace_back(one.scope);
  return out;
}

Collection::Collection(std::uint64_t number, accounts::Actor actor, Wish wish, CivilTime now)
    : number_(number),
      actor_(std::move(actor)),
      wish_(std::move(wish)),
      since_(now - std::chrono::hours(wish_.hours)),
      redactor_(pseudonyms_, mode_of(wish_)) {
  for (std::size_t i = 0; i < std::size(kCollectors); ++i) {
    if (std::ranges::find(wish_.scopes, kCollectors[i].scope) == wish_.scopes.end()) continue;
    files_.push_back({.name = kCollectors[i].file});
    rows_.push_back(i);
  }
}

Result<> Collection::step(const WebAround& around) {
  if (!has_names_) {
    GW_TRY(learn(around));
    has_names_ = true;
  } else if (errand_) {
    if (around.clock.now() >= errand_->until) end(Error{ErrorCode::status_unavailable});
  } else if (!is_over()) {
    collect(around);
  }
  return Done{};
}

/// Of the configuration in force and of everybody who has an account.
Result<> Collection::learn(const WebAround& around) {
  GW_TRY(const changes::ChangeNumber confirmed, around.changes.confirmed());
  GW_TRY(const auto octets, around.changes.sources(confirmed));
  GW_TRY(const auto sources, decode<config::Sources>(octets));
  GW_TRY(configuration_, bundle::redact_configuration(sources.text, pseudonyms_, redactor_.mode()));
  GW_TRY(const auto accounts, accounts::Shelf(around.store.database()).all());
  for (const accounts::Account& one : accounts) {
    static_cast<void>(pseudonyms_.of(bundle::Kind::account, one.name));
    static_cast<void>(pseudonyms_.of(bundle::Kind::person, one.person));
  }
  return Done{};
}

/// As whoever wants it, and nothing that he could not ask for himself.
Result<WebAnswer> Collection::ask(const WebAround& around,
                                  const std::function<Result<WebAnswer>(const WebAsk&)>& what) {
  const api::Operation& row = api::operation(kCollectors[rows_[next_]].operation);
  const api::TypedValues given = values();
  if (!row.access.lets(actor_.role)) return Error{ErrorCode::account_forbidden};
  accounts::Told told;
  Result<WebAnswer> answer = what({row, given, actor_.visitor, {}, actor_, told});
  around.records.write(std::move(told));
  return answer;
}

void Collection::collect(const WebAround& around) {
  files_[next_].state = State::under_way;
  const Collector& row = kCollectors[rows_[next_]];
  const Result<WebAnswer> answer = ask(around, [&](const WebAsk& ask) { return row.answer(ask, around); });
  if (!answer) return end(answer.error());
  const Result<> taken = answer->errand ? send(*answer, around) : take(answer->json);
  if (!taken) end(taken);
}

Result<> Collection::send(const WebAnswer& answer, const WebAround& around) {
  GW_TRY(const std::uint64_t sent, around.errands.send(*answer.errand));
  errand_ = Waiting{sent, answer.finish, around.clock.now() + ErrandLine::kPatience};
  return Done{};
}

void Collection::told(const ErrandLine::Answer& answer, const WebAround& around) {
  if (!errand_ || errand_->number != answer.errand) return;
  const Finish finish = std::exchange(errand_, std::nullopt)->finish;
  if (!answer.frame) return end(answer.frame.error());
  const auto said = ask(around, [&](const WebAsk& ask) { return finish(ask, around, *answer.frame); });
  const Result<> taken = said ? take(said->json) : Result<>(said.error());
  if (!taken) end(taken);
}

/// Records go on where they end; everything else comes at once.
Result<> Collection::take(const std::string& json) {
  const api::OperationId operation = kCollectors[rows_[next_]].operation;
  if (json.size() > kMostAnswer) return Error{ErrorCode::file_too_large};
  GW_TRY(const api::JsonTree tree, api::read_json(json));
  if (operation == api::OperationId::records_find) return take_records(tree);
  files_[next_].text =
      operation == api::OperationId::configuration_show ? configuration_ : redactor_.json(tree) + "\n";
  end(Done{});
  return Done{};
}

Result<> Collection::take_records(const api::JsonTree& tree) {
  const api::JsonTree* const some = tree.find("records");
  const api::JsonTree* const before = tree.find("before");
  if (some == nullptr) return Error{ErrorCode::web_malformed};
  File& file = files_[next_];
  for (const api::JsonTree& one : some->items) {
    file.text.append(redactor_.json(one)).append("\n");
    records_ += 1;
  }
  before_ = before == nullptr ? 0 : parse_decimal(before->text).value_or(0);
  if (before_ == 0 || some->items.empty() || records_ >= kMostRecords || file.text.size() >= kMostFile)
    end(Done{});
  return Done{};
}

void Collection::end(const Result<>& outcome) {
  errand_.reset();
  File& file = files_[next_++];
  const bool is_too_much = outcome && size() > kMostTogether;
  const auto failed = is_too_much ? std::optional(ErrorCode::file_too_large)
                      : outcome   ? std::nullopt
                                  : std::optional(outcome.error().code);
  file.state = failed ? State::failed : State::done;
  if (!failed) return;
  file.text.clear();
  file.problem = to_string(*failed);
}

api::TypedValues Collection::values() const {
  const api::OperationId operation = kCollectors[rows_[next_]].operation;
  api::TypedValues out(api::parameters_of(operation).size());
  if (operation != api::OperationId::records_find) return out;
  out[kFrom] = api::TypedValue::of(milliseconds_of(since_));
  out[kLimit] = api::TypedValue::of(std::uint64_t{kMostRecordsAtOnce});
  if (before_ != 0) out[kBefore] = api::TypedValue::of(before_);
  return out;
}

std::size_t Collection::size() const {
  std::size_t out = 0;
  for (const File& one : files_) out += one.text.size();
  return out;
}

}  // namespace gw::control
