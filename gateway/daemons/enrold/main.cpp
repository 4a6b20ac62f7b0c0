// sekisho-enrold: where one tenant's terminals ask for their certificates (EST, RFC 7030). Starts in an empty
// network namespace under an account of its own; holds no key, sees no session, and knows no other tenant.

#include "enrol/control_link.h"
#include "front/process.h"

int main() { gw::front::run_process<gw::enrol::ControlLink>("sekisho-enrold"); }
