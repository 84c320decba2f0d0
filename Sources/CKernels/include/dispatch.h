#pragma once

// Compiles a function once for each kind of processor; the loader picks the best that there is.
#if defined(__x86_64__) && defined(__ELF__)
#define FOR_EACH_PROCESSOR \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif
