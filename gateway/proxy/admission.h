#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "model/configuration.h"
#include "proxy/tally.h"

namespace gw::proxy {

/// Caps and rates of one tenant, counted before work is done (CAP-02). Pure: no I/O, time is handed in.
/// One thread. Must outlive its tickets.
class Admission {
 public:
  /// One connection's share of the caps; gives everything back when it goes.
  class Ticket {
   public:
    Ticket(Ticket&& other) noexcept;
    Ticket(const Ticket&) = delete;
    Ticket& operator=(Ticket&&) = delete;
    ~Ticket();

    /// Counts the connection for its source. False: over the source's cap or rate, or it has its share of the
    /// tenant's handshakes under way; let the connection go.
    bool admit_source(const model::IpAddress& source, Instant now);
    /// Counts the session for its terminal. False: over the terminal's cap or rate.
    bool admit_terminal(const std::string& terminal, Instant now);
    /// The handshake is over; somebody else may have its place.
    void end_handshake();

   private:
    friend class Admission;
    explicit Ticket(Admission* admission) : admission_(admission) {}
    Admission* admission_;
    bool shaking_hands_ = true;
    std::optional<model::IpAddress> source_;
    std::optional<std::string> terminal_;
  };

  explicit Admission(model::TenantLimits limits) : limits_(limits) {}

  /// Taken before accept, so that nothing is accepted that cannot be served. Nothing: the tenant is full, or
  /// has had its connections of this second; whoever knocks waits in the kernel's queue.
  std::optional<Ticket> take_ticket(Instant now);
  /// The last ticket found nobody waiting: it does not count as a connection of this second.
  void nobody_came() { arrivals_.refund(); }
  /// Called when a place becomes free after there was none.
  void when_room_returns(std::function<void()> action) { room_returned_ = std::move(action); }
  /// Sessions under way stay, whatever the new limits say.
  void set_limits(model::TenantLimits limits) { limits_ = limits; }
  /// Forgets who has been quiet. Call about once a second.
  void forget_quiet(Instant now);

  std::uint32_t sessions() const { return sessions_; }
  std::uint32_t handshakes() const { return handshakes_; }
  std::size_t known_sources() const { return sources_.size(); }

 private:
  bool has_room() const { return sessions_ < limits_.sessions && handshakes_ < limits_.handshakes; }
  void give_back(std::uint32_t& count);
  bool may_begin_handshake(const model::IpAddress& source) const;
  void end_handshake_of(const model::IpAddress& source);

  /// One source that says nothing must leave handshakes to the others.
  static constexpr std::uint32_t kSourcesAtOnce = 4;

  model::TenantLimits limits_;
  std::uint32_t sessions_ = 0;
  std::uint32_t handshakes_ = 0;
  TokenBucket arrivals_;
  Tally<model::IpAddress> sources_;
  std::unordered_map<model::IpAddress, std::uint32_t> handshakes_by_source_;
  Tally<std::string> terminals_;
  std::function<void()> room_returned_;
};

}  // namespace gw::proxy
