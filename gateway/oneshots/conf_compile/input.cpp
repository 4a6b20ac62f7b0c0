#include "input.h"

#include "base/codec.h"
#include "ipc/inherited.h"
#include "sys/sealed.h"

namespace gw::oneshots {

std::span<const sys::Grant> Input::readable() const {
  static constexpr sys::Grant kDirectory[] = {{ipc::kInputFd, sys::Use::read_beneath}};
  return origin_ == Origin::files ? std::span<const sys::Grant>(kDirectory) : std::span<const sys::Grant>();
}

Result<std::string> Input::open() {
  if (origin_ == Origin::kept) {
    GW_TRY(const auto sealed, sys::read_sealed(ipc::kInputFd, config::kMostSources));
    GW_TRY(sources_, decode<config::Sources>(sealed));
  } else {
    GW_TRY(sources_.text, config::read_file(ipc::kSecondInputFd, config::kMaxSource));
  }
  return sources_.text;
}

config::FileReader Input::reader() {
  return origin_ == Origin::kept ? config::reader_of(sources_)
                                 : config::keeping(config::reader_beneath(ipc::kInputFd), sources_);
}

}  // namespace gw::oneshots
