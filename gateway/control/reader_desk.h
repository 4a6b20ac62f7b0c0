#pragma once

#include "control/chronicle.h"
#include "control/record_store.h"
#include "control/retention.h"
#include "ipc/conversation.h"
#include "ipc/messages/records.h"

namespace gw::control {

/// Where somebody who may read the records asks for them. One request at a time, one thread.
class ReaderDesk {
 public:
  /// What it answers from.
  struct Around {
    RecordStore& store;
    Chronicle& records;
    Retention& retention;
  };
  explicit ReaderDesk(ipc::Channel channel) : channel_(std::move(channel)) {}

  int fd() const { return channel_.fd(); }
  /// Answers the next request, if one waits. channel.closed when the reader is gone; anything else when it
  /// broke the rules: drop the desk.
  Result<> serve(const Around& around);

 private:
  Result<> answer(const ipc::Frame& asked, const Around& around);
  Result<> find(const ipc::Frame& asked, RecordStore& store);
  Result<> chain(const ipc::Frame& asked, RecordStore& store);
  Result<> note(const ipc::Frame& asked, Chronicle& records);
  Result<> look(const ipc::Frame& asked, Retention& retention);
  Result<> keep(const ipc::Frame& asked, Retention& retention);
  template <class Body>
  Result<> say(std::uint64_t request, ipc::records::Msg type, const Body& body, std::string_view text);
  Result<> refuse(std::uint64_t request, const Error& why);

  ipc::Channel channel_;
  ipc::Conversation conversation_{ipc::records::kToControld};
};

}  // namespace gw::control
