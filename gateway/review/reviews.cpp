#include "review/reviews.h"

#include <algorithm>
#include <array>

#include "accounts/typed.h"
#include "base/jst.h"
#include "base/text.h"
#include "pki/certificate.h"

namespace gw::review {
namespace {

constexpr std::array<std::string_view, 4> kStates = {"running", "due", "overdue", "done"};
constexpr std::size_t kMostQuarters = 400;  // a century of them

/// Lines, each of which can be shown.
bool is_prose(std::string_view text) {
  for (std::size_t end; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1))
    if (!accounts::is_line(text.substr(0, end), kMostComment)) return false;
  return accounts::is_line(text, kMostComment);
}

std::optional<Error> unsuitable(const Review& review) {
  const auto error = [](const char* why) { return Error{ErrorCode::review_unsuitable, why}; };
  if (review.last < review.first || (review.first == 0) != (review.last == 0))
    return error("records: the first and the last number, or none of both");
  if (review.comment.empty())
    return error("comment: say in a sentence what was found, even if it was nothing");
  if (review.comment.size() > kMostComment) return error("comment: at most 2000 octets");
  if (!is_prose(review.comment)) return error("comment: UTF-8 without control characters");
  if (review.findings.size() > kMostFindings) return error("findings: at most 200");
  for (const std::string& one : review.findings)
    if (one.empty() || !accounts::is_line(one, kMostFinding))
      return error("findings: each is a line of 1 to 128 octets");
  return std::nullopt;
}

}  // namespace

/// One finding by itself, for lists.
struct Finding {
  std::string text{};
};
template <class Io>
void visit(Io& io, Finding& one) {
  io.text(one.text, kMostFinding);
}
template <class Io>
void visit(Io& io, SignedReview& one) {
  io.text(one.quarter, 16);
  io.field(one.review.first);
  io.field(one.review.last);
  io.field(one.review.link);
  std::vector<Finding> findings;
  for (const std::string& text : one.review.findings) findings.push_back({text});
  io.list(findings, kMostFindings);
  one.review.findings.clear();
  for (const Finding& finding : findings) one.review.findings.push_back(finding.text);
  io.text(one.review.comment, kMostComment);
  io.field(one.account);
  io.text(one.signer, 128);
  io.text(one.role, 32);
  auto ticks = one.when.time_since_epoch();
  io.field(ticks);
  one.when = CivilTime(ticks);
  io.field(one.is_late);
}

std::string text_of(const SignedReview& one) {
  std::string out = "sekisho review 1\nquarter " + one.quarter + "\n";
  out += "records " + std::to_string(one.review.first) + " " + std::to_string(one.review.last) + "\n";
  out += "link " + to_hex(one.review.link) + "\n";
  for (const std::string& finding : one.review.findings) {
    out += "finding ";
    append_json_string(out, finding);
    out += "\n";
  }
  out += "comment ";
  append_json_string(out, one.review.comment);
  out += "\nsigner " + std::to_string(one.account) + " " + one.signer + " " + one.role + "\n";
  out += "signed " + audit::to_jst(one.when) + (one.is_late ? " late" : "") + "\n";
  return out;
}

std::string_view to_string(Standing::State state) { return kStates[static_cast<std::size_t>(state)]; }

Result<std::optional<SignedReview>> Reviews::find(const Quarter& quarter) {
  GW_TRY(auto row, database_->prepare("SELECT body FROM reviews WHERE quarter = ?1"));
  row.bind(1, std::string_view(quarter.to_text()));
  GW_TRY(const bool is_there, row.step());
  if (!is_there) return std::optional<SignedReview>();
  auto review = decode<SignedReview>(row.octets(0));
  if (!review) return Error{ErrorCode::store_damaged, "a signed review in the database cannot be read"};
  return std::optional<SignedReview>(*std::move(review));
}

Result<Standing> Reviews::standing_of(const Quarter& quarter) {
  Standing out{quarter, Standing::State::running, quarter.ends() + kSignWithin};
  GW_TRY(const auto done, find(quarter));
  const CivilTime now = clock_->civil_now();
  if (done)
    out.state = Standing::State::done;
  else if (now >= out.until)
    out.state = Standing::State::overdue;
  else if (now >= quarter.ends())
    out.state = Standing::State::due;
  return out;
}

Result<std::vector<Standing>> Reviews::standings(std::size_t most) {
  std::vector<Quarter> quarters;
  const Quarter last = Quarter::of(clock_->civil_now());
  for (Quarter one = Quarter::of(since_); one <= last && quarters.size() < kMostQuarters; one = one.next())
    quarters.push_back(one);
  std::vector<Standing> out;
  for (auto one = quarters.rbegin(); one != quarters.rend() && out.size() < most; ++one) {
    GW_TRY(const Standing standing, standing_of(*one));
    out.push_back(standing);
  }
  return out;
}

Result<std::vector<Standing>> Reviews::open() {
  GW_TRY(auto all, standings(kMostQuarters));
  std::erase_if(all, [](const Standing& one) {
    return one.state == Standing::State::running || one.state == Standing::State::done;
  });
  std::ranges::reverse(all);
  return all;
}

Result<SignedReview> Reviews::sign(const Actor& actor, const Quarter& quarter, const Review& review,
                                   Told& told) {
  GW_TRY(accounts::authorise(actor, accounts::Operation::review_sign, told));
  if (quarter < Quarter::of(since_))
    return Error{ErrorCode::review_unknown, "the box was not in service in " + quarter.to_text()};
  GW_TRY(const Standing standing, standing_of(quarter));
  if (standing.state == Standing::State::running)
    return Error{ErrorCode::review_not_over,
                 quarter.to_text() + " is not over; nobody signs for what is to come"};
  if (standing.state == Standing::State::done)
    return Error{ErrorCode::review_signed_already, quarter.to_text()};
  if (auto error = unsuitable(review)) return *std::move(error);
  const SignedReview out{quarter.to_text(),
                         review,
                         actor.account.number(),
                         actor.name,
                         std::string(accounts::to_string(actor.role)),
                         clock_->civil_now(),
                         standing.state == Standing::State::overdue};
  GW_TRY(auto row, database_->prepare("INSERT INTO reviews VALUES(?1, ?2)"));
  const auto body = encode(out);
  GW_TRY(row.bind(1, std::string_view(out.quarter)).bind(2, Bytes(body)).run());
  told.push_back(accounts::told_of(EventId::review_signed, actor)
                     .add(Field::object, out.quarter)
                     .add(Field::first, review.first)
                     .add(Field::last, review.last)
                     .add(Field::link_last, to_hex(review.link))
                     .add(Field::count, std::uint64_t{review.findings.size()})
                     .add(Field::digest, to_hex(pki::sha256_of(as_bytes(text_of(out)))))
                     .add(Field::result, out.is_late ? "late" : "done"));
  return out;
}

/// True: it was not yet.
Result<bool> Reviews::remind(const Quarter& quarter, std::string_view kind) {
  GW_TRY(auto known, database_->prepare("SELECT 1 FROM review_reminders WHERE quarter = ?1 AND kind = ?2"));
  known.bind(1, std::string_view(quarter.to_text())).bind(2, kind);
  GW_TRY(const bool is_known, known.step());
  known.reset();
  if (is_known) return false;
  GW_TRY(auto row, database_->prepare("INSERT INTO review_reminders VALUES(?1, ?2)"));
  GW_TRY(row.bind(1, std::string_view(quarter.to_text())).bind(2, kind).run());
  return true;
}

Result<> Reviews::tick(Told& told) {
  GW_TRY(const auto waiting, open());
  for (const Standing& one : waiting) {
    GW_TRY(const bool is_new, remind(one.quarter, to_string(one.state)));
    if (!is_new) continue;
    const bool is_overdue = one.state == Standing::State::overdue;
    const auto until = std::chrono::floor<std::chrono::seconds>(one.until.time_since_epoch());
    told.push_back(Event(is_overdue ? EventId::review_overdue : EventId::review_due)
                       .add(Field::object, one.quarter.to_text())
                       .add(Field::detail, "to be signed before " + to_jst_text(until)));
  }
  return Done{};
}

}  // namespace gw::review
