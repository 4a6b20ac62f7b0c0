// sekisho-webd: where browsers administer the box (ADM-11). Starts in an empty network namespace under an
// account of its own; reads HTTP and JSON, and decides nothing: who may do what, controld says.

#include "front/process.h"
#include "web/control_link.h"

int main() { gw::front::run_process<gw::web::ControlLink>("sekisho-webd"); }
