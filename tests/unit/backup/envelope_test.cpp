// Who can open an envelope, and that others' tools do (BAK-04).

#include "backup/envelope.h"

#include <gmock/gmock.h>

#include "support/mutations.h"
#include "unit/backup/clinic.h"

namespace gw::backup {
namespace {

class EnvelopeTest : public BackupTest {
 protected:
  static Octets closed(const Octets& content) {
    auto out = close_envelope(content, recipients());
    EXPECT_TRUE(out) << out.error().to_text();
    return *std::move(out);
  }
  static Result<Octets> opened(const Octets& envelope, const Opener& who) {
    const auto certificate = who.certificate();
    const auto key = who.key();
    return open_envelope(envelope, certificate.get(), key.get());
  }
};

TEST_F(EnvelopeTest, each_recipient_opens_it) {
  const Octets content(100'000, 'x'), none;
  for (const Opener* who : {&clinic(), &vendor()}) {
    EXPECT_EQ(*opened(closed(content), *who), content);
    EXPECT_EQ(*opened(closed(none), *who), none);
  }
}

TEST_F(EnvelopeTest, nobody_else_opens_it) {
  const Octets envelope = closed(octets_of("content"));
  const Opener stranger = make_opener();
  EXPECT_EQ(opened(envelope, stranger).error().code, ErrorCode::backup_envelope);
  EXPECT_EQ(opened(envelope, {clinic().certificate_pem, stranger.key_pem}).error().code,
            ErrorCode::backup_envelope);
}

TEST_F(EnvelopeTest, openssl_on_the_command_line_opens_it_for_each) {
  const Folder folder;
  const Octets content = octets_of("content\nof a backup\n");
  folder.write("content.cms", closed(content));
  for (const Opener* who : {&clinic(), &vendor()}) {
    folder.write("certificate.pem", as_bytes(who->certificate_pem));
    folder.write("key.pem", as_bytes(who->key_pem));
    ASSERT_EQ(
        folder.run("openssl cms -decrypt -binary -inform DER -in content.cms -recip certificate.pem -inkey "
                   "key.pem -out content.txt"),
        0)
        << folder.text("errors");
    EXPECT_EQ(folder.read("content.txt"), content);
  }
}

TEST_F(EnvelopeTest, the_algorithms_are_those_that_are_promised) {
  const Folder folder;
  folder.write("content.cms", closed(octets_of("content")));
  ASSERT_EQ(folder.run("openssl cms -cmsout -print -inform DER -in content.cms"), 0);
  const std::string text = folder.text("output");
  for (const char* word : {"id-smime-ct-authEnvelopedData", "aes-256-gcm", "rsaesOaep", "mgf1",
                           "dhSinglePass-stdDH-sha256kdf-scheme"})
    EXPECT_THAT(text, testing::HasSubstr(word));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("sha1")));
}

TEST_F(EnvelopeTest, a_changed_one_never_gives_other_content) {
  const Octets content(200, 'x');
  const Octets envelope = closed(content);
  std::size_t refused = 0;
  for (std::size_t at = 0; at < envelope.size(); at += 3) {
    Octets changed = envelope;
    changed[at] ^= 0x10;
    const auto out = opened(changed, clinic());
    if (out) {
      EXPECT_EQ(*out, content);
    }
    refused += out ? 0 : 1;
  }
  EXPECT_GT(refused, envelope.size() / 10);
  Octets longer = envelope;
  longer.push_back(0);
  EXPECT_FALSE(opened(longer, clinic()));
  support::for_each_cut(envelope, [&](const Octets& cut) { EXPECT_FALSE(opened(cut, clinic())); });
}

}  // namespace
}  // namespace gw::backup
