#pragma once

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "daemons/supervisor/journal.h"
#include "support/manual_clock.h"

namespace gw::supervisor {

/// For tests of a part of the supervisor that has a folder and says what happens in records.
class PartTest : public testing::Test {
 protected:
  PartTest() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) throw std::runtime_error("pipe");
    reading_.reset(ends[0]);
    if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error("mkdtemp");
    journal = std::make_unique<Journal>(UniqueFd(ends[1]), clock);
  }
  ~PartTest() override {
    journal.reset();  // it writes while its reader is there
    std::filesystem::remove_all(folder);
  }
  /// Since the last time somebody asked.
  std::string recorded() {
    journal->flush();
    std::array<char, 8192> text{};
    const ssize_t size = ::read(reading_.get(), text.data(), text.size());
    return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
  }

  support::ManualClock clock;
  std::string folder = testing::TempDir() + "partXXXXXX";
  std::unique_ptr<Journal> journal;

 private:
  UniqueFd reading_;
};

}  // namespace gw::supervisor
