#pragma once

#include <deque>
#include <functional>
#include <optional>

#include "compiler_run.h"
#include "ipc/messages/control_records.h"
#include "publisher.h"
#include "start_file.h"

namespace gw::supervisor {

/// Carries out what controld decides about the configuration, one order after the other. Whatever becomes of
/// controld, a change that it does not have kept in time is undone.
class ChangeOrders {
 public:
  /// What it is about.
  struct Box {
    std::function<EditionPtr()> in_force;
    std::function<bool()> is_idle;  ///< no publication runs, and one may
    std::function<void(Origin, model::ChangeNumber, Publisher::Finished)> publish;
    std::function<void(ipc::control_records::Msg, std::vector<std::uint8_t> body, std::vector<int> fds)> tell;
    std::function<void(EditionPtr, Inquiries::Foreseen)> rehearse;
  };
  /// Longer than controld's own time, so that it comes first while it lives.
  static constexpr std::chrono::seconds kGrace{10};

  /// `config_folder`: beneath it are the keys that configurations name.
  ChangeOrders(const Premises& premises, std::string state_folder, std::string config_folder, Box box);
  ChangeOrders(const ChangeOrders&) = delete;
  ChangeOrders& operator=(const ChangeOrders&) = delete;

  /// What the box starts with; null: with its file. Once, before anything is published.
  EditionPtr start();
  /// The first configuration is in force.
  void started();
  /// An order of controld. False: it breaks the rules.
  bool hear(ipc::Frame& frame);
  /// A controld has come up, or is gone; what it had ordered goes on.
  void joined() {
    owes_standing_ = true;
    told_of_.reset();
  }
  void left();
  void tick(Instant now);
  void stop();

 private:
  struct Order {
    ipc::control_records::Msg what{};
    model::ChangeNumber change{};
    std::chrono::seconds within{0};
    bool is_found = false;
    UniqueFd sources{};
    UniqueFd before{};
  };

  /// A configuration that is looked at, beside whatever else is done.
  struct Looking {
    model::ChangeNumber change{};
    Instant until{};
  };

  static bool read_order(const ipc::Frame& frame, Order& order);
  void begin(Order order);
  void look(Order order);
  void on_looked(model::ChangeNumber change, const Result<std::shared_ptr<Edition>>& edition,
                 const UniqueFd& report);
  void give_up_looking();
  void put(Order order);
  void keep(const Order& order);
  void back(const Order& order, const char* why);
  void foreseen(ipc::control_records::Carried carried, const UniqueFd& report, const UniqueFd& words,
                const model::Effect& effect);
  void finish(ipc::control_records::Carried carried, const UniqueFd& report, const UniqueFd& words = {},
              const UniqueFd& effect = {});
  void refuse(ipc::control_records::Carried carried, const Error& error, const UniqueFd& report = {});
  void answer(ipc::control_records::Msg order, model::ChangeNumber change, Outcome outcome);
  void tell_standing();
  void tell_confirmed();
  model::ChangeNumber number_of(const Edition& edition) const;
  void undo(Instant now);

  const Premises& premises_;
  StartFile file_;
  std::string config_folder_;
  Box box_;
  CompilerRun rehearsal_;
  EditionPtr start_{};             // what it would start with; before anything was kept, what it started with
  model::ChangeNumber kept_{};     // of the file; zero: there is none
  model::ChangeNumber adopted_{};  // of an edition that no change brought about
  std::deque<Order> orders_{};
  std::optional<Looking> looking_{};
  std::uint64_t controlds_ = 0;  // that there were: what one ordered, the next one is not told
  bool busy_ = false;            // a publication of ours runs
  bool has_started_ = false;
  bool owes_standing_ = false;
  EditionPtr told_of_{};  // whose backup plan and rules controld has; null: none's
  model::ChangeNumber undone_{};
  std::optional<Instant> undo_due_{};  // of what was put in force and not kept
};

}  // namespace gw::supervisor
