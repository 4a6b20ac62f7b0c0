#include "config/value.h"

#include <gtest/gtest.h>

#include "config/choice.h"

namespace gw::config {
namespace {

/// The code of the refusal, or what the value writes itself as.
template <class T>
std::string read(std::string_view text) {
  const auto parsed = T::parse(text);
  return parsed ? parsed->node().text : std::string(to_string(parsed.error().code));
}

TEST(Value, a_span_needs_its_unit) {
  EXPECT_EQ(read<IdleSpan>("900"), "config.value.unit");
  EXPECT_EQ(read<IdleSpan>("15min"), "config.value.unit");
  EXPECT_EQ(read<IdleSpan>("15 minutes"), "config.value.unit");
  EXPECT_EQ(read<IdleSpan>("-1 s"), "config.value.unit");
  EXPECT_EQ(read<IdleSpan>("15  min"), "config.value.unit");
}

TEST(Value, a_span_is_written_in_the_largest_unit_that_divides_it) {
  EXPECT_EQ(read<IdleSpan>("900 s"), "15 min");
  EXPECT_EQ(read<IdleSpan>("90 min"), "90 min");
  EXPECT_EQ(read<IdleSpan>("24 h"), "1 d");
  EXPECT_EQ(read<SetUpSpan>("1500 ms"), "1500 ms");
}

TEST(Value, a_span_keeps_its_bounds_and_step) {
  EXPECT_EQ(read<IdleSpan>("0 s"), "config.value.range");
  EXPECT_EQ(read<IdleSpan>("1 s"), "1 s");
  EXPECT_EQ(read<IdleSpan>("7 d"), "7 d");
  EXPECT_EQ(read<IdleSpan>("604801 s"), "config.value.range");
  EXPECT_EQ(read<IdleSpan>("1500 ms"), "config.value.range");
  EXPECT_EQ(read<IdleSpan>("18446744073709551615 d"), "config.value.range");
  EXPECT_EQ(read<SetUpSpan>("99 ms"), "config.value.range");
  EXPECT_EQ(read<SetUpSpan>("60 s"), "1 min");
}

TEST(Value, a_rate_needs_its_unit) {
  EXPECT_EQ(read<Rate>("50"), "config.value.unit");
  EXPECT_EQ(read<Rate>("50 per min"), "config.value.unit");
  EXPECT_EQ(read<Rate>("0 per s"), "config.value.range");
  EXPECT_EQ(read<Rate>("50 per s"), "50 per s");
}

TEST(Value, a_number_is_whole_and_in_bounds) {
  EXPECT_EQ(read<Port>("0"), "config.value.range");
  EXPECT_EQ(read<Port>("1"), "1");
  EXPECT_EQ(read<Port>("65535"), "65535");
  EXPECT_EQ(read<Port>("65536"), "config.value.range");
  EXPECT_EQ(read<Port>("0x50"), "config.value.type");
  EXPECT_EQ(read<Port>("080"), "config.value.type");
  EXPECT_EQ(read<Port>("https"), "config.value.type");
}

TEST(Value, a_switch_reads_the_words_of_yaml_and_writes_its_own) {
  EXPECT_EQ(read<Flag>("on"), "on");
  EXPECT_EQ(read<Flag>("false"), "off");
  EXPECT_EQ(read<Flag>("no"), "off");
  EXPECT_EQ(read<Flag>("1"), "config.value.choice");
}

TEST(Value, a_name_is_lower_case_with_hyphens_inside) {
  EXPECT_EQ(read<Name>("ct-1"), "ct-1");
  EXPECT_EQ(read<Name>(std::string(63, 'a')), std::string(63, 'a'));
  for (const std::string& bad : {std::string(), std::string("-a"), std::string("a-"), std::string("A"),
                                 std::string("a_b"), std::string(64, 'a')})
    EXPECT_EQ(read<Name>(bad), "config.value.format") << bad;
}

TEST(Value, a_host_name_is_a_name_and_no_address) {
  EXPECT_EQ(read<HostName>("EMR.Example"), "emr.example");
  for (const char* bad : {"10.0.0.1", "*.example", "emr.example.", "emr.example:443", "a..b", ""})
    EXPECT_EQ(read<HostName>(bad), "config.value.format") << bad;
}

TEST(Value, a_path_is_relative_and_leads_straight) {
  EXPECT_EQ(read<FilePath>("pki/a.pem"), "pki/a.pem");
  EXPECT_EQ(read<FilePath>("..a/b..pem"), "..a/b..pem");
  for (const char* bad : {"/etc/a", "../a", "a/../b", "./a", "a//b", "a/", ""})
    EXPECT_EQ(read<FilePath>(bad), "config.value.format") << bad;
}

TEST(Value, an_interface_address_has_its_length_and_host_bits) {
  EXPECT_EQ(read<InterfaceAddress>("10.1.0.1/24"), "10.1.0.1/24");
  EXPECT_EQ(read<InterfaceAddress>("10.1.0.0/31"), "10.1.0.0/31");
  EXPECT_EQ(read<InterfaceAddress>("127.0.0.1/8"), "127.0.0.1/8");
  for (const char* bad : {"10.1.0.1", "10.1.0.0/24", "10.1.0.1/0", "10.1.0.1/33", "224.0.0.1/4", "0.0.0.0/8"})
    EXPECT_EQ(read<InterfaceAddress>(bad), "config.value.format") << bad;
}

TEST(Value, a_network_has_no_bits_beyond_its_length) {
  EXPECT_EQ(read<NetworkPrefix>("10.1.0.0/16"), "10.1.0.0/16");
  EXPECT_EQ(read<NetworkPrefix>("10.1.0.7"), "10.1.0.7/32");
  const auto refused = NetworkPrefix::parse("10.1.2.3/16");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("`10.1.0.0/16`"), std::string::npos);
}

TEST(Value, an_address_is_somewhere_one_can_send_to) {
  EXPECT_EQ(read<Address>("2001:DB8::1"), "2001:db8::1");
  EXPECT_EQ(read<Address>("::ffff:10.0.0.1"), "10.0.0.1");
  for (const char* bad :
       {"0.0.0.0", "::", "239.1.1.1", "255.255.255.255", "ff02::1", "10.0.0.1:53", "10.0.0.1/32"})
    EXPECT_EQ(read<Address>(bad), "config.value.format") << bad;
}

TEST(Value, a_name_server_shows_its_port_only_if_it_is_unusual) {
  EXPECT_EQ(read<Resolver>("192.0.2.53"), "192.0.2.53");
  EXPECT_EQ(read<Resolver>("192.0.2.53:53"), "192.0.2.53");
  EXPECT_EQ(read<Resolver>("192.0.2.53:5353"), "192.0.2.53:5353");
  EXPECT_EQ(read<Resolver>("2001:db8::53"), "2001:db8::53");
  EXPECT_EQ(read<Resolver>("[2001:db8::53]"), "2001:db8::53");
  EXPECT_EQ(read<Resolver>("[2001:db8::53]:5353"), "[2001:db8::53]:5353");
  for (const char* bad :
       {"192.0.2.53:0", "192.0.2.53:65536", "192.0.2.53:", "[2001:db8::53", "[]:53", "dns.example", ""})
    EXPECT_EQ(read<Resolver>(bad), "config.value.format") << bad;
}

TEST(Value, a_day_counts_to_its_end) {
  const auto day = Date::parse("1970-01-01");
  ASSERT_TRUE(day);
  EXPECT_EQ(day->value.count(), 86'400);
  EXPECT_EQ(read<Date>("2028-02-29"), "2028-02-29");
  for (const char* bad :
       {"2027-02-29", "2027-13-01", "2027-3-31", "31.03.2027", "1969-12-31", "20270331", "2027-03-3a"})
    EXPECT_EQ(read<Date>(bad), "config.value.format") << bad;
}

TEST(Value, a_moment_has_its_zone_and_is_written_in_utc) {
  EXPECT_EQ(Moment::parse("1970-01-01T00:00:01Z")->value.count(), 1);
  EXPECT_EQ(read<Moment>("2027-03-31T09:00:00+09:00"), "2027-03-31T00:00:00Z");
  EXPECT_EQ(read<Moment>("2026-12-31T22:30:59-03:30"), "2027-01-01T02:00:59Z");
  EXPECT_EQ(read<Moment>("2028-02-29T00:00:00Z"), "2028-02-29T00:00:00Z");
  for (const char* bad :
       {"2027-03-31", "2027-03-31T09:00:00", "2027-03-31 09:00:00Z", "2027-03-31T09:00Z",
        "2027-03-31T24:00:00Z", "2027-03-31T09:60:00Z", "2027-03-31T09:00:60Z", "2027-03-31T09:00:00z",
        "2027-03-31T09:00:00.5Z", "2027-03-31T09:00:00+0900", "2027-03-31T09:00:00+24:00",
        "2027-02-29T09:00:00Z", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00+09:00", "2027-03-31T09:00:00Z "})
    EXPECT_EQ(read<Moment>(bad), "config.value.format") << bad;
}

TEST(Value, a_pin_is_thirty_two_octets) {
  const std::string pin = "sha256/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  EXPECT_EQ(read<PinText>(pin), pin);
  EXPECT_EQ(PinText::parse(pin)->value[31], 31);
  EXPECT_EQ(read<PinText>("sha256/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9="), "config.value.format");
  EXPECT_EQ(read<PinText>(pin.substr(0, pin.size() - 1)), "config.value.format");
  EXPECT_EQ(read<PinText>("sha1/" + pin.substr(7)), "config.value.format");
}

TEST(Value, a_choice_names_the_word_that_was_meant) {
  EXPECT_EQ(read<ProfileChoice>("HIGH-12"), "HIGH-12");
  const auto refused = ModeChoice::parse("terminat");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("did you mean `terminate`?"), std::string::npos);
}

TEST(Suggest, what_is_far_from_everything_gets_no_suggestion) {
  EXPECT_EQ(did_you_mean("colour", {"port", "address"}), "");
  EXPECT_EQ(did_you_mean("adress", {"port", "address"}), "; did you mean `address`?");
  EXPECT_EQ(did_you_mean(std::string(1'000, 'a'), {"port"}), "");
}

}  // namespace
}  // namespace gw::config
