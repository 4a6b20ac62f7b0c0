#include "base/codec.h"

#include <gtest/gtest.h>

#include "support/mutations.h"

namespace gw {
namespace {

enum class Colour : std::uint8_t { red, green, blue };
using Number = Id<struct NumberTag, std::uint16_t>;

/// One of each kind of field.
struct Sample {
  std::uint8_t small = 1;
  std::uint64_t large = 0x0102030405060708;
  Colour colour = Colour::green;
  bool open = true;
  Number number{0x0a0b};
  std::chrono::milliseconds pause{250};
  std::array<std::uint8_t, 3> octets{7, 8, 9};
  std::string text = "abc";
  std::vector<std::uint8_t> blob{1, 2};
  std::vector<Number> list{Number(1), Number(2)};
};

template <class Io>
void visit(Io& io, Sample& s) {
  io.field(s.small);
  io.field(s.large);
  io.choice(s.colour, Colour::blue);
  io.field(s.open);
  io.field(s.number);
  io.range(s.pause, std::chrono::milliseconds(1), std::chrono::milliseconds(1'000));
  io.field(s.octets);
  io.text(s.text, 3);
  io.blob(s.blob, 2);
  io.list(s.list, 2);
}

using support::Octets;

const Octets kSample{1,                                     // small
                     1,    2,    3, 4, 5,   6,   7,   8,    // large, most significant octet first
                     1,                                     // green
                     1,                                     // open
                     0x0a, 0x0b,                            // number
                     0,    0,    0, 0, 0,   0,   0,   250,  // milliseconds
                     7,    8,    9,                         // octets
                     0,    0,    0, 3, 'a', 'b', 'c',       // text
                     0,    0,    0, 2, 1,   2,              // blob
                     0,    0,    0, 2, 0,   1,   0,   2};   // list

/// The sample with one octet changed.
Octets with(std::size_t position, std::uint8_t value) {
  Octets octets = kSample;
  octets[position] = value;
  return octets;
}

TEST(CodecTest, the_layout_is_octet_for_octet_what_the_header_says) { EXPECT_EQ(encode(Sample{}), kSample); }

TEST(CodecTest, what_was_written_is_read_again) {
  const auto sample = decode<Sample>(kSample);
  ASSERT_TRUE(sample);
  EXPECT_EQ(sample->large, 0x0102030405060708u);
  EXPECT_EQ(sample->colour, Colour::green);
  EXPECT_EQ(sample->number, Number(0x0a0b));
  EXPECT_EQ(sample->text, "abc");
  EXPECT_EQ(encode(*sample), kSample);
}

TEST(CodecTest, no_cut_is_a_value) {
  support::for_each_cut(kSample, [](const Octets& cut) { EXPECT_FALSE(decode<Sample>(cut)) << cut.size(); });
}

TEST(CodecTest, a_changed_octet_is_refused_or_means_something_else) {
  support::for_each_change(kSample, [](const Octets& changed) {
    const auto sample = decode<Sample>(changed);
    if (sample) {
      EXPECT_EQ(encode(*sample), changed);
    }
  });
}

TEST(CodecTest, bytes_after_the_last_field_are_a_fault) {
  Octets longer = kSample;
  longer.push_back(0);
  EXPECT_FALSE(decode<Sample>(longer));
}

TEST(CodecTest, an_enumerator_beyond_the_last_is_a_fault) {
  EXPECT_TRUE(decode<Sample>(with(9, 2)));
  EXPECT_FALSE(decode<Sample>(with(9, 3)));
}

TEST(CodecTest, a_truth_value_is_zero_or_one) {
  EXPECT_TRUE(decode<Sample>(with(10, 0)));
  EXPECT_FALSE(decode<Sample>(with(10, 2)));
}

TEST(CodecTest, a_number_outside_its_range_is_a_fault) {
  EXPECT_FALSE(decode<Sample>(with(20, 0)));
  EXPECT_FALSE(decode<Sample>(with(18, 4)));    // 1,274
  EXPECT_FALSE(decode<Sample>(with(13, 255)));  // negative as a duration
}

TEST(CodecTest, a_text_longer_than_its_bound_is_a_fault_even_if_the_bytes_are_there) {
  Octets octets{0, 0, 0, 4, 'a', 'b', 'c', 'd'};
  Reader reader(octets);
  std::string text;
  reader.text(text, 3);
  EXPECT_TRUE(reader.faulty());
  EXPECT_TRUE(text.empty());
}

TEST(CodecTest, a_nul_inside_a_text_is_a_fault) { EXPECT_FALSE(decode<Sample>(with(29, 0))); }

TEST(CodecTest, a_count_that_its_bytes_cannot_hold_reserves_nothing) {
  const Octets octets{0xff, 0xff, 0xff, 0xff};
  Reader reader(octets);
  std::vector<std::uint64_t> list;
  reader.list(list, 0xffffffff);
  EXPECT_TRUE(reader.faulty());
  EXPECT_EQ(list.capacity(), 0u);
}

TEST(CodecTest, a_fault_is_sticky) {
  const Octets octets{9, 1, 2, 3};
  Reader reader(octets);
  Colour colour{};
  std::uint16_t number = 0xffff;
  reader.choice(colour, Colour::blue);
  reader.field(number);
  EXPECT_EQ(number, 0);
  EXPECT_FALSE(reader.finish());
}

TEST(CodecDeathTest, a_writer_that_breaks_its_own_layout_ends_the_process) {
  Sample sample;
  sample.text = "abcd";
  EXPECT_DEATH(encode(sample), "layout");
  sample = {};
  sample.pause = std::chrono::milliseconds(0);
  EXPECT_DEATH(encode(sample), "layout");
  sample = {};
  sample.list.resize(3);
  EXPECT_DEATH(encode(sample), "layout");
}

}  // namespace
}  // namespace gw
