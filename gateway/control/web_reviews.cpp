// The months' summaries, the quarterly reviews, the rules nobody uses, and the stock-take of accounts
// (LOG-06, WLS-06, ADM-07).

#include "base/json.h"
#include "base/text.h"
#include "control/account_waits.h"
#include "control/web_handlers.h"
#include "pki/certificate.h"

namespace gw::control::web {
namespace {

constexpr std::size_t kMostMonths = 120, kMostQuarters = 40;

Result<std::string> json_of(const review::Standing& standing, ReviewOffice& office) {
  GW_TRY(const auto signed_one, office.reviews().find(standing.quarter));
  review::Review range;
  if (signed_one) {
    range = signed_one->review;
  } else {
    GW_TRY(range, office.range_of(standing.quarter));
  }
  JsonObject out;
  out.text("quarter", standing.quarter.to_text())
      .text("state", to_string(standing.state))
      .text("until", time_text(standing.until))
      .number("first", range.first)
      .number("last", range.last)
      .text("link", to_hex(range.link));
  if (signed_one) out.text("signed", text_of(*signed_one));
  return out.take();
}

std::string json_of(const model::RuleRoll::Row& row, const review::RuleUse& use, CivilTime now) {
  std::vector<std::string> terminals;
  for (const auto& one : row.terminals) terminals.push_back(one.text);
  const CivilTime idle_since = use.last_used().at(name_of(row));
  JsonObject out;
  out.text("tenant", row.tenant)
      .text("rule", row.rule)
      .text("service", row.service)
      .text("server_name", row.server_name)
      .number("port", row.port)
      .flag("all_terminals", row.all)
      .raw("terminals", json_texts(terminals));
  if (row.until.count() != 0) out.text("until", time_text(CivilTime(row.until)));
  return out.text("idle_since", time_text(idle_since))
      .flag("unused", review::RuleUse::is_unused(idle_since, now))
      .text("mode", model::to_string(row.mode))
      .take();
}

std::string json_of(const model::RuleRoll::Exception& one, CivilTime now) {
  const CivilTime until{one.until};
  return JsonObject()
      .text("tenant", one.tenant)
      .text("service", one.service)
      .text("what", to_string(one.what))
      .text("until", time_text(until))
      .flag("ended", now >= until)
      .text("reason", one.reason)
      .text("approver", one.approver)
      .take();
}

std::string json_of(const model::RuleRoll::Door& door) {
  std::vector<std::string> services;
  for (const auto& one : door.services) services.push_back(one.text);
  return JsonObject()
      .text("tenant", door.tenant)
      .text("listener", door.listener)
      .text("segment", door.segment)
      .text("address", door.endpoint.address.to_text())
      .number("port", door.endpoint.port)
      .raw("services", json_texts(services))
      .take();
}

/// What a stock-take is of: each account, its person, its role and whether it is in use.
std::string stock_of(const std::vector<accounts::AccountSummary>& all) {
  std::string out;
  for (const accounts::AccountSummary& one : all)
    out.append(one.name)
        .append("\t")
        .append(one.person)
        .append("\t")
        .append(to_string(one.role))
        .append("\t")
        .append(to_string(one.state))
        .append("\n");
  return out;
}

}  // namespace

Result<WebAnswer> summaries_list(const WebAsk&, const WebAround& around) {
  GW_TRY(const auto months, around.reviews.months(kMostMonths));
  return WebAnswer{.json = JsonObject().raw("months", json_texts(months)).take()};
}

Result<WebAnswer> summaries_show(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const MonthInWords words, around.reviews.month(ask.text(0)));
  return WebAnswer{.json = JsonObject()
                               .text("month", words.month)
                               .flag("is_over", words.is_over)
                               .number("first", words.first)
                               .number("last", words.last)
                               .text("link", to_hex(words.link))
                               .text("english", words.english)
                               .text("japanese", words.japanese)
                               .raw("summary", words.json)
                               .take()};
}

Result<WebAnswer> rules_list(const WebAsk&, const WebAround& around) {
  const RuleBook& book = around.reviews.rules();
  const CivilTime now = around.clock.civil_now();
  std::vector<std::string> rules, doors, exceptions;
  for (const auto& row : book.rules().rows) rules.push_back(json_of(row, book.use(), now));
  for (const auto& door : book.rules().doors) doors.push_back(json_of(door));
  for (const auto& one : book.rules().exceptions) exceptions.push_back(json_of(one, now));
  return WebAnswer{.json = JsonObject()
                               .raw("rules", json_list(rules))
                               .raw("doors", json_list(doors))
                               .raw("exceptions", json_list(exceptions))
                               .take()};
}

Result<WebAnswer> reviews_list(const WebAsk&, const WebAround& around) {
  GW_TRY(const auto standings, around.reviews.reviews().standings(kMostQuarters));
  std::vector<std::string> objects;
  for (const review::Standing& one : standings) {
    GW_TRY(std::string object, json_of(one, around.reviews));
    objects.push_back(std::move(object));
  }
  JsonObject out;
  out.raw("reviews", json_list(objects));
  GW_TRY(const auto taken, around.store.keepsake(kStockTaken));
  if (taken) out.text("stock_taken", *taken);
  return WebAnswer{.json = out.take()};
}

/// `link` is that of the last record he saw: nobody signs for records that came meanwhile.
Result<WebAnswer> reviews_sign(const WebAsk& ask, const WebAround& around) {
  const auto quarter = review::Quarter::parse(ask.text(0));
  if (!quarter) return Error{ErrorCode::review_unknown, "a quarter is written as 2026-Q4"};
  GW_TRY(review::Review wanted, around.reviews.range_of(*quarter));
  if (to_hex(wanted.link) != to_lower(ask.text(1)))
    return Error{ErrorCode::review_unsuitable, "link: it is not that of the quarter's last record"};
  wanted.comment = ask.text(2);
  wanted.findings = ask.items(3);
  GW_TRY(const auto done, around.reviews.reviews().sign(ask.actor, *quarter, wanted, ask.told));
  return WebAnswer{.json = JsonObject().text("quarter", done.quarter).text("signed", text_of(done)).take()};
}

Result<WebAnswer> accounts_stock_take(const WebAsk& ask, const WebAround& around) {
  GW_TRY(const auto all, around.accounts.list(ask.actor, ask.told));
  GW_TRY(around.store.keep_keepsake(kStockTaken, time_text(around.clock.civil_now())));
  ask.told.push_back(accounts::told_of(EventId::account_stock_taken, ask.actor)
                         .add(Field::count, std::uint64_t{all.size()})
                         .add(Field::digest, to_hex(pki::sha256_of(as_bytes(stock_of(all)))))
                         .add(Field::result, "done"));
  return WebAnswer{};
}

}  // namespace gw::control::web
