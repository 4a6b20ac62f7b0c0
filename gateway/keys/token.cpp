#include "keys/token.h"

#include "keys/token_key.h"

namespace gw::keys {

Token::Token(std::unique_ptr<TokenModule> module) : module_(std::move(module)) {}

Token::~Token() = default;

Result<std::unique_ptr<Token>> Token::load(const std::string& module_path, Secret pin) {
  GW_TRY(auto module, TokenModule::load(module_path, std::move(pin)));
  return std::unique_ptr<Token>(new Token(std::move(module)));
}

Result<PrivateKeyPtr> Token::open_key(const PemBlock& block) {
  GW_TRY(auto uri, read_token_uri_file(block.bytes()));
  GW_TRY(auto key, TokenKey::open(*module_, std::move(uri)));
  return PrivateKeyPtr(std::move(key));
}

}  // namespace gw::keys
