#include "metrics/remote_write.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "metrics/compression.h"
#include "metrics/protobuf.h"

namespace gw::metrics {
namespace {

std::string hex(std::string_view octets) { return to_hex(as_bytes(octets)); }

// Protocol Buffers, "Encoding": the examples of the language guide, and the widths around a varint's septets.
TEST(ProtobufTest, numbers_and_texts_are_encoded_as_the_guide_says) {
  EXPECT_EQ(hex(ProtobufWriter().number(1, 150).octets()), "089601");
  EXPECT_EQ(hex(ProtobufWriter().text(2, "testing").octets()), "120774657374696e67");
  ProtobufWriter inner;
  inner.number(1, 150);
  EXPECT_EQ(hex(ProtobufWriter().message(3, inner).octets()), "1a03089601");
  EXPECT_EQ(hex(ProtobufWriter().number(1, 0).octets()), "0800");
  EXPECT_EQ(hex(ProtobufWriter().number(1, 127).octets()), "087f");
  EXPECT_EQ(hex(ProtobufWriter().number(1, 128).octets()), "088001");
  EXPECT_EQ(hex(ProtobufWriter().number(1, (std::uint64_t{1} << 63) - 1).octets()), "08ffffffffffffffff7f");
  EXPECT_EQ(hex(ProtobufWriter().number(16, 1).octets()), "800101");
  EXPECT_EQ(hex(ProtobufWriter().real(1, 1).octets()), "09000000000000f03f");
}

TEST(RemoteWriteTest, a_series_has_its_name_its_site_and_its_labels_in_order) {
  Ledger ledger;
  ledger.add(FamilyId::session_bytes, {"up", "imaging"}, 1);
  const std::string message = to_write_request(ledger.snapshot(std::chrono::milliseconds(300)), "north");
  ProtobufWriter series, sample;
  const auto label = [](const char* name, const char* value) {
    ProtobufWriter out;
    out.text(1, name).text(2, value);
    return out;
  };
  series.message(1, label("__name__", "sekisho_session_bytes_total")).message(1, label("direction", "up"));
  series.message(1, label("site", "north")).message(1, label("tenant", "imaging"));
  series.message(2, sample.real(1, 1).number(2, 300));
  EXPECT_EQ(hex(message), hex(ProtobufWriter().message(1, series).octets()));
}

/// An empty label is no label there.
TEST(RemoteWriteTest, a_label_without_a_value_is_left_out) {
  Ledger ledger;
  ledger.set(FamilyId::process_memory, {"keyd", ""}, 1);
  const std::string message = to_write_request(ledger.snapshot({}), "north");
  EXPECT_EQ(message.find("tenant"), std::string::npos);
  EXPECT_NE(message.find("keyd"), std::string::npos);
}

TEST(CompressionTest, figures_become_a_fraction_of_their_size) {
  Ledger ledger;
  for (int i = 0; i < 20; ++i) ledger.add(FamilyId::refusals, {"reason" + std::to_string(i), "karte"});
  const std::string message = to_write_request(ledger.snapshot({}), "north");
  EXPECT_LT(compressed(message).size(), message.size() / 3);
}

}  // namespace
}  // namespace gw::metrics
