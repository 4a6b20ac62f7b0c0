#include "compiler_run.h"

#include "ipc/inherited.h"
#include "ipc/messages/compile.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

namespace msg = ipc::compile;

/// What conf-compile is started with besides the generation.
struct Start {
  const char* word;
  std::vector<sys::Placed> inputs;
};

Start start_of(const Origin& origin) {
  if (const auto* files = std::get_if<Files>(&origin))
    return {"files", {{files->directory.get(), ipc::kInputFd}, {files->file.get(), ipc::kSecondInputFd}}};
  if (const auto* sent = std::get_if<Sent>(&origin)) return {"kept", {{sent->sources.get(), ipc::kInputFd}}};
  return {"kept", {{std::get<EditionPtr>(origin)->sources.get(), ipc::kInputFd}}};
}

}  // namespace

void CompilerRun::run(model::Generation generation, Origin origin, Finished finished, UniqueFd before) {
  finished_ = std::move(finished);
  origin_ = std::move(origin);
  before_ = std::move(before);
  identities_ = shelf_.in_use();
  edition_ = std::make_shared<Edition>();
  edition_->generation = generation;
  fault_.reset();
  errors_.reset();
  report_.reset();
  auto running = start();
  if (!running) return std::exchange(finished_, {})(std::move(running).error(), UniqueFd());
  running_ = *std::move(running);
}

Result<std::unique_ptr<Running>> CompilerRun::start() {
  GW_TRY(const UniqueFd identities, sys::seal(encode(identities_), "identities"));
  Start start = start_of(origin_);
  start.inputs.push_back({identities.get(), ipc::kThirdInputFd});
  if (before_) start.inputs.push_back({before_.get(), ipc::kReferenceFd});
  std::vector<std::string> arguments{std::to_string(edition_->generation.number()), start.word};
  if (before_) arguments.emplace_back("compared");
  return Running::start(
      premises_, role(RoleId::conf_compile), {.arguments = arguments, .inputs = start.inputs},
      msg::kFromCompiler,
      {[this](ipc::Frame& frame) { hear(frame); },
       [this](const sys::Ending& ending, const std::string& words) { end(ending, words); }});
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
  GW_TRY(const KeyReader read, key_reader());
  return collect_keys(*edition_, read);
}

Result<KeyReader> CompilerRun::key_reader() const {
  if (const auto* files = std::get_if<Files>(&origin_))
    return keys_in(identities_, keys_beneath(files->directory.get()));
  if (const auto* sent = std::get_if<Sent>(&origin_))
    return keys_in(identities_, keys_beneath(sent->directory.get()));
  GW_TRY(KeyReader kept, keys_kept_in(*std::get<EditionPtr>(origin_)));
  return keys_in(identities_, std::move(kept));
}

void CompilerRun::end(const sys::Ending& ending, const std::string& words) {
  running_.reset();
  const auto finished = std::exchange(finished_, {});
  Result<> verdict = judge(ending, words);
  origin_ = {};
  before_.reset();
  identities_ = {};
  if (!verdict)
    finished(std::move(verdict).error(), std::move(report_));
  else
    finished(std::move(edition_), std::move(report_));
}

}  // namespace gw::supervisor
