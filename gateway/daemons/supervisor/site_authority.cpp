#include "site_authority.h"

#include <unistd.h>

#include <algorithm>

#include "base/codec.h"
#include "ipc/inherited.h"
#include "sys/durable_file.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

using Verb = model::SiteOrder::Verb;
using ipc::compartment::Trade;
using ipc::site::Msg;

constexpr const char* kStore = "site-ca";
constexpr const char* kList = "site-ca.crl";
constexpr const char* kBlocks = "site-ca.blocks";
constexpr std::size_t kMostStore = 64u << 20;
constexpr std::size_t kMostWaiting = 64;
constexpr std::chrono::minutes kAfterStart{1};
constexpr std::chrono::hours kBetweenLooks{24};
constexpr std::chrono::seconds kMostWork{60};  // a slow TPM makes a key

/// What of an order is more than the registrar's business.
struct Row {
  Verb verb;
  Trade trade;
  bool needs_terminal;             ///< one that the configuration in force knows
  bool changes;                    ///< there is something to keep afterwards
  std::optional<EventId> event{};  ///< that is written when it is carried out
};
// clang-format off
constexpr Row kRows[] = {
    // order         what keyd is asked for     terminal changes
    {Verb::found,    Trade::found_authority,    false,   true,  EventId::site_ca_made},
    {Verb::request,  Trade::found_authority,    false,   true},
    {Verb::adopt,    Trade::found_authority,    false,   true,  EventId::site_ca_made},
    {Verb::enrol,    Trade::certify_terminals,  true,    true,  EventId::terminal_certified},
    {Verb::renew,    Trade::certify_terminals,  true,    true,  EventId::terminal_certified},
    {Verb::replace,  Trade::certify_terminals,  true,    true,  EventId::terminal_certified},
    {Verb::revoke,   Trade::certify_terminals,  false,   true,  EventId::terminal_revoked},
    {Verb::ticket,   Trade::certify_terminals,  true,    true,  EventId::ticket_made},
    {Verb::redeem,   Trade::certify_terminals,  true,    true,  EventId::terminal_certified},
    {Verb::report,   Trade::certify_terminals,  false,   false},
    {Verb::answer,   Trade::certify_terminals,  false,   false},
    {Verb::look,     Trade::certify_terminals,  false,   true},
};
// clang-format on
const Row& row_of(Verb verb) { return kRows[static_cast<std::size_t>(verb)]; }

struct Blocks {
  std::vector<model::Cut> cuts{};
};
template <class Io>
void visit(Io& io, Blocks& blocks) {
  io.list(blocks.cuts, model::kMaxCuts);
}

/// The registrar makes them anew each day, and whenever something changes: a damaged file is none.
std::vector<model::Cut> read_blocks(const std::string& path) {
  const auto bytes = sys::read_kept(path, ipc::kMaxBody);
  if (!bytes) return {};
  Result<Blocks> blocks = decode<Blocks>(*bytes);
  return blocks ? std::move(blocks->cuts) : std::vector<model::Cut>();
}

bool is_terminal(const Edition& edition, const model::SiteOrder& order) {
  for (const model::Wiring::Compartment& tenant : edition.wiring.compartments) {
    if (tenant.name != order.tenant) continue;
    return std::any_of(tenant.terminals.begin(), tenant.terminals.end(),
                       [&](const model::Wiring::Name& name) { return name.text == order.terminal; });
  }
  return false;
}

std::string name_in(const model::SiteOrder& order) { return order.tenant + "/" + order.terminal; }

}  // namespace

SiteAuthority::SiteAuthority(const Premises& premises, std::string state_folder, Box box)
    : premises_(premises),
      folder_(std::move(state_folder)),
      box_(std::move(box)),
      blocks_(read_blocks(folder_ + "/" + kBlocks)),
      look_due_(premises.clock.now() + kAfterStart) {}

void SiteAuthority::order(Order order, Finished finished) {
  if (standing_ == Standing::stopped || waiting_.size() >= kMostWaiting)
    return finished(Error{ErrorCode::publication_busy, "the box is going down, or has too much to certify"});
  waiting_.push_back({std::move(order), std::move(finished)});
  if (!registrar_) next();
}

bool SiteAuthority::is_founded() const { return ::access((folder_ + "/" + kStore).c_str(), F_OK) == 0; }

void SiteAuthority::tick(Instant now) {
  if (registrar_) registrar_->tick(now);
  if (registrar_ && now >= late_) registrar_->kill();
  if (standing_ == Standing::stopped || now < look_due_ || !box_.in_force()) return;
  look_due_ = now + kBetweenLooks;
  if (!is_founded()) return;
  Result<UniqueFd> nothing = sys::seal({}, "input");
  if (nothing)
    order({{.verb = Verb::look}, "the daily look", *std::move(nothing)}, [](const Result<UniqueFd>&) {});
}

void SiteAuthority::stop() {
  standing_ = Standing::stopped;
  registrar_.reset();
  waiting_.clear();
}

void SiteAuthority::next() {
  while (!waiting_.empty() && !registrar_) {
    const Result<> begun = begin(waiting_.front().order);
    if (begun) return;
    const Finished finished = std::move(waiting_.front().finished);
    waiting_.pop_front();
    finished(begun.error());
  }
}

Result<> SiteAuthority::begin(const Order& order) {
  const EditionPtr edition = box_.in_force();
  if (!edition) return Error{ErrorCode::publication_busy, "the box is starting"};
  const Row& row = row_of(order.what.verb);
  if (row.needs_terminal && !is_terminal(*edition, order.what))
    return Error{ErrorCode::cut_unknown_name,
                 "the configuration in force has no terminal " + name_in(order.what)};
  GW_TRY(const ipc::Channel keyd, box_.work_with_keys({row.trade, {}}));
  GW_TRY(const UniqueFd what, sys::seal(encode(order.what), "order"));
  GW_TRY(const auto kept, sys::read_kept(folder_ + "/" + kStore, kMostStore));
  GW_TRY(const UniqueFd store, sys::seal(kept, "site"));
  outcome_.reset();
  late_ = premises_.clock.now() + kMostWork;
  GW_TRY(
      registrar_,
      Running::start(premises_, role(RoleId::registrar),
                     {.arguments = {edition->wiring.site},
                      .inputs = {{what.get(), ipc::kInputFd},
                                 {order.input.get(), ipc::kSecondInputFd},
                                 {store.get(), ipc::kThirdInputFd},
                                 {keyd.fd(), ipc::kReferenceFd}}},
                     ipc::site::kFromRegistrar,
                     {[this](ipc::Frame& frame) { hear(frame); },
                      [this](const sys::Ending& ending, const std::string& words) { end(ending, words); }}));
  return Done{};
}

void SiteAuthority::hear(ipc::Frame& frame) { outcome_ = keep(frame); }

/// First the store, then everything that follows from it: whoever is told of a certificate finds it there.
Result<UniqueFd> SiteAuthority::keep(ipc::Frame& frame) {
  if (static_cast<Msg>(frame.type) == Msg::failed) {
    GW_TRY(const ipc::site::Failed failed, decode<ipc::site::Failed>(frame.body));
    return Error{failed.code, failed.detail};
  }
  GW_TRY(ipc::site::CarriedOut done, decode<ipc::site::CarriedOut>(frame.body));
  if (!row_of(waiting_.front().order.what.verb).changes) return std::move(frame.fds[2]);
  GW_TRY(keep_file(kStore, frame.fds[0].get()));
  GW_TRY(keep_file(kList, frame.fds[1].get()));
  GW_TRY(sys::write_durably(folder_, kBlocks, encode(Blocks{done.blocks})));
  if (blocks_ != done.blocks) {
    blocks_ = std::move(done.blocks);
    box_.blocks_changed();
  }
  record(done.what);
  return std::move(frame.fds[2]);
}

Result<> SiteAuthority::keep_file(const char* name, int sealed) const {
  GW_TRY(const auto bytes, sys::read_sealed(sealed, kMostStore));
  if (bytes.empty()) return Done{};
  return sys::write_durably(folder_, name, bytes);
}

void SiteAuthority::record(const std::string& what) const {
  const Order& order = waiting_.front().order;
  const Row& row = row_of(order.what.verb);
  if (!row.event) return;
  premises_.journal.write(Event(*row.event)
                              .add(Field::terminal, order.what.terminal.empty() ? "" : name_in(order.what))
                              .add(Field::name, what)
                              .add(Field::detail, order.reason),
                          "supervisor", order.what.tenant);
}

void SiteAuthority::end(const sys::Ending& ending, const std::string& words) {
  registrar_.reset();
  if (waiting_.empty()) return;
  const Waiting done = std::move(waiting_.front());
  waiting_.pop_front();
  if (outcome_)
    done.finished(std::move(*outcome_));
  else
    done.finished(Error{ErrorCode::site_ca_failed, "the registrar ended: " + ending.to_text() + " " + words});
  next();
}

}  // namespace gw::supervisor
