#include "setup/setup.h"

#include "accounts/typed.h"
#include "base/text.h"
#include "pki/certificate.h"

namespace gw::setup {
namespace {

constexpr std::string_view kStates[] = {"done", "open", "waiting"};

std::uint64_t milliseconds_of(CivilTime time) {
  return static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count());
}
CivilTime time_of(std::uint64_t milliseconds) { return CivilTime(std::chrono::milliseconds(milliseconds)); }

Error out_of_order(Step step, std::string_view why) {
  return {ErrorCode::setup_out_of_order, std::string(to_string(step)) + ": " + std::string(why)};
}

bool is_done(const Standing& one) {
  if (done_by(one.step) == DoneBy::reported || !one.findings.empty()) return false;
  return done_by(one.step) == DoneBy::found || one.word;
}

}  // namespace

std::string_view to_string(Standing::State state) { return kStates[static_cast<std::size_t>(state)]; }
std::string Report::digest() const { return to_hex(pki::sha256_of(as_bytes(text))); }

Result<std::optional<Word>> Setup::word_of(Step step) {
  GW_TRY(auto row, database_->prepare("SELECT stated, by, at FROM setup_steps WHERE step = ?1"));
  GW_TRY(const bool is_there, row.bind(1, to_string(step)).step());
  if (!is_there) return std::optional<Word>();
  return std::optional(Word{std::string(row.text(0)), std::string(row.text(1)), time_of(row.number(2))});
}

Result<std::vector<Standing>> Setup::standings(const Findings& findings) {
  GW_TRY(const auto made, report());
  std::vector<Standing> out;
  bool is_open = true;
  for (std::size_t i = 0; i < kSteps; ++i) {
    Standing one{.step = static_cast<Step>(i)};
    GW_TRY(one.word, word_of(one.step));
    if (!made) {
      one.findings = findings[one.step];
      if (!is_done(one)) one.state = is_open ? Standing::State::open : Standing::State::waiting;
      is_open = is_open && one.state == Standing::State::done;
    }
    out.push_back(std::move(one));
  }
  return out;
}

Result<> Setup::all_before(Step step, const Findings& findings) {
  GW_TRY(const auto made, report());
  if (made) return Error{ErrorCode::setup_over};
  GW_TRY(const auto all, standings(findings));
  for (const Standing& one : all) {
    if (one.step == step) break;
    if (one.state != Standing::State::done)
      return out_of_order(one.step, one.findings.empty() ? "not done yet" : one.findings.front());
  }
  return Done{};
}

Result<> Setup::state(const Actor& actor, Step step, std::string_view stated, const Findings& findings,
                      Told& told) {
  GW_TRY(accounts::authorise(actor, accounts::Operation::setup, told));
  if (done_by(step) != DoneBy::stated) return out_of_order(step, "nobody states that");
  GW_TRY(all_before(step, findings));
  if (!findings[step].empty()) return out_of_order(step, findings[step].front());
  const std::string words = accounts::one_line(stated, kMostStated);
  GW_TRY(const auto before, word_of(step));
  if (before && before->stated == words) return Done{};
  GW_TRY(auto row, database_->prepare("INSERT OR REPLACE INTO setup_steps VALUES(?1, ?2, ?3, ?4)"));
  row.bind(1, to_string(step)).bind(2, std::string_view(words)).bind(3, std::string_view(actor.name));
  GW_TRY(row.bind(4, milliseconds_of(clock_->civil_now())).run());
  told.push_back(accounts::told_of(EventId::setup_step_done, actor)
                     .add(Field::object, to_string(step))
                     .add(Field::detail, words)
                     .add(Field::result, "done"));
  return Done{};
}

Result<> Setup::may_finish(const Findings& findings) { return all_before(Step::report, findings); }

Result<> Setup::finish(const Actor& actor, const Report& report, const Findings& findings, Told& told) {
  GW_TRY(accounts::authorise(actor, accounts::Operation::setup, told));
  GW_TRY(may_finish(findings));
  GW_TRY(auto row, database_->prepare("INSERT INTO setup_report VALUES(1, ?1, ?2, ?3)"));
  row.bind(1, std::string_view(report.by)).bind(2, milliseconds_of(report.at));
  GW_TRY(row.bind(3, std::string_view(report.text)).run());
  told.push_back(accounts::told_of(EventId::setup_finished, actor)
                     .add(Field::digest, report.digest())
                     .add(Field::result, "done"));
  return Done{};
}

Result<std::optional<Report>> Setup::report() {
  GW_TRY(auto row, database_->prepare("SELECT by, at, report FROM setup_report"));
  GW_TRY(const bool is_there, row.step());
  if (!is_there) return std::optional<Report>();
  return std::optional(Report{std::string(row.text(0)), time_of(row.number(1)), std::string(row.text(2))});
}

}  // namespace gw::setup
