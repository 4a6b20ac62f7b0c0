// What AddressSanitizer and ThreadSanitizer call at run time. The walls stay up in such builds; this table is
// empty in every other. Files stay closed all the same: Landlock refuses each of them.

#include <sys/mman.h>
#include <sys/syscall.h>

#include "sys/seccomp.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

// Looking for leaks needs a second process that traces the first.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "detect_leaks=0"; }

#define CALL(name) __NR_##name, #name

namespace gw::sys::seccomp {
namespace {

constexpr Row kSanitizer[] = {
    {CALL(sigaltstack), "stack for the report"},
    {CALL(openat), "the report looks at /proc/self"},
    {CALL(readlinkat), "the report looks at /proc/self"},
    {CALL(newfstatat), "the report looks at the program file"},
    {CALL(fstat), "the report looks at the program file"},
    {CALL(lseek), "the report looks at the program file"},
    {CALL(pread64), "the report looks at the program file"},
    {CALL(pipe2), "UBSan asks the kernel whether an address can be read"},
    {CALL(uname), "the report"},
    {CALL(prlimit64), "size of the stack", {seccomp::equals(0, 0)}},
    {CALL(prctl), "name of the thread", {seccomp::equals(0, 16)}},
    {CALL(clock_nanosleep), "the runtime's own thread"},
    {CALL(nanosleep), "the runtime's own thread"},
    {CALL(getuid), "the report"},
    {CALL(getppid), "the report"},
    {CALL(sched_getaffinity), "the runtime's own thread"},
    {CALL(rseq), "the runtime's own thread"},
    {CALL(set_robust_list), "the runtime's own thread"},
    {CALL(mincore), "the report"},
    {CALL(write), "the report"},
    {CALL(ioctl), "is the report read on a terminal", {seccomp::equals(1, 0x5401)}},
#ifdef __NR_readlink
    {CALL(readlink), "the report looks at /proc/self"},
    {CALL(open), "the report looks at /proc/self"},
    {CALL(pipe), "UBSan asks the kernel whether an address can be read"},
    {CALL(stat), "the report looks at the program file"},
    {CALL(getrlimit), "size of the stack"},
#endif
};

}  // namespace

Rows sanitizer_rows() { return kSanitizer; }

}  // namespace gw::sys::seccomp

#else

namespace gw::sys::seccomp {
Rows sanitizer_rows() { return {}; }
}  // namespace gw::sys::seccomp

#endif
