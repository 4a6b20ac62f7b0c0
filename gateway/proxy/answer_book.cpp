#include "proxy/answer_book.h"

#include <algorithm>
#include <iterator>

#include "pki/ocsp.h"

namespace gw::proxy {
namespace {

using ipc::dial::InquiryFailed;
using ipc::dial::InquiryTrouble;
using std::chrono::hours;
using std::chrono::seconds;

/// Between half of an answer's time and these it is asked for again.
constexpr seconds kSoonestRefresh{60};
constexpr seconds kLatestRefresh = hours(12);
/// A revoked certificate may be on hold only (RFC 5280 5.3.1).
constexpr seconds kRevokedRefresh = hours(1);
/// After an answer, and after a failure: doubled with each one up to the longest.
constexpr seconds kShortestPause{2};
constexpr seconds kLongestPause{60};
/// A dialer that says nothing at all is waited for so much longer than it should take.
constexpr seconds kGrace{2};
/// Under way at once for refreshing; handshakes come on top.
constexpr std::ptrdiff_t kMostRefreshing = 8;

struct Row {
  InquiryTrouble trouble;
  const char* words;
};
/// In the order of the enumeration.
constexpr Row kRows[] = {
    {InquiryTrouble::unavailable, "the dialer of this tenant is not running"},
    {InquiryTrouble::too_many, "more inquiries at once than the dialer takes"},
    {InquiryTrouble::unresolved, "its name could not be resolved"},
    {InquiryTrouble::forbidden, "its name resolved only to addresses that must not be dialled"},
    {InquiryTrouble::refused, "it refused the connection"},
    {InquiryTrouble::silent, "it did not answer in time"},
    {InquiryTrouble::broken, "the connection ended before its answer did"},
    {InquiryTrouble::malformed, "what it sent is no HTTP answer"},
    {InquiryTrouble::status, "it answered with the HTTP status "},
    {InquiryTrouble::media, "what it sent is not application/ocsp-response"},
    {InquiryTrouble::too_large, "its answer is too large"},
};
constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(kRows); ++i)
    if (static_cast<std::size_t>(kRows[i].trouble) != i) return false;
  return std::size(kRows) == static_cast<std::size_t>(InquiryTrouble::too_large) + 1;
}
static_assert(in_order(), "a trouble without its words, or words out of their place");

std::string words_for(const InquiryFailed& failed) {
  std::string words = kRows[static_cast<std::size_t>(failed.trouble)].words;
  if (failed.trouble == InquiryTrouble::status) words += std::to_string(failed.status);
  return words;
}

seconds time_to_refresh(const pki::RevocationVerdict& verdict, model::CivilSeconds now) {
  const auto* good = std::get_if<pki::Good>(&verdict);
  if (good == nullptr) return kRevokedRefresh;
  return std::clamp((good->fresh_until - now) / 2, kSoonestRefresh, kLatestRefresh);
}

}  // namespace

/// Of one certificate; without an entry the book is full and there is no answer.
class AnswerBook::Watch final : public tls::StatusWatch {
 public:
  Watch(AnswerBook& book, Entry* entry) : book_(book), entry_(entry) {
    if (entry_ != nullptr) ++entry_->watchers;
  }
  ~Watch() override {
    if (entry_ == nullptr) return;
    --entry_->watchers;
    entry_->last_used = book_.clock_.now();
    std::erase(entry_->waiting, wake_);
  }
  Bytes answer() const override { return entry_ == nullptr ? Bytes() : Bytes(entry_->answer); }
  std::uint64_t answers() const override { return entry_ == nullptr ? 0 : entry_->answers; }
  bool is_asking() const override { return entry_ != nullptr && entry_->asking; }
  bool ask(sys::Wake* wake) override {
    if (entry_ == nullptr) return false;
    entry_->is_wanted = true;
    if (!book_.ask(*entry_)) return false;
    std::erase(entry_->waiting, wake_);
    wake_ = wake;
    if (wake_ != nullptr) entry_->waiting.push_back(wake_);
    return true;
  }

 private:
  AnswerBook& book_;
  Entry* entry_;
  sys::Wake* wake_ = nullptr;  // of who asked last; among those that wait, or was
};

class AnswerBook::Source final : public tls::StatusSource {
 public:
  Source(AnswerBook& book, Way way) : book_(book), way_(std::move(way)) {}
  std::unique_ptr<tls::StatusWatch> watch(pki::StatusQuestion question) override {
    return std::make_unique<Watch>(book_, book_.entry_of(way_, std::move(question)));
  }

 private:
  AnswerBook& book_;
  Way way_;
};

tls::StatusSourcePtr AnswerBook::source(model::Generation generation, const model::Service& service) {
  const model::Responder& asked = service.upstream.revocation.responder;
  return std::make_shared<Source>(
      *this, Way{generation, service.id, service.name, asked.server_name + ":" + std::to_string(asked.port),
                 std::min(kPatience, service.limits.handshake / 2)});
}

AnswerBook::Entry* AnswerBook::entry_of(const Way& way, pki::StatusQuestion question) {
  Key key(way.service_name + " " + way.responder, question.id);
  auto found = entries_.find(key);
  if (found == entries_.end()) {
    if (entries_.size() >= kMostEntries && !make_room()) return nullptr;
    found = entries_.try_emplace(std::move(key)).first;
    found->second.question = std::move(question);
  }
  Entry& entry = found->second;
  entry.way = way;
  // Nobody may have stood on it since it was due: whoever comes next has the newer one.
  if (!entry.answer.empty() && clock_.now() >= entry.due) ask(entry);
  return &entry;
}

/// Forgets whom nobody has watched for the longest time.
bool AnswerBook::make_room() {
  auto oldest = entries_.end();
  for (auto it = entries_.begin(); it != entries_.end(); ++it)
    if (it->second.watchers == 0 && !it->second.asking &&
        (oldest == entries_.end() || it->second.last_used < oldest->second.last_used))
      oldest = it;
  if (oldest == entries_.end()) return false;
  entries_.erase(oldest);
  return true;
}

bool AnswerBook::ask(Entry& entry) {
  if (entry.asking) return true;
  if (clock_.now() < entry.not_before) return false;
  entry.asking = true;
  entry.give_up = clock_.now() + entry.way.patience + kGrace;
  entry.inquiry.emplace(dialer_,
                        [this, &entry](DialClient::Inquiry::Answer came) { take(entry, std::move(came)); });
  dialer_.inquire(*entry.inquiry,
                  {entry.way.generation, entry.way.service, entry.way.patience, entry.question.request});
  return entry.asking;
}

void AnswerBook::take(Entry& entry, DialClient::Inquiry::Answer came) {
  entry.asking = false;
  if (const auto* failed = std::get_if<InquiryFailed>(&came))
    // What is our own dialer's says nothing of the responder.
    suffer(entry, words_for(*failed),
           failed->trouble <= InquiryTrouble::too_many ? kShortestPause : entry.pause * 2);
  else
    keep(entry, std::move(std::get<std::vector<std::uint8_t>>(came)));
  for (sys::Wake* wake : std::exchange(entry.waiting, {})) wake->signal();
}

/// In the place of the one before, unless it is worth nothing.
void AnswerBook::keep(Entry& entry, std::vector<std::uint8_t> answer) {
  const auto verdict =
      pki::judge_answer(answer, entry.question.certificate.get(), entry.question.issuer.get(), civil_now());
  if (const auto* unknown = std::get_if<pki::Unknown>(&verdict))
    return suffer(entry, pki::words_for(unknown->why), entry.pause * 2);
  if (is_older(entry, answer))
    return suffer(entry, "its answer is older than the one before", entry.pause * 2);
  entry.answer = std::move(answer);
  ++entry.answers;
  entry.due = clock_.now() + time_to_refresh(verdict, civil_now());
  entry.not_before = clock_.now() + kShortestPause;
  entry.pause = {};
  if (std::exchange(entry.troubled, false)) tell(EventId::responder_answers, entry, {});
  if (entry.watchers > 0) news_();
}

/// Answers come in the clear: an old one takes nothing back that was known since.
bool AnswerBook::is_older(const Entry& entry, Bytes answer) const {
  const X509* const certificate = entry.question.certificate.get();
  X509* const issuer = entry.question.issuer.get();
  if (entry.answer.empty() ||
      std::holds_alternative<pki::Unknown>(pki::judge_answer(entry.answer, certificate, issuer, civil_now())))
    return false;
  return pki::said_at(answer, certificate, issuer) < pki::said_at(entry.answer, certificate, issuer);
}

void AnswerBook::suffer(Entry& entry, const std::string& why, seconds pause) {
  entry.pause = std::clamp(pause, kShortestPause, kLongestPause);
  entry.not_before = clock_.now() + entry.pause;
  if (!std::exchange(entry.troubled, true)) tell(EventId::responder_silent, entry, why);
}

void AnswerBook::tell(EventId id, const Entry& entry, const std::string& detail) {
  Event event(id);
  event.add(Field::service, entry.way.service_name).add(Field::server_name, entry.way.responder);
  if (!detail.empty()) event.add(Field::detail, detail);
  records_.write(event);
}

void AnswerBook::sweep() {
  const Instant now = clock_.now();
  auto under_way =
      std::count_if(entries_.begin(), entries_.end(), [](const auto& each) { return each.second.asking; });
  for (auto& [key, entry] : entries_) {
    if (entry.asking && now >= entry.give_up) {
      entry.inquiry.reset();
      take(entry, InquiryFailed{InquiryTrouble::silent});
    } else if (!entry.asking && entry.is_wanted && entry.watchers > 0 && now >= entry.due &&
               under_way < kMostRefreshing) {
      if (ask(entry)) ++under_way;
    }
  }
}

model::CivilSeconds AnswerBook::civil_now() const {
  return std::chrono::floor<seconds>(clock_.civil_now()).time_since_epoch();
}

}  // namespace gw::proxy
