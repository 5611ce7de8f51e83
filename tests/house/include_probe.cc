// Compiled by tests against the include path of one room, with the header of another.
#include HEADER
