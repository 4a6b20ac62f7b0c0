#include "site_authority.h"

#include <unistd.h>

#include <algorithm>

#include "asker.h"
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
constexpr const char* kBefore = "site-ca.previous";
constexpr const char* kList = "site-ca.crl";
constexpr const char* kBlocks = "site-ca.blocks";
constexpr std::size_t kMostStore = 64u << 20;
constexpr std::size_t kMostWaiting = 64;  // of the clinic's; of terminals one a tenant
constexpr std::chrono::minutes kAfterStart{1};
constexpr std::chrono::hours kBetweenLooks{1};  // an overlap that has ended counts no longer than that
constexpr std::chrono::minutes kAfterFailure{5};
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
    {Verb::adopt,    Trade::keep_lists,         false,   true,  EventId::site_ca_made},
    {Verb::enrol,    Trade::certify_terminal,   true,    true,  EventId::terminal_certified},
    {Verb::renew,    Trade::certify_terminal,   true,    true,  EventId::terminal_certified},
    {Verb::replace,  Trade::certify_terminal,   true,    true,  EventId::terminal_certified},
    {Verb::revoke,   Trade::keep_lists,         false,   true,  EventId::terminal_revoked},
    {Verb::ticket,   Trade::keep_lists,         true,    true,  EventId::ticket_made},
    {Verb::redeem,   Trade::certify_terminal,   true,    true,  EventId::terminal_certified},
    {Verb::report,   Trade::keep_lists,         false,   false},
    {Verb::answer,   Trade::keep_lists,         false,   false},
    {Verb::look,     Trade::keep_lists,         false,   true},
};
// clang-format on
const Row& row_of(Verb verb) {
  const Row& row = kRows[static_cast<std::size_t>(verb)];
  GW_CHECK(row.verb == verb, "the rows stand in the order of the verbs");
  return row;
}

/// A registrar blocks single certificates and nothing else: whatever is wider is an operator's to cut.
bool are_blocks(const std::vector<model::Cut>& cuts) {
  return std::all_of(cuts.begin(), cuts.end(), [](const model::Cut& cut) {
    return cut.what == model::Cut::What::certificates && model::is_fingerprint(cut.certificate);
  });
}

ipc::compartment::KeyWork trade_of(const model::SiteOrder& order) {
  const Trade trade = row_of(order.verb).trade;
  if (trade != Trade::certify_terminal) return {trade, {}, {}};
  return {trade, order.tenant, order.terminal};
}

struct Blocks {
  std::vector<model::Cut> cuts{};
};
template <class Io>
void visit(Io& io, Blocks& blocks) {
  io.list(blocks.cuts, model::kMaxCuts);
}

/// The registrar makes them anew at each look, and whenever something changes: a damaged file is none.
std::vector<model::Cut> read_blocks(const std::string& path) {
  const auto bytes = sys::read_kept(path, ipc::kMaxBody);
  if (!bytes) return {};
  Result<Blocks> blocks = decode<Blocks>(*bytes);
  return blocks && are_blocks(blocks->cuts) ? std::move(blocks->cuts) : std::vector<model::Cut>();
}

bool is_terminal(const Edition& edition, const model::SiteOrder& order) {
  for (const model::Wiring::Compartment& tenant : edition.wiring.compartments) {
    if (tenant.name != order.tenant) continue;
    return std::any_of(tenant.terminals.begin(), tenant.terminals.end(),
                       [&](const model::Wiring::Device& one) { return one.text == order.terminal; });
  }
  return false;
}

/// Where the tenant's terminals ask for their certificates. A ticket would be of no use without it.
Result<std::string> place_for(const Edition& edition, const std::string& tenant) {
  for (const model::Wiring::Compartment& one : edition.wiring.compartments)
    if (one.name == tenant && one.enrolment) {
      const std::string& host = one.enrolment->host;
      const bool is_ipv6 = host.find(':') != std::string::npos;
      return "https://" + (is_ipv6 ? "[" + host + "]" : host) + ":" +
             std::to_string(one.enrolment->listening.endpoint.port) + "/.well-known/est";
    }
  return Error{ErrorCode::cut_unknown_name,
               "terminals of " + tenant +
                   " cannot ask for certificates: its configuration has no "
                   "`enrolment`; have it certified by `sekisho terminal enrol` instead"};
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
  if (standing_ == Standing::stopped || !has_room_for(order))
    return finished(Error{ErrorCode::publication_busy, "the box is going down, or has too much to certify"});
  auto place = waiting_.end();
  if (order.by == By::clinic)  // behind the one under way and the clinic's other ones
    place = std::find_if(waiting_.begin() + (registrar_ ? 1 : 0), waiting_.end(),
                         [](const Waiting& one) { return one.order.by == By::terminal; });
  waiting_.insert(place, {std::move(order), std::move(finished)});
  if (!registrar_) next();
}

bool SiteAuthority::has_room_for(const Order& order) const {
  const auto most = order.by == By::clinic ? kMostWaiting : model::kMaxTenants;
  const auto same = [&](const Waiting& one) { return one.order.by == order.by; };
  return static_cast<std::size_t>(std::count_if(waiting_.begin(), waiting_.end(), same)) < most;
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
    order({By::clinic, {.verb = Verb::look}, "the regular look", *std::move(nothing)},
          [this](const Result<UniqueFd>& looked) {
            // Before there is an authority, only its request, there is nothing to look after.
            if (!looked && looked.error().code != ErrorCode::site_ca_missing) fail(looked.error());
          });
}

void SiteAuthority::trouble(const std::string& what) const {
  premises_.journal.write(Event(EventId::site_ca_troubled).add(Field::detail, what));
}

/// Told, and looked after again soon: it may pass.
void SiteAuthority::fail(const Error& error) {
  trouble(error.to_text());
  look_due_ = std::min(look_due_, premises_.clock.now() + kAfterFailure);
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
  if (!premises_.clock_watch.is_right(premises_.clock.civil_now()))
    return Error{ErrorCode::clock_behind,
                 "what is certified now would be dated wrongly; set the clock first"};
  const Row& row = row_of(order.what.verb);
  if (row.needs_terminal && !is_terminal(*edition, order.what))
    return Error{ErrorCode::cut_unknown_name,
                 "the configuration in force has no terminal " + name_in(order.what)};
  if (order.by == By::terminal && box_.is_shut_out(order.what))
    return Error{ErrorCode::ticket_unknown, "the terminal is blocked or cut off"};
  model::SiteOrder what = order.what;
  if (what.verb == Verb::ticket) {
    GW_TRY(what.place, place_for(*edition, what.tenant));
  }
  GW_TRY(const ipc::Channel keyd, box_.work_with_keys(trade_of(order.what)));
  GW_TRY(const UniqueFd sealed, sys::seal(encode(what), "order"));
  GW_TRY(const auto kept, sys::read_kept(folder_ + "/" + kStore, kMostStore));
  GW_TRY(const UniqueFd store, sys::seal(kept, "site"));
  outcome_.reset();
  late_ = premises_.clock.now() + kMostWork;
  GW_TRY(
      registrar_,
      Running::start(premises_, role(RoleId::registrar),
                     {.arguments = {edition->wiring.site},
                      .inputs = {{sealed.get(), ipc::kInputFd},
                                 {order.input.get(), ipc::kSecondInputFd},
                                 {store.get(), ipc::kThirdInputFd},
                                 {keyd.fd(), ipc::kReferenceFd}}},
                     ipc::site::kFromRegistrar,
                     {[this](ipc::Frame& frame) { hear(frame); },
                      [this](const sys::Ending& ending, const std::string& words) { end(ending, words); }}));
  return Done{};
}

/// Of the first word alone: whoever says another thing afterwards is not to be believed.
void SiteAuthority::hear(ipc::Frame& frame) {
  if (outcome_) return registrar_->kill();
  outcome_ = keep(frame);
}

/// Who is blocked comes first, so that a power loss lets nobody in, then the store: whoever is told of a
/// certificate finds it there. A list that cannot be kept is made again.
Result<UniqueFd> SiteAuthority::keep(ipc::Frame& frame) {
  if (static_cast<Msg>(frame.type) == Msg::failed) {
    GW_TRY(const ipc::site::Failed failed, decode<ipc::site::Failed>(frame.body));
    return Error{failed.code, failed.detail};
  }
  GW_TRY(ipc::site::CarriedOut done, decode<ipc::site::CarriedOut>(frame.body));
  if (!row_of(waiting_.front().order.what.verb).changes) return std::move(frame.fds[2]);
  if (!are_blocks(done.blocks))
    return Error{ErrorCode::site_ca_failed,
                 "the registrar wanted more than certificates blocked; it is not believed"};
  GW_TRY(sys::write_durably(folder_, kBlocks, encode(Blocks{done.blocks})));
  GW_TRY(keep_before());
  GW_TRY(keep_file(kStore, frame.fds[0].get()));
  if (blocks_ != done.blocks) {
    blocks_ = std::move(done.blocks);
    box_.blocks_changed();
  }
  const Result<> listed = keep_file(kList, frame.fds[1].get());
  if (!listed) fail(listed.error());
  if (!done.trouble.empty()) trouble(done.trouble);
  record(done.what);
  return std::move(frame.fds[2]);
}

/// The store as it is, beside itself, for a vendor who has to undo a mistake.
Result<> SiteAuthority::keep_before() const {
  GW_TRY(const auto before, sys::read_kept(folder_ + "/" + kStore, kMostStore));
  return before.empty() ? Result<>(Done{}) : sys::write_durably(folder_, kBefore, before);
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
  Event event = event_by(*row.event, order.administrator);
  event.add(Field::terminal, order.what.terminal.empty() ? "" : name_in(order.what))
      .add(Field::name, what)
      .add(Field::detail, order.reason);
  premises_.journal.write(event, "supervisor", order.what.tenant);
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
