#include "daemons/supervisor/certificate_book.h"

#include <filesystem>
#include <fstream>

#include "base/codec.h"
#include "part_test.h"
#include "sys/durable_file.h"
#include "sys/sealed.h"

namespace gw::supervisor {
namespace {

using model::CertificateRoll;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

class BookOfCertificates : public PartTest {
 protected:
  BookOfCertificates() { starts_anew(); }
  void starts_anew() { book = std::make_unique<CertificateBook>(*journal, clock, folder); }

  /// A configuration is in force that shows those, each until so long from now.
  void comes_into_force(const std::vector<std::pair<std::string, std::chrono::hours>>& shown,
                        bool is_clock_right = true) {
    const auto now = std::chrono::floor<model::CivilSeconds>(clock.civil_now().time_since_epoch());
    CertificateRoll roll;
    for (const auto& [serial, life] : shown) {
      CertificateRoll::Certificate one{
          .subject = "CN=box", .issuer = "CN=Cloud CA", .serial = serial, .ends = now + life};
      one.fingerprint.fill(static_cast<std::uint8_t>(serial.front()));
      roll.own.push_back({.name = serial, .certificate = one});
    }
    auto edition = std::make_shared<Edition>();
    edition->generation = model::Generation(++generation_);
    edition->certificates = *sys::seal(encode(roll), "certificates");
    in_force = edition;
    turn(is_clock_right);
  }
  void turn(bool is_clock_right = true) {
    clock.advance(1min);
    book->tick(clock.now(), in_force, is_clock_right);
  }
  /// As whoever erases the box finds it.
  model::HeldCertificates on_disk() const {
    const auto held = decode<model::HeldCertificates>(*sys::read_kept(folder + "/certificates", 1u << 20));
    return held ? *held : model::HeldCertificates{};
  }
  std::vector<std::string> kept() const {
    std::vector<std::string> out;
    for (const CertificateRoll::Certificate& one : on_disk().all) out.push_back(one.serial);
    return out;
  }

  std::unique_ptr<CertificateBook> book;
  EditionPtr in_force{};

 private:
  std::uint64_t generation_ = 0;
};

TEST_F(BookOfCertificates, those_of_former_configurations_are_named_until_they_have_ended) {
  comes_into_force({{"a", 24h * 10}, {"b", 24h * 90}});
  comes_into_force({{"c", 24h * 90}});
  starts_anew();
  comes_into_force({{"c", 24h * 90}});
  EXPECT_THAT(kept(), ElementsAre("a", "b", "c"));
  clock.set_civil(clock.civil_now() + 24h * 20);
  comes_into_force({{"d", 24h}}, false);
  EXPECT_THAT(kept(), ElementsAre("a", "b", "c", "d")) << "nobody knows what day it is";
  comes_into_force({{"d", 24h}});
  EXPECT_THAT(kept(), ElementsAre("b", "c", "d"));
  EXPECT_EQ(recorded(), "");
}

TEST_F(BookOfCertificates, book_that_cannot_be_read_is_told_and_begun_anew_as_one_that_is_not_whole) {
  std::ofstream(folder + "/certificates") << "nonsense";
  comes_into_force({{"a", 24h}});
  EXPECT_THAT(recorded(), HasSubstr("certificate.unlisted"));
  EXPECT_THAT(kept(), ElementsAre("a"));
  starts_anew();
  comes_into_force({{"b", 24h}});
  EXPECT_THAT(kept(), ElementsAre("a", "b"));
  EXPECT_FALSE(on_disk().is_whole) << "those before are still unknown";
  EXPECT_EQ(recorded(), "");
}

TEST_F(BookOfCertificates, what_cannot_be_kept_is_told_once_and_tried_again) {
  std::filesystem::remove_all(folder);
  comes_into_force({{"a", 24h}});
  EXPECT_THAT(recorded(), HasSubstr("certificate.unlisted"));
  turn();
  EXPECT_EQ(recorded(), "");
  std::filesystem::create_directory(folder);
  EXPECT_THAT(kept(), IsEmpty());
  turn();
  EXPECT_THAT(kept(), ElementsAre("a"));
  EXPECT_TRUE(on_disk().is_whole);
}

}  // namespace
}  // namespace gw::supervisor
