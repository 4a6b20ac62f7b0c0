#include "incidents/contacts.h"

#include <algorithm>
#include <map>

#include "accounts/typed.h"

namespace gw::incidents {
namespace {

using accounts::Operation;
using accounts::told_of;

constexpr std::string_view kStated = "stated", kTried = "tried", kWarned = "warned";

std::uint64_t milliseconds_of(CivilTime time) {
  return static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count());
}
CivilTime time_of(std::uint64_t milliseconds) { return CivilTime(std::chrono::milliseconds(milliseconds)); }

Error unsuitable(std::string why) { return {ErrorCode::contact_unsuitable, std::move(why)}; }

Event about(Event event, const ContactKey& key) {
  return event.add(Field::object, "contact " + to_string(key));
}

std::optional<Error> unsuitable_line(std::string_view text, const char* what, std::size_t least) {
  if (text.size() >= least && accounts::is_line(text, Contacts::kMostWay)) return std::nullopt;
  return unsuitable(std::string(what) + ": one line of " + std::to_string(least) + " to " +
                    std::to_string(Contacts::kMostWay) + " octets");
}

std::optional<Error> unsuitable_ways(const Ways& ways) {
  if (const auto error = unsuitable_line(ways.desk, "desk", 1)) return error;
  if (const auto error = unsuitable_line(ways.main, "main", 1)) return error;
  if (const auto error = unsuitable_line(ways.alternative, "alternative", 0)) return error;
  if (ways.alternative == ways.main)
    return unsuitable("alternative: it is the same as main; name another way, or leave it empty");
  return unsuitable_line(ways.hours, "hours", 0);
}

}  // namespace

/// As the table has it.
struct Contacts::Row {
  ContactKey key{};
  std::string kind{};
  CivilTime written{};
  std::uint64_t account = 0;
  std::string by{};
  Ways ways{};          // of kStated
  CivilTime at{};       // of kTried when that was, of kWarned what was due
  bool works = false;   // of kTried
  std::string words{};  // likewise

  void apply_to(Contact& contact) const {
    if (kind == kStated) {
      if (!contact.ways || !contact.ways->is_same_way(ways)) {
        contact.worked.reset();
        contact.since = std::chrono::floor<std::chrono::minutes>(written);  // as people write times
      }
      contact.ways = ways;
      contact.stated = written;
    }
    if (kind != kTried) return;
    if (works && at >= contact.since && at >= contact.worked.value_or(at)) contact.worked = at;
    if (at < contact.tried.value_or(at)) return;  // it was written down late
    contact.tried = at;
    contact.found = words;
  }
};

CivilTime Contacts::now() const { return std::chrono::floor<std::chrono::milliseconds>(clock_->civil_now()); }

Result<std::vector<Contacts::Row>> Contacts::rows() {
  GW_TRY(auto found, database_->prepare("SELECT contact, kind, written, desk, main, alternative, hours, at, "
                                        "works, words FROM contact_entries ORDER BY number"));
  std::vector<Row> out;
  for (;;) {
    GW_TRY(const bool is_there, found.step());
    if (!is_there) return out;
    const auto key = parse_contact(found.text(0));
    if (!key) continue;  // of a version that comes after this one
    out.push_back({.key = *key,
                   .kind = std::string(found.text(1)),
                   .written = time_of(found.number(2)),
                   .ways = {std::string(found.text(3)), std::string(found.text(4)),
                            std::string(found.text(5)), std::string(found.text(6))},
                   .at = time_of(found.number(7)),
                   .works = found.number(8) != 0,
                   .words = std::string(found.text(9))});
  }
}

Result<std::vector<Contact>> Contacts::known() {
  GW_TRY(const auto all, rows());
  std::map<ContactKey, Contact> out;
  for (const Row& one : all) {
    Contact& contact = out[one.key];
    contact.key = one.key;
    one.apply_to(contact);
  }
  std::vector<Contact> contacts;
  for (auto& [key, contact] : out) contacts.push_back(std::move(contact));
  return contacts;
}

Result<std::vector<Contact>> Contacts::list(std::span<const std::string> services) {
  GW_TRY(auto out, known());
  const auto add = [&](const ContactKey& key) {
    if (std::ranges::find(out, key, &Contact::key) == out.end()) out.push_back({.key = key});
  };
  for (std::size_t i = 0; i < kParties; ++i)
    if (const auto party = static_cast<Party>(i); party != Party::service) add({party, {}});
  for (const std::string& service : services) add({Party::service, service});
  std::ranges::sort(out, {}, &Contact::key);
  return out;
}

Result<> Contacts::put(const Row& row, const Event& told) {
  const Event events[] = {told};
  return chain_(events, [&](std::uint64_t record) -> Result<> {
    GW_TRY(auto entry, database_->prepare("INSERT INTO contact_entries(contact, kind, written, account, by, "
                                          "desk, main, alternative, hours, at, works, words, record) "
                                          "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"));
    const std::string key = to_string(row.key);
    entry.bind(1, std::string_view(key)).bind(2, std::string_view(row.kind));
    entry.bind(3, milliseconds_of(row.written)).bind(4, row.account).bind(5, std::string_view(row.by));
    entry.bind(6, std::string_view(row.ways.desk)).bind(7, std::string_view(row.ways.main));
    entry.bind(8, std::string_view(row.ways.alternative)).bind(9, std::string_view(row.ways.hours));
    entry.bind(10, milliseconds_of(row.at)).bind(11, std::uint64_t{row.works});
    return entry.bind(12, std::string_view(row.words)).bind(13, record).run();
  });
}

Result<> Contacts::state(const Actor& actor, const ContactKey& key, const Ways& ways, Told& told) {
  GW_TRY(accounts::authorise(actor, Operation::incident_keep, told));
  if (const auto error = unsuitable_ways(ways)) return *error;
  GW_TRY(const auto all, known());
  const bool is_new = std::ranges::find(all, key, &Contact::key) == all.end();
  if (is_new && all.size() >= kMostContacts)
    return unsuitable("there is room for " + std::to_string(kMostContacts) + " contacts");
  const Row row{.key = key,
                .kind = std::string(kStated),
                .written = now(),
                .account = actor.account.number(),
                .by = actor.name,
                .ways = ways};
  return put(row, about(told_of(EventId::contact_stated, actor), key).add(Field::result, "done"));
}

Result<> Contacts::tried(const Actor& actor, const ContactKey& key, const Trial& trial, Told& told) {
  GW_TRY(accounts::authorise(actor, Operation::incident_keep, told));
  if (trial.words.empty() || !accounts::is_line(trial.words, kMostWords))
    return unsuitable("note: one line of 1 to " + std::to_string(kMostWords) + " octets");
  GW_TRY(const auto all, known());
  const auto found = std::ranges::find(all, key, &Contact::key);
  if (found == all.end() || !found->ways)
    return unsuitable("contact: nobody has written down how " + to_string(key) + " is reached");
  const CivilTime at = trial.at == CivilTime{} ? now() : trial.at;
  if (at > now()) return unsuitable("at: it lies ahead");
  if (at < found->since)
    return unsuitable("at: these ways were written down later, at " + to_timestamp(found->since) +
                      "; try them and say when");
  const Row row{.key = key,
                .kind = std::string(kTried),
                .written = now(),
                .account = actor.account.number(),
                .by = actor.name,
                .at = at,
                .works = trial.works,
                .words = trial.words};
  return put(row, about(told_of(EventId::contact_tested, actor), key)
                      .add(Field::result, trial.works ? "works" : "does_not_work"));
}

Result<> Contacts::tick() {
  GW_TRY(const auto all, rows());
  GW_TRY(const auto contacts, known());
  for (const Contact& one : contacts) {
    if (!one.is_overdue(now())) continue;
    const bool is_told = std::ranges::any_of(all, [&](const Row& row) {
      return row.kind == kWarned && row.key == one.key && row.at == *one.due();
    });
    if (is_told) continue;
    const Row row{.key = one.key, .kind = std::string(kWarned), .written = now(), .at = *one.due()};
    GW_TRY(put(
        row,
        about(Event(EventId::contact_test_overdue), one.key).add(Field::until, to_timestamp(*one.due()))));
  }
  return Done{};
}

}  // namespace gw::incidents
