// SHA-256 by itself, not by OpenSSL's layer of providers: that one brings every cipher there is into
// a program that is linked statically.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
