// 64 bytes at a time, as a bit for each. Compilers make of this what the processor has: one compare
// into a mask register, or two or four compares whose sign bits are gathered.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { block_size = 64 };

typedef uint8_t byte_block __attribute__((ext_vector_type(64)));
typedef int8_t signed_block __attribute__((ext_vector_type(64)));
typedef _Bool block_marks __attribute__((ext_vector_type(64)));

// Macros, as vectors this wide have no calling convention that all targets share.
#define LOAD_BLOCK(text) \
  ({ \
    byte_block loaded_; \
    memcpy(&loaded_, (text), block_size); \
    loaded_; \
  })
#define STORE_BLOCK(output, block) \
  do { \
    byte_block stored_ = (block); \
    memcpy((output), &stored_, block_size); \
  } while (0)
// Bit i is set where byte i meets the condition.
#define MARKS(condition) \
  __builtin_bit_cast(uint64_t, __builtin_convertvector((condition), block_marks))

// The lowest `count` of 64 bits.
static inline uint64_t lowest_bits(size_t count) {
  return count >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << count) - 1;
}
