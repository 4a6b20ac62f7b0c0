#include "cli/administrators_desk.h"

#include "cli/visit.h"

namespace gw::cli {

namespace msg = ipc::web;
namespace op = ipc::op;

Result<msg::Reply> ask_desk(const std::string& socket_path, const msg::Ask& question) {
  GW_TRY(Visit visit,
         Visit::begin(socket_path, op::Msg::administer, op::Msg::administrators_desk, msg::kFromControld));
  GW_TRY(msg::send_ask(visit.channel(), 1, question));
  GW_TRY(ipc::Frame frame, visit.receive());
  return msg::reply_in(frame);
}

}  // namespace gw::cli
