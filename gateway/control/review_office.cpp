#include "control/review_office.h"

#include <algorithm>

#include "audit/read_line.h"
#include "base/text.h"

namespace gw::control {
namespace {

constexpr std::size_t kAtOnce = 200;
constexpr std::chrono::minutes kRemindEvery{1};
constexpr std::chrono::seconds kRetryEvery{10};
/// Records of a month's last seconds may wait that long until they are written down.
constexpr std::chrono::minutes kGrace{5};
constexpr const char *kInService = "in service since", *kMonthBegins = "month begins with record";

Error unknown(std::string_view month) {
  return {ErrorCode::review_unknown, "nothing was recorded in " + std::string(month)};
}

MonthInWords in_words(const review::Summary& summary, bool is_over) {
  return {review::to_text(summary.month),
          summary.first,
          summary.last,
          summary.link,
          text_of(summary, Language::english),
          text_of(summary, Language::japanese),
          json_of(summary),
          is_over};
}

}  // namespace

Result<ReviewOffice> ReviewOffice::open(RecordStore& store, Chronicle& chronicle, const Clock& clock) {
  GW_TRY(auto kept, store.keepsake(kInService));
  if (!kept) {
    GW_TRY(const auto oldest, store.oldest());
    const auto now = std::chrono::floor<std::chrono::milliseconds>(clock.civil_now().time_since_epoch());
    kept = std::to_string(std::min(oldest.value_or(now), now).count());
    GW_TRY(store.keep_keepsake(kInService, *kept));
  }
  const auto since = parse_decimal(*kept);
  if (!since) return Error{ErrorCode::store_damaged, kInService};
  GW_TRY(auto rules, RuleBook::open(store, clock));
  ReviewOffice office(store, chronicle, clock, CivilTime(std::chrono::milliseconds(*since)),
                      std::move(rules));
  GW_TRY(office.look());
  return office;
}

Result<> ReviewOffice::look() {
  GW_TRY(const auto kept, store_->keepsake(kMonthBegins));
  next_ = std::max(kept ? parse_decimal(*kept).value_or(1) : 1, store_->first());
  return Done{};
}

Result<> ReviewOffice::tick() {
  Result<> outcome = attend();
  if (!outcome) retry_due_ = clock_->now() + kRetryEvery;
  return outcome;
}

Result<> ReviewOffice::attend() {
  if (clock_->now() >= reminded_due_) {
    reminded_due_ = clock_->now() + kRemindEvery;
    accounts::Told told;
    GW_TRY(reviews_.tick(told));
    chronicle_->write(std::move(told));
    if (summing_ && !is_behind() && review::month_of(clock_->civil_now() - kGrace) > month_)
      GW_TRY(end_month());
  }
  return is_behind() ? add_up() : Result<>(Done{});
}

/// Months follow each other; a record that a clock which was wrong has put into an earlier one is passed
/// over.
Result<> ReviewOffice::add_up() {
  GW_TRY(const auto records, store_->read(next_, kAtOnce));
  if (records.empty()) next_ = store_->last() + 1;
  for (const RecordStore::Kept& one : records) {
    const auto read = audit::read_line(one.line);
    const auto month = read ? review::month_of(read->record.time) : month_;
    if (!summing_) begin(month);
    if (read && month > month_) {
      GW_TRY(end_month());
      begin(month);
    }
    next_ = one.number + 1;
    if (!read) continue;
    summing_->take(one.number, read->record, one.link);
    rules_.take(read->record);
  }
  return Done{};
}

/// Together with the record of it. The next month begins behind what was added up.
Result<> ReviewOffice::end_month() {
  const MonthInWords words = in_words(summing_->finish(rules_.unused()), true);
  const Event told[] = {Event(EventId::review_summed)
                            .add(Field::object, words.month)
                            .add(Field::first, words.first)
                            .add(Field::last, words.last)
                            .add(Field::digest, to_hex(pki::sha256_of(as_bytes(words.json))))};
  GW_TRY(chronicle_->write(told, [&]() -> Result<> {
    GW_TRY(auto row,
           store_->database().prepare("INSERT OR IGNORE INTO summaries VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
    row.bind(1, std::string_view(words.month)).bind(2, words.first).bind(3, words.last);
    row.bind(4, Bytes(words.link)).bind(5, std::string_view(words.english));
    row.bind(6, std::string_view(words.japanese)).bind(7, std::string_view(words.json));
    GW_TRY(row.run());
    GW_TRY(rules_.keep());
    return store_->keep_keepsake(kMonthBegins, std::to_string(next_));
  }));
  summing_.reset();
  return Done{};
}

Result<std::vector<std::string>> ReviewOffice::months(std::size_t most) {
  std::vector<std::string> out;
  if (summing_) out.push_back(review::to_text(month_));
  GW_TRY(auto rows, store_->database().prepare("SELECT month FROM summaries ORDER BY month DESC LIMIT ?1"));
  rows.bind(1, std::uint64_t{most});
  while (out.size() < most) {
    GW_TRY(const bool is_there, rows.step());
    if (!is_there) break;
    out.emplace_back(rows.text(0));
  }
  return out;
}

Result<MonthInWords> ReviewOffice::month(std::string_view month) {
  if (summing_ && month == review::to_text(month_)) return in_words(summing_->finish(rules_.unused()), false);
  GW_TRY(auto row, store_->database().prepare(
                       "SELECT first, last, link, english, japanese, json FROM summaries WHERE month = ?1"));
  GW_TRY(const bool is_there, row.bind(1, month).step());
  if (!is_there) return unknown(month);
  MonthInWords out{std::string(month), row.number(0), row.number(1)};
  const Bytes link = row.octets(2);
  std::copy_n(link.begin(), std::min(link.size(), out.link.size()), out.link.begin());
  out.english = row.text(3);
  out.japanese = row.text(4);
  out.json = row.text(5);
  out.is_over = true;
  return out;
}

review::Summary ReviewOffice::running() const {
  return summing_ ? summing_->finish(rules_.unused()) : review::Summary();
}

Result<review::Review> ReviewOffice::range_of(const review::Quarter& quarter) {
  review::Review out;
  for (std::chrono::year_month one = review::month_of(quarter.begins());
       one < review::month_of(quarter.ends()); one += std::chrono::months(1)) {
    const auto words = month(review::to_text(one));
    if (!words && words.error().code == ErrorCode::review_unknown) continue;
    GW_TRY(words);
    if (words->last == 0) continue;
    if (out.first == 0) out.first = words->first;
    out.last = words->last;
    out.link = words->link;
  }
  return out;
}

}  // namespace gw::control
