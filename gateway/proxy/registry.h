#pragma once

#include <cstddef>

namespace gw::proxy {

/// A place in a Registry. Unlinks itself when it goes.
class RegistryHook {
 public:
  RegistryHook() = default;
  RegistryHook(const RegistryHook&) = delete;
  RegistryHook& operator=(const RegistryHook&) = delete;
  ~RegistryHook() { unlink(); }

 private:
  template <class T>
  friend class Registry;
  void unlink();
  void link_behind(RegistryHook& other);

  RegistryHook* next_ = this;
  RegistryHook* previous_ = this;
};

/// Who is there, without owning anyone: a ring of hooks that members derive from. A member must not leave
/// while the ring is walked: whoever walks it may only ask members to end, and they do so in their own turn.
/// One thread.
template <class T>
class Registry {
 public:
  void add(T& member) { static_cast<RegistryHook&>(member).link_behind(ring_); }
  template <class Function>
  void for_each(Function function) {
    for (RegistryHook* hook = ring_.next_; hook != &ring_;) {
      RegistryHook* next = hook->next_;
      function(static_cast<T&>(*hook));
      hook = next;
    }
  }

 private:
  RegistryHook ring_;
};

}  // namespace gw::proxy
