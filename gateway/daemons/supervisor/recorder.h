#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "backoff.h"
#include "ipc/messages/control_records.h"
#include "ipc/messages/operator.h"
#include "model/cut.h"
#include "model/record.h"
#include "running.h"

namespace gw::supervisor {

/// Passes every record on to controld, and keeps each until controld has it on the disk (LOG-03, LOG-09).
/// controld may die at any time: it is started again with a growing pause, and is sent the rest once more.
class Recorder {
 public:
  /// A channel to keyd to sign checkpoints with; key.unavailable while keyd is away.
  using Keys = std::function<Result<ipc::Channel>()>;
  /// Who hears what controld says of the configuration (ipc/messages/control_records.h).
  struct Ears {
    std::function<bool(ipc::Frame&)> ordered;  ///< false: it broke the rules
    std::function<void()> joined;
    std::function<void()> left;
  };
  /// What it keeps, the rule packs that the box came with, and the service profiles that were put on it; empty: none.
  struct Folders {
    std::string state{};
    std::string packs{};
    std::string profiles{};
  };
  Recorder(const Premises& premises, Folders folders, Keys keys, Ears ears);
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;
  ~Recorder();

  /// Records that wait for controld at most, in memory, in octets or so; beyond that they are counted as
  /// lost.
  static constexpr std::size_t kMostWaiting = 32u << 20;

  /// Half of that for what a stranger can bring about, so that the rest is there for sessions.
  static constexpr std::size_t kMostProvoked = kMostWaiting / 2;

  void tick(Instant now);
  /// Closed from when controld said that there is no room at all until it says that there is some (LOG-03),
  /// and as long as nobody has replaced the secret on the label of a box that was delivered with one
  /// (ADM-04).
  model::Intake intake() const {
    if (awaits_claim_) return model::Intake::unclaimed;
    return room_ == ipc::control_records::Room::none ? model::Intake::closed : model::Intake::open;
  }
  /// Waits until everything is on the disk, for so long.
  void finish(std::chrono::seconds patience);
  /// The end of a channel to controld for a reader, an editor or webd. records.unavailable while that is
  /// away.
  Result<UniqueFd> visitor(ipc::control_records::Msg kind);
  /// To controld, if it is there.
  void tell(ipc::control_records::Msg type, std::vector<std::uint8_t> body, std::vector<int> fds);
  std::vector<ipc::op::ProcessState> states() const;

 private:
  enum class State : std::uint8_t { down, joining, ready };

  void put(model::Record record);
  void take(const Event& event, const std::string& process, const std::string& tenant);
  void start(Instant now);
  Result<std::unique_ptr<Running>> run();
  void hear(ipc::Frame& frame);
  void hear_claim(const ipc::control_records::Claim& told);
  void hear_room(const ipc::control_records::RoomLeft& told);
  void forget_kept(const ipc::control_records::Kept& kept);
  void send_on();
  void give_keys();
  void complain(Instant now);
  void end(const sys::Ending& ending, const std::string& words);

  const Premises& premises_;
  Folders folders_;
  std::string records_folder_;
  Keys keys_;
  Ears ears_;
  const std::string run_;
  std::deque<model::Record> waiting_{};  // the first has the serial first_
  std::size_t octets_ = 0;               // of those that wait
  std::size_t under_way_ = 0;            // of those, what was sent to this controld
  std::uint64_t first_ = 1;
  std::uint64_t next_ = 1;  // serial of the first that was not sent to this controld
  std::uint64_t lost_ = 0;
  bool wants_keys_ = false;
  bool awaits_claim_ = false;
  ipc::control_records::Room room_ = ipc::control_records::Room::enough;
  State state_ = State::down;
  Instant due_{};
  Instant moved_{};  // when something was kept last
  bool complained_ = false;
  std::string complaint_{};
  Backoff backoff_{};
  std::unique_ptr<Running> running_{};
};

}  // namespace gw::supervisor
