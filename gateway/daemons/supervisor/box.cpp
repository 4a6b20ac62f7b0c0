#include "box.h"

#include <fcntl.h>
#include <sys/signalfd.h>
#include <sys/timex.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include "model/operations_centre.h"
#include "second_path.h"
#include "sys/process_use.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

constexpr std::chrono::milliseconds kTick{50};
constexpr std::chrono::milliseconds kRecordsEvery{20};
constexpr std::chrono::minutes kBetweenUnrefused{1};
constexpr std::chrono::seconds kLastRecords{3};
constexpr std::size_t kMostReport = 1024 * 1024;

Result<UniqueFd> open_signals() {
  sigset_t wanted;
  ::sigemptyset(&wanted);
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&wanted, number);
  if (::sigprocmask(SIG_BLOCK, &wanted, nullptr) != 0) return system_error("sigprocmask");
  UniqueFd fd(::signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!fd) return system_error("signalfd");
  return fd;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/// What the compiler found, to whoever reads the service's last words.
void tell(const UniqueFd& report) {
  if (!report) return;
  if (const auto text = sys::read_sealed(report.get(), kMostReport); text && !text->empty())
    std::fwrite(text->data(), 1, text->size(), stderr);
}

bool is_block(const model::Cut& cut) { return cut.what == model::Cut::What::certificates; }

Result<UniqueFd> open_input(const std::string& path, int flags) {
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | flags));
  if (!fd) return Error{ErrorCode::config_unreadable, path + ": " + system_error("open").detail};
  return fd;
}

}  // namespace

Box::Box(const Premises& premises, const Options& options)
    : premises_(premises),
      options_(options),
      recorder_(
          premises, {options.state_dir, options.packs, options.profiles},
          [this] {
            return publisher_.work_with_keys({ipc::compartment::Trade::sign_records, {}, {}});
          },
          for_recorder()),
      key_places_(premises, options),
      rules_(premises),
      publisher_(
          premises, key_places_, options.state_dir,
          [this](const auto& tenant, const auto& wanted, const auto& answer) {
            enrol(tenant, wanted, answer);
          },
          [this] { return recorder_.visitor(ipc::control_records::Msg::web); }),
      changes_(premises, options.state_dir, folder_of(options.config), for_changes()),
      guard_(premises, {[this](const Error& error) { give_up(error, {}); },
                        [this](const ipc::watch::SecondPath& told) { refuse(told); }}),
      prober_(premises, options.state_dir, for_prober()),
      held_(premises.journal, premises.clock, options.state_dir),
      site_(premises, options.state_dir, for_site()),
      renewals_(premises, options.state_dir, for_renewals()),
      reporter_(premises, for_reporter()),
      wan_lease_(premises),
      time_server_(premises),
      lookout_(premises),
      capture_(premises),
      update_(premises.journal, premises.clock, options.run_dir),
      board_(premises.journal, options.run_dir),
      disposal_(premises.journal, premises.clock, options.run_dir) {}

Prober::Box Box::for_prober() {
  return {[this] { return publisher_.settled(); }, [this] { return processes(); },
          [this] { return guard_.looks(); },
          [this](const model::Cut& what, const std::string& reason) {
            cut_after_proof({what, reason.substr(0, kForeignTextLimit)});
          }};
}

SiteAuthority::Box Box::for_site() {
  return {[this](const ipc::compartment::KeyWork& trade) { return publisher_.work_with_keys(trade); },
          [this] { return publisher_.compartments().in_force(); }, [this] { apply_cuts(); },
          [this](const model::SiteOrder& order) { return is_shut_out(order); }};
}

Renewals::Box Box::for_renewals() {
  return {[this] { return publisher_.compartments().in_force(); }, [this] { return publisher_.settled(); },
          [this](const ipc::compartment::KeyWork& trade) { return publisher_.work_with_keys(trade); },
          [this](const std::string& tenant) { return publisher_.dial_as_guest(tenant); },
          [this](Publisher::Finished finished) { publish_again(std::move(finished)); }};
}

Reporter::Box Box::for_reporter() {
  using ipc::control_records::Msg;
  return {
      [this] { return publisher_.dial_as_guest(model::kNocOwner); },
      [this] { return publisher_.sign_as(model::kNocOwner); },
      [this] { return recorder_.visitor(Msg::agent); },
      [this](const ipc::control_records::NocPlan& plan) { recorder_.tell(Msg::noc_plan, encode(plan), {}); }};
}

Recorder::Ears Box::for_recorder() {
  return {[this](ipc::Frame& frame) { return changes_.hear(frame); },
          [this] {
            changes_.joined();
            reporter_.joined();
            serve_controld();
          },
          [this] { changes_.left(); }};
}

ChangeOrders::Box Box::for_changes() {
  return {[this] { return publisher_.compartments().in_force(); },
          [this] { return life_ == Life::serving && publisher_.is_idle(); },
          [this](Origin origin, model::ChangeNumber change, Publisher::Finished finished) {
            publish(std::move(origin), change, std::move(finished));
          },
          [this](ipc::control_records::Msg type, std::vector<std::uint8_t> body, std::vector<int> fds) {
            recorder_.tell(type, std::move(body), std::move(fds));
          },
          [this](EditionPtr next, Inquiries::Foreseen foreseen) {
            publisher_.inquiries().rehearse(std::move(next), std::move(foreseen));
          }};
}

/// So that administrators can have done what root can at the box.
void Box::serve_controld() {
  if (!desk_) return;
  if (const Result<UniqueFd> channel = desk_->admit_controld())
    recorder_.tell(ipc::control_records::Msg::desk, {}, {channel->get()});
}

/// What somebody cut off by hand or a proof found, and what the site's register says counts no more.
std::vector<model::Cut> Box::all_cuts() const {
  std::vector<model::Cut> cuts = cut_book_->cuts();
  cuts.insert(cuts.end(), trial_cuts_.begin(), trial_cuts_.end());
  cuts.insert(cuts.end(), site_.blocks().begin(), site_.blocks().end());
  return cuts;
}

void Box::apply_cuts() { publisher_.cut(all_cuts(), intake_); }

/// LOG-03: no session begins whose record could not be kept. ADM-04: nor before the box has somebody to
/// answer for it.
void Box::mind_intake(Instant now) {
  recorder_.tick(now);
  if (intake_ != recorder_.intake()) heed_intake();
}

void Box::heed_intake() {
  intake_ = recorder_.intake();
  if (intake_ == model::Intake::unclaimed) premises_.journal.write(Event(EventId::box_unclaimed));
  apply_cuts();
}

Result<> Box::begin() {
  GW_TRY(signals_, open_signals());
  premises_.loop.watch(signals_.get(), [this] { on_signal(); });
  GW_TRY(cut_book_, CutBook::open(options_.state_dir));
  heed_intake();
  GW_TRY(desk_, OperatorDesk::open(
                    premises_, options_.run_dir + "/control",
                    {[this] { return state(); },
                     [this] { return terminals(); },
                     [this](Publisher::Finished finished) { publish_again(std::move(finished)); },
                     [this](const ipc::op::CutOrder& order) { return cut(order); },
                     [this](const ipc::op::CutOrder& order) { return restore(order); },
                     [this](const ipc::op::ClockOrder& order) { return trust_clock(order); },
                     [this](SiteAuthority::Order order, SiteAuthority::Finished finished) {
                       site_.order(std::move(order), std::move(finished));
                     },
                     [this](Renewals::Order order, Renewals::Finished finished) {
                       renewals_.order(std::move(order), std::move(finished));
                     },
                     [this](Prober::Finished finished) { prober_.prove(std::move(finished)); },
                     [this] { prober_.leave(); },
                     [this] { return prober_.last(); },
                     [this](ipc::control_records::Msg kind) { return visit(kind); },
                     [this](Inquiries::Listed listed) { publisher_.inquiries().list(std::move(listed)); },
                     [this](const ipc::op::EndConnection& wanted, Inquiries::Ended ended) {
                       publisher_.inquiries().end(wanted.tenant, wanted.session, std::move(ended));
                     },
                     [this] { return certificates(); },
                     [this](Lookout::Seen seen) { lookout_.look(std::move(seen)); },
                     [this] { return network(); },
                     [this] { return publisher_.compartments().in_force(); },
                     [this](const ipc::op::Administrator& by) { return publisher_.reachability().begin(by); },
                     [this](const auto& by) { return publisher_.reachability().give_up(by); },
                     [this]() -> const model::ServiceTrials& { return publisher_.reachability().last(); },
                     [this](const ipc::op::Administrator& by) { return prober_.prove_for(by); },
                     [this](const ipc::op::Administrator& by) { return prober_.give_up(by); },
                     [this](const ipc::op::CaptureOrder& order) { return capture_.begin(order); },
                     [this](const ipc::op::Administrator& by) { return capture_.end_now(by); },
                     [this] { return capture_.state(); },
                     [this] { return capture_.file(); },
                     [this](const ipc::op::Faults& faults) { return board_.hear(faults), Result<>(Done{}); },
                     [this](const ipc::op::DisposalOrder& order) { return dispose(order); },
                     [this] { return disposal_.state(update_.state().is_appliance()); },
                     [this]() -> const model::UpdateState& { return update_.state(); },
                     [this](const ipc::op::RestartOrder& order) { return update_.restart(order); },
                     [this](const ipc::op::InstallOrder& order) { return update_.install(order); },
                     [this] { return reporter_.standing(); },
                     [this](const ipc::op::Administrator&) { return reporter_.hurry(); }}));
  if (premises_.grounds.owned()) {
    close_grounds();
    return Done{};
  }
  say_without_rules();
  begin_service();
  return Done{};
}

void Box::say_without_rules() const {
  premises_.journal.write(Event(EventId::box_without_kernel_rules));
  std::fputs(
      "sekisho-supervisor: --here: NO KERNEL RULES are loaded and the dialers stand in the caller's own "
      "network namespace. For benchmarks and tests only.\n",
      stderr);
}

/// Nothing starts before every namespace drops everything (W7).
void Box::close_grounds() {
  const bool inherited = premises_.grounds.inherited();
  if (inherited) premises_.journal.write(Event(EventId::box_found_closed));
  closed_by_ = premises_.clock.now() + Publication::kPerStage;
  rules_.run(inherited ? inherited_steps() : base_steps(), {},
             [this](const Result<NetSequence::Repaired>& result) {
               closed_by_ = Instant::max();
               if (!result) return give_up(result.error(), {});
               guard_.begin();
               begin_service();
             });
}

/// TIM-03: with a clock that cannot be right no certificate can be judged, so no tenant starts. watch_clock()
/// goes on by itself once it is right.
void Box::begin_service() {
  if (premises_.clock_watch.is_right(premises_.clock.civil_now())) return publish_first();
  life_ = Life::waiting;
}

void Box::watch_clock(Instant now) {
  const CivilTime civil = premises_.clock.civil_now();
  switch (premises_.clock_watch.look(now, civil)) {
    case ClockWatch::News::went_back:
      time_server_.stop();
      premises_.journal.write(Event(EventId::clock_behind)
                                  .add(Field::clock, to_timestamp(civil))
                                  .add(Field::earliest, to_timestamp(premises_.clock_watch.earliest())));
      break;
    case ClockWatch::News::came_right:
      premises_.journal.write(Event(EventId::clock_right));
      break;
    case ClockWatch::News::checkpoint:
      publisher_.tell_earliest();
      break;
    case ClockWatch::News::none:
      break;
  }
  if (life_ != Life::waiting || !premises_.clock_watch.is_right(civil)) return;
  life_ = Life::starting;
  publish_first();
}

/// Nobody changes what is not in force yet: he would wait for as long as the clock is wrong (TIM-03).
Result<UniqueFd> Box::visit(ipc::control_records::Msg kind) {
  const CivilTime civil = premises_.clock.civil_now();
  if (kind == ipc::control_records::Msg::editor && !premises_.clock_watch.is_right(civil))
    return Error{ErrorCode::clock_behind, "it says " + to_timestamp(civil)};
  return recorder_.visitor(kind);
}

bool Box::may_publish(const Publisher::Finished& finished) const {
  const CivilTime civil = premises_.clock.civil_now();
  if (premises_.clock_watch.is_right(civil)) return true;
  finished({Error{ErrorCode::clock_behind, "it says " + to_timestamp(civil)}, {}});
  return false;
}

void Box::publish(Origin origin, model::ChangeNumber change, Publisher::Finished finished) {
  if (may_publish(finished)) publisher_.publish(std::move(origin), change, std::move(finished));
}

void Box::publish_again(Publisher::Finished finished) {
  if (may_publish(finished)) publisher_.publish_again(std::move(finished));
}

/// What was confirmed last; the file only as long as nothing was.
void Box::publish_first() {
  const auto finished = [this](Outcome outcome) { on_first(std::move(outcome)); };
  if (const EditionPtr start = changes_.start()) return publisher_.publish(start, start->change, finished);
  Result<UniqueFd> directory = open_input(folder_of(options_.config), O_DIRECTORY);
  Result<UniqueFd> file = open_input(options_.config, 0);
  if (!directory) return give_up(directory.error(), {});
  if (!file) return give_up(file.error(), {});
  publisher_.publish(Files{*std::move(directory), *std::move(file)}, {}, finished);
}

void Box::on_first(Outcome outcome) {
  if (!outcome.result) return give_up(outcome.result.error(), outcome.report);
  if (life_ != Life::starting) return;
  life_ = Life::serving;
  changes_.started();
  tell(outcome.report);
  premises_.journal.write(
      Event(EventId::box_started).add(Field::generation, outcome.result->generation.number()));
}

void Box::give_up(const Error& error, const UniqueFd& report) {
  std::fprintf(stderr, "sekisho-supervisor: %s\n", error.to_text().c_str());
  tell(report);
  drain();
  life_ = Life::failed;
}

void Box::on_signal() {
  signalfd_siginfo info{};
  if (::read(signals_.get(), &info, sizeof info) != sizeof info) return;
  if (info.ssi_signo != SIGHUP) drain();  // nothing is read again on a hang-up: configurations are published
}

void Box::drain() {
  if (life_ == Life::draining || life_ == Life::failed) return;
  life_ = Life::draining;
  notice_.stopping();
  premises_.journal.write(Event(EventId::box_stopping));
  desk_.reset();
  rules_.cancel();
  guard_.stop();
  changes_.stop();
  prober_.stop();
  site_.stop();
  renewals_.stop();
  reporter_.stop();
  wan_lease_.stop();
  time_server_.stop();
  lookout_.stop();
  capture_.stop();
  publisher_.stop();
}

/// Everybody has left: the namespaces stay, and are left as closed as they were found. If that fails they
/// keep the rules of the configuration, behind which nobody is left.
void Box::close_behind() {
  if (!premises_.grounds.owned()) {
    end_ = End::reached;
    return;
  }
  end_ = End::closing;
  closed_by_ = premises_.clock.now() + Publication::kPerStage;
  rules_.run(base_steps(), {}, [this](const Result<NetSequence::Repaired>&) { end_ = End::reached; });
}

/// From the order to end until the end.
void Box::wind_up(Instant now) {
  if (end_ == End::none) {
    if (publisher_.compartments().empty()) close_behind();
  } else if (now >= closed_by_) {
    rules_.cancel();
    end_ = End::reached;
  }
}

int Box::run() {
  if (const Result<> begun = begin(); !begun) {
    std::fprintf(stderr, "sekisho-supervisor: %s\n", begun.error().to_text().c_str());
    return 1;
  }
  while (end_ != End::reached) {
    premises_.loop.turn(kTick);
    const Instant now = premises_.clock.now();
    if (closed_by_ == Instant::max()) mind_intake(now);  // not before everything is dropped (W7)
    publisher_.tick(now);
    if (life_ < Life::draining) watch_clock(now);
    const bool leaving = life_ == Life::draining || life_ == Life::failed;
    const EditionPtr settled = leaving ? nullptr : publisher_.settled();
    notice_.tick(now, life_ == Life::serving && settled != nullptr);
    wan_lease_.tick(now, settled);
    guard_.tick(now, settled);
    changes_.tick(now);
    prober_.tick(now);
    held_.tick(now, settled, premises_.clock_watch.believes());
    capture_.tick(now);
    disposal_.tick(now, board_.state());
    board_.tick(now, condition(settled != nullptr));
    site_.tick(now);
    const bool is_in_time = life_ == Life::serving && premises_.clock_watch.believes();
    update_.tick(now, is_in_time && settled ? settled->wiring.update_window : std::nullopt);
    if (is_in_time) renewals_.tick(now);
    if (is_in_time) publisher_.reachability().keep_week();
    reporter_.tick(now, is_in_time ? settled : nullptr);
    time_server_.tick(now, is_in_time ? settled : nullptr);
    if (life_ == Life::starting && now >= closed_by_)
      give_up({ErrorCode::publication_timed_out, "base rules"}, {});
    if (leaving) wind_up(now);
    if (now >= records_due_) write_records();
  }
  write_records();
  recorder_.finish(kLastRecords);
  return life_ == Life::failed ? 1 : 0;
}

Result<ipc::op::ClockTrusted> Box::trust_clock(const ipc::op::ClockOrder& order) {
  const bool was_behind = !premises_.clock_watch.is_right(premises_.clock.civil_now());
  GW_TRY(premises_.clock_watch.forget());
  ipc::op::ClockTrusted trusted;
  // A floor that they were told does not sink.
  if (was_behind) trusted.compartments = publisher_.start_judges_anew();
  premises_.journal.write(
      Event(EventId::clock_trusted).add(Field::detail, order.reason).add(Field::count, trusted.compartments));
  return trusted;
}

void Box::record(EventId id, const ipc::op::CutOrder& order) {
  premises_.journal.write(Event(id).add(Field::name, order.cut.to_text()).add(Field::detail, order.reason));
}

Result<> Box::cut(const ipc::op::CutOrder& order) {
  const EditionPtr& edition = publisher_.compartments().in_force();
  if (!edition) return Error{ErrorCode::publication_busy, "the box is starting"};
  GW_TRY(cut_book_->add(order.cut, *edition));
  apply_cuts();
  record(is_block(order.cut) ? EventId::terminal_blocked : EventId::cut_made, order);
  return Done{};
}

/// What a proof finds of an image on trial says nothing of the one that the box goes back to: it stands until
/// the box starts anew, and is not written down (UPD-01).
void Box::cut_after_proof(const ipc::op::CutOrder& order) {
  if (!update_.state().is_on_trial) return static_cast<void>(cut(order));
  if (std::find(trial_cuts_.begin(), trial_cuts_.end(), order.cut) != trial_cuts_.end()) return;
  trial_cuts_.push_back(order.cut);
  apply_cuts();
  record(EventId::cut_made, order);
}

Result<> Box::restore(const ipc::op::CutOrder& order) {
  GW_TRY(cut_book_->remove(order.cut));
  apply_cuts();
  record(is_block(order.cut) ? EventId::terminal_unblocked : EventId::cut_undone, order);
  return Done{};
}

/// ISO-05: the watcher tells, the configuration decides.
void Box::refuse(const ipc::watch::SecondPath& told) {
  const EditionPtr& edition = publisher_.compartments().in_force();
  if (!edition) return;
  const model::Cut wanted = cut_of(told.source);
  Result<> outcome = may_refuse(told, *edition, cut_book_->cuts());
  if (outcome && is_cut(wanted, cut_book_->cuts())) return;
  const std::string reason = "second path: " + std::string(to_string(told.finding));
  if (outcome) outcome = cut({wanted, reason});
  const Instant now = premises_.clock.now();
  if (outcome || now < unrefused_due_) return;
  unrefused_due_ = now + kBetweenUnrefused;
  premises_.journal.write(Event(EventId::second_path_unrefused)
                              .add(Field::source, told.source.to_text())
                              .add(Field::finding, to_string(told.finding))
                              .add(Field::detail, outcome.error().to_text()));
}

/// CRT-04: whoever was let go gets nothing new.
bool Box::is_shut_out(const model::SiteOrder& order) const {
  const model::CutOff off = model::cut_off_of(all_cuts(), order.tenant);
  const bool is_blocked = std::any_of(off.blocks.begin(), off.blocks.end(), [&](const auto& block) {
    return block.terminal == order.terminal &&
           (block.certificate.empty() || block.certificate == order.shown);
  });
  if (is_blocked || off.covers_terminal(order.terminal)) return true;
  const EditionPtr& edition = publisher_.compartments().in_force();
  if (!edition) return true;
  for (const model::Wiring::Compartment& tenant : edition->wiring.compartments)
    for (const model::Wiring::Device& device : tenant.terminals)
      if (tenant.name == order.tenant && device.text == order.terminal && device.blocked) return true;
  return false;
}

/// LAN-01: for whom it is follows from the channel it came by; whether the terminal may have it is the
/// registrar's to say.
void Box::enrol(const std::string& tenant, const ipc::compartment::Enrol& wanted,
                const Compartments::Ears::Answer& answer) {
  using Verb = model::SiteOrder::Verb;
  model::SiteOrder order{.tenant = tenant, .terminal = wanted.terminal};
  const bool by_ticket = wanted.right == ipc::compartment::Enrol::Right::ticket;
  order.verb = by_ticket ? Verb::redeem : Verb::renew;
  (by_ticket ? order.ticket : order.shown) = wanted.proof;
  Result<UniqueFd> request = sys::seal(wanted.request, "request");
  if (!request) return answer(std::move(request).error());
  site_.order({SiteAuthority::By::terminal, order,
               std::string("by the terminal itself, ") +
                   (by_ticket ? "with a ticket" : "with its certificate") + ", from " + wanted.source,
               *std::move(request)},
              answer);
}

void Box::write_records() {
  records_due_ = premises_.clock.now() + kRecordsEvery;
  premises_.records.turn(std::chrono::milliseconds(0));
  premises_.journal.flush();
}

ipc::op::State Box::state() {
  write_records();  // whoever asks finds in the log what happened before
  ipc::op::State state;
  const EditionPtr& edition = publisher_.compartments().in_force();
  if (edition) state.generation = edition->generation;
  state.board = board_.state();
  state.lights = board_.told();
  state.makes_backups = edition && edition->backup_plan;
  state.clock = clock();
  state.kernel_rules = premises_.grounds.owned();
  state.processes = processes();
  state.drifts = guard_.drifts();
  state.cuts = all_cuts();
  state.intake = intake_;
  state.proof = prober_.result();
  state.proving = prober_.progress();
  for (const auto& [key, fd] : publisher_.listeners().all())
    if (state.listeners.size() < 1024 && key.transport == Transport::tcp)
      state.listeners.push_back({key.tenant, key.endpoint});
  return state;
}

/// As far as it is seen from here; board_link.h knows the rest.
model::BoxCondition Box::condition(bool is_settled) const {
  const ProofPtr& proof = prober_.last();
  const bool is_broken = proof && count(*proof, model::ProofCase::Outcome::broken) != 0;
  if (is_broken || !clock().is_right() || disposal_.is_agreed()) return model::BoxCondition::needs_attention;
  if (life_ != Life::serving || !is_settled) return model::BoxCondition::starting;
  return update_.state().is_on_trial ? model::BoxCondition::on_trial : model::BoxCondition::serving;
}

/// The operations centre, which has the box's certificates revoked, is told while there is a box to tell it.
Result<> Box::dispose(const ipc::op::DisposalOrder& order) {
  GW_TRY(disposal_.order(order, update_.state().is_appliance(), board_.state(), BoardLink::up()));
  static_cast<void>(static_cast<bool>(reporter_.hurry()));
  return Done{};
}

ipc::op::ClockState Box::clock() const {
  const auto milliseconds = [](CivilTime time) {
    return std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch());
  };
  return {milliseconds(premises_.clock.civil_now()), milliseconds(premises_.clock_watch.earliest())};
}

model::CertificateState Box::certificates() const {
  const EditionPtr& edition = publisher_.compartments().in_force();
  return {edition ? edition->keys : std::vector<model::CertificateState::Key>(), renewals_.attempts(),
          prober_.public_key()};
}

ipc::op::NetworkState Box::network() const {
  timex kernel{};  // asks and sets nothing
  const bool is_synchronised = ::adjtimex(&kernel) >= 0 && (kernel.status & STA_UNSYNC) == 0;
  return {wan_lease_.held(premises_.clock.now(), premises_.clock.civil_now()), clock(), is_synchronised};
}

model::TerminalRoll Box::terminals() const {
  const EditionPtr& edition = publisher_.compartments().in_force();
  return model::roll_of(edition ? edition->wiring : model::Wiring{}, cut_book_->cuts());
}

std::vector<ipc::op::ProcessState> Box::processes() const {
  std::vector<ipc::op::ProcessState> out = publisher_.compartments().states();
  for (ipc::op::ProcessState& watcher : guard_.states()) out.push_back(std::move(watcher));
  for (ipc::op::ProcessState& client : wan_lease_.states()) out.push_back(std::move(client));
  for (ipc::op::ProcessState& server : time_server_.states()) out.push_back(std::move(server));
  for (ipc::op::ProcessState& recorder : recorder_.states()) out.push_back(std::move(recorder));
  for (ipc::op::ProcessState& each : out) {
    const sys::ProcessUse use = sys::use_of(static_cast<pid_t>(each.pid));
    each.resident = use.resident;
    each.processor = use.processor;
  }
  return out;
}

}  // namespace gw::supervisor
