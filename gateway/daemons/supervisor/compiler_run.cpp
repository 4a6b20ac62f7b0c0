#include "compiler_run.h"

#include "ipc/inherited.h"
#include "ipc/messages/compile.h"

namespace gw::supervisor {
namespace {

namespace msg = ipc::compile;

}  // namespace

void CompilerRun::run(model::Generation generation, UniqueFd directory, const UniqueFd& file,
                      Finished finished) {
  finished_ = std::move(finished);
  directory_ = std::move(directory);
  edition_ = std::make_shared<Edition>();
  edition_->generation = generation;
  fault_.reset();
  errors_.reset();
  report_.reset();
  auto running =
      Running::start(premises_, role(RoleId::conf_compile),
                     {.arguments = {std::to_string(generation.number())},
                      .inputs = {{directory_.get(), ipc::kInputFd}, {file.get(), ipc::kSecondInputFd}}},
                     msg::kFromCompiler,
                     {[this](ipc::Frame& frame) { hear(frame); },
                      [this](const sys::Ending& ending, const std::string& words) { end(ending, words); }});
  if (!running) return std::exchange(finished_, {})(std::move(running).error(), UniqueFd());
  running_ = *std::move(running);
}

void CompilerRun::hear(ipc::Frame& frame) {
  if (fault_) return;
  if (Result<> result = understand(frame); !result) fault_ = std::move(result).error();
}

Result<> CompilerRun::understand(ipc::Frame& frame) {
  if (static_cast<msg::Msg>(frame.type) == msg::Msg::part) return add_part(*edition_, frame);
  GW_TRY(const msg::Report report, decode<msg::Report>(frame.body));
  if (report.usable != (report.errors == 0))
    return Error{ErrorCode::message_malformed, "a report of two minds"};
  errors_ = report.errors;
  report_ = std::move(frame.fds.at(0));
  return Done{};
}

Result<> CompilerRun::judge(const sys::Ending& ending, const std::string& words) {
  if (fault_) return Error{ErrorCode::publication_refused, "conf-compile: " + fault_->to_text()};
  if (!errors_)
    return Error{ErrorCode::publication_refused, "conf-compile: " + ending.to_text() + " " + words};
  if (*errors_ != 0)
    return Error{ErrorCode::publication_refused, std::to_string(*errors_) + " errors in the configuration"};
  GW_TRY(check_complete(*edition_));
  return read_keys(*edition_, directory_.get());
}

void CompilerRun::end(const sys::Ending& ending, const std::string& words) {
  running_.reset();
  const auto finished = std::exchange(finished_, {});
  Result<> verdict = judge(ending, words);
  directory_.reset();
  if (!verdict)
    finished(std::move(verdict).error(), std::move(report_));
  else
    finished(std::move(edition_), std::move(report_));
}

}  // namespace gw::supervisor
