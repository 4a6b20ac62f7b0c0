#pragma once

#include <cstddef>
#include <optional>
#include <utility>

namespace gw::sys {

/// Counts work under way. To start work one takes a pass; to stop, the gate is closed and gives no more
/// passes, and it is empty when the last one has come back. Must outlive its passes.
class Gate {
 public:
  class Pass {
   public:
    Pass(Pass&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)) {}
    Pass(const Pass&) = delete;
    Pass& operator=(Pass&&) = delete;
    ~Pass() {
      if (gate_ != nullptr) --gate_->count_;
    }

   private:
    friend class Gate;
    explicit Pass(Gate* gate) : gate_(gate) { ++gate_->count_; }
    Gate* gate_;
  };

  /// Nothing once the gate is closed.
  std::optional<Pass> enter() { return closed_ ? std::nullopt : std::optional<Pass>(Pass(this)); }
  void close() { closed_ = true; }
  bool closed() const { return closed_; }
  std::size_t count() const { return count_; }

 private:
  std::size_t count_ = 0;
  bool closed_ = false;
};

}  // namespace gw::sys
