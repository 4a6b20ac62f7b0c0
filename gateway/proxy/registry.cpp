#include "proxy/registry.h"

namespace gw::proxy {

void RegistryHook::unlink() {
  next_->previous_ = previous_;
  previous_->next_ = next_;
  next_ = previous_ = this;
}

void RegistryHook::link_behind(RegistryHook& other) {
  unlink();
  previous_ = &other;
  next_ = other.next_;
  other.next_->previous_ = this;
  other.next_ = this;
}

}  // namespace gw::proxy
