#include "cli/secret_input.h"

#include <fcntl.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>

#include "cli/texts.h"

namespace gw::cli {
namespace {

constexpr std::size_t kMostLine = 1024;
constexpr int kEnding[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP};

volatile sig_atomic_t g_caught = 0;
void catch_it(int signal) { g_caught = signal; }

/// The terminal shows nothing that is typed while it lives; what was typed before is not taken for an answer. A
/// signal that would end or stop the program comes through when the terminal shows again.
class Unseen {
 public:
  explicit Unseen(int fd) : fd_(fd) {
    g_caught = 0;
    struct sigaction quiet {};
    quiet.sa_handler = catch_it;
    for (std::size_t i = 0; i < std::size(kEnding); ++i) ::sigaction(kEnding[i], &quiet, &before_[i]);
    ::tcgetattr(fd_, &shown_);
    termios hidden = shown_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(fd_, TCSAFLUSH, &hidden);
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;
  ~Unseen() {
    ::tcsetattr(fd_, TCSADRAIN, &shown_);
    for (std::size_t i = 0; i < std::size(kEnding); ++i) ::sigaction(kEnding[i], &before_[i], nullptr);
    std::fputs("\n", stderr);
    if (g_caught != 0) ::raise(g_caught);
  }

 private:
  int fd_;
  termios shown_{};
  std::array<struct sigaction, std::size(kEnding)> before_{};
};

/// Without what ends it. Octet by octet, so that the rest is there for whoever reads next. Nothing at the
/// end.
std::optional<Secret> read_line(int fd) {
  std::string line;
  line.reserve(kMostLine + 1);  // so that no copy is left behind
  for (char octet = 0; line.size() <= kMostLine;) {
    const ssize_t size = ::read(fd, &octet, 1);
    if (size < 0 && errno == EINTR && g_caught == 0) continue;
    if (size <= 0 && (line.empty() || size < 0)) return std::nullopt;
    if (size == 0 || octet == '\n') break;
    line.push_back(octet);
  }
  if (line.ends_with('\r')) line.pop_back();
  return Secret(std::move(line));
}

}  // namespace

Result<SecretInput> SecretInput::open(const Call& call) {
  if (call.secrets.empty()) {
    UniqueFd input(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3));
    return SecretInput(std::move(input), ::isatty(STDIN_FILENO) == 1, call.language);
  }
  UniqueFd file(::open(call.secrets.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file) return Error{ErrorCode::file_unreadable, system_error("open").detail};
  return SecretInput(std::move(file), false, call.language);
}

std::optional<Secret> SecretInput::next(const std::string& what, bool may_lack) {
  std::optional<Secret> line;
  if (asks_) {
    const Unseen unseen(file_.get());
    std::fputs(said(language_, may_lack ? Text::prompt_maybe : Text::prompt, {what}).c_str(), stderr);
    line = read_line(file_.get());
  } else {
    line = read_line(file_.get());
  }
  if (line && line->view().empty() && may_lack) return std::nullopt;
  return line;
}

}  // namespace gw::cli
