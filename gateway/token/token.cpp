#include "token/token.h"

#include "token/key.h"
#include "token/module.h"

namespace gw::token {

Token::Token(std::unique_ptr<Module> module) : module_(std::move(module)) {}

Token::~Token() = default;

Result<std::unique_ptr<Token>> Token::load(const std::string& module_path, std::optional<Secret> pin,
                                           PinEar ear) {
  GW_TRY(auto module, Module::load(module_path, std::move(pin), std::move(ear)));
  return std::unique_ptr<Token>(new Token(std::move(module)));
}

Result<keys::PrivateKeyPtr> Token::open_key(Bytes uri_der) {
  GW_TRY(auto uri, read_uri_file(uri_der));
  GW_TRY(auto key, Key::open(*module_, std::move(uri)));
  return keys::PrivateKeyPtr(std::move(key));
}

}  // namespace gw::token
