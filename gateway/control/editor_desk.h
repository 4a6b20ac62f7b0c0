#pragma once

#include <optional>

#include "base/secret.h"
#include "changes/changes.h"
#include "ipc/conversation.h"
#include "ipc/messages/changes.h"

namespace gw::control {

/// Where somebody who may change the configuration does so. One request at a time, one thread. `source`: from
/// where he comes, for the records.
class EditorDesk {
 public:
  EditorDesk(ipc::Channel channel, std::string source)
      : channel_(std::move(channel)), source_(std::move(source)) {}

  int fd() const { return channel_.fd(); }
  /// Is an order being carried out for him? Then he is not listened to.
  bool waits() const { return awaited_.has_value(); }
  /// Answers the next request, if one waits; or remembers it until told(). channel.closed when he is gone;
  /// anything else when he broke the rules: drop the desk.
  Result<> serve(changes::Changes& changes);
  /// An order was carried out, or could not be.
  void told(changes::Changes& changes, changes::Order order, changes::ChangeNumber change,
            const Result<>& outcome);

 private:
  struct Awaited {
    std::uint64_t request = 0;
    changes::Order order{};
    changes::ChangeNumber change{};
    Secret token{};
  };
  using Answer = Result<>;

  bool is_alone() const;
  Answer answer(const ipc::Frame& asked, changes::Changes& changes);
  Answer stage(const ipc::Frame& asked, changes::Changes& changes);
  Answer copy(const ipc::Frame& asked, changes::Changes& changes);
  Answer check(const ipc::Frame& asked, changes::Changes& changes);
  Answer put(const ipc::Frame& asked, changes::Changes& changes);
  Answer confirm(const ipc::Frame& asked, changes::Changes& changes);
  Answer extend(const ipc::Frame& asked, changes::Changes& changes);
  Answer turn_back(const ipc::Frame& asked, changes::Changes& changes);
  Answer withdraw(const ipc::Frame& asked, changes::Changes& changes);
  Answer find(const ipc::Frame& asked, changes::Changes& changes);
  Answer history(const ipc::Frame& asked, changes::Changes& changes);
  Answer sources(const ipc::Frame& asked, changes::Changes& changes);

  Answer say_staged(std::uint64_t request, const Result<changes::ChangeNumber>& number);
  Answer say_change(std::uint64_t request, const Result<changes::Change>& change);
  Answer refuse(std::uint64_t request, const Error& why);
  Answer await(std::uint64_t request, changes::Order order, changes::ChangeNumber change,
               const Result<>& begun, Secret token = {});
  changes::Author author(const std::string& by) const { return {by, source_}; }

  ipc::Channel channel_;
  std::string source_;
  ipc::Conversation conversation_{ipc::changes::kToControld};
  std::optional<Awaited> awaited_{};
};

}  // namespace gw::control
