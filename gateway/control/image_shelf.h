#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/fd.h"
#include "base/result.h"
#include "ipc/messages/noc.h"
#include "pki/running_sha256.h"

namespace gw::control {

/// A new image as it is fetched, piece by piece, in a folder that nobody else writes to (decisions/0064).
/// What is there is where it goes on, whatever happened meanwhile; it counts as whole only when its digest is
/// the one that was wanted, and lies at kWhole then. One at a time, bounded, and only as long as the disk has
/// room for everything else. One thread.
class ImageShelf {
 public:
  /// firmware/image: sekisho-fetched.service takes it from there.
  static constexpr const char* kWhole = "sekisho.raucb";
  static constexpr std::uint64_t kMostImage = 256u << 20;
  /// What the disk has left beside it, octets: for records, which come first.
  static constexpr std::uint64_t kLeave = 512u << 20;
  /// So often one that came out wrong is fetched anew.
  static constexpr int kMostTries = 3;

  enum class Stage : std::uint8_t { none, looking, fetching, no_room, whole, unfit };
  static std::string_view word_of(Stage stage);

  explicit ImageShelf(UniqueFd folder, std::uint64_t leave = kLeave)
      : folder_(std::move(folder)), leave_(leave) {}

  /// This one is wanted, by its digest in hexadecimal, and no other; empty: none. What is there of others
  /// goes.
  void want(const std::string& sha256);
  /// What is to be fetched now; of no digest if nothing is.
  ipc::noc::Image next();
  /// channel.out_of_phase: more than the file is said to have. What does not go on where it stands is passed
  /// over: what is wanted may have changed since.
  Result<> put(const ipc::noc::ImagePiece& piece);
  /// Looks through some of what is there, if that is due, and no longer than others can wait.
  void step();
  bool is_looking() const { return stage_ == Stage::looking; }

  Stage stage() const { return stage_; }
  const std::string& sha256() const { return sha256_; }
  std::uint64_t have() const { return have_; }
  /// Of the file; zero: not known yet.
  std::uint64_t whole() const { return whole_; }

 private:
  Result<> add(const ipc::noc::ImagePiece& piece);
  void look();
  std::string part() const { return sha256_ + ".part"; }
  void clear_but(const std::string& kept) const;
  void find();
  bool open(const std::string& name, int flags);
  Result<> look_some();
  Result<> judge();
  void begin_anew();
  bool has_room() const;

  UniqueFd folder_;
  std::uint64_t leave_;
  std::string sha256_{};
  Stage stage_ = Stage::none;
  UniqueFd file_{};        // of what is there
  bool is_begun_ = false;  // it is known what is wanted
  bool is_named_ = false;  // it lies at kWhole, as one that was whole once
  bool is_asked_ = false;  // somebody fetches this one
  std::uint64_t have_ = 0, whole_ = 0, looked_ = 0, unsynced_ = 0;
  std::optional<pki::RunningSha256> digest_{};
  int tries_ = 0;
};

}  // namespace gw::control
