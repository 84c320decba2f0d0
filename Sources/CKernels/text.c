#include "CKernels.h"
#include "blocks.h"

FOR_EACH_PROCESSOR
size_t count_utf8_continuations(const uint8_t *text, size_t count) {
  size_t continuations = 0;
  size_t i = 0;
  for (; i + block_size <= count; i += block_size) {
    signed_block block = (signed_block)LOAD_BLOCK(text + i);
    continuations += (size_t)__builtin_popcountll(MARKS(block < -64));
  }
  for (; i < count; i++) continuations += (int8_t)text[i] < -64;
  return continuations;
}

// The length of the well-formed sequence of several bytes at `text`, or 0.
static size_t sequence_length(const uint8_t *text, size_t available) {
  uint8_t lead = text[0];
  size_t length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
  if (length > available) return 0;
  for (size_t k = 1; k < length; k++) {
    if ((text[k] & 0xC0) != 0x80) return 0;
  }
  if ((lead == 0xE0 && text[1] < 0xA0) || (lead == 0xF0 && text[1] < 0x90)) return 0;
  if ((lead == 0xED && text[1] > 0x9F) || (lead == 0xF4 && text[1] > 0x8F)) return 0;
  return length;
}

// Marks the bytes of a block that cannot stand behind the three bytes before each.
static inline __attribute__((always_inline)) uint64_t misplaced_bytes(const uint8_t *text) {
  byte_block byte = LOAD_BLOCK(text);
  byte_block last = LOAD_BLOCK(text - 1);
  __auto_type continues = (signed_block)byte < -64;
  __auto_type must_continue =
      (last >= 0xC0) | (LOAD_BLOCK(text - 2) >= 0xE0) | (LOAD_BLOCK(text - 3) >= 0xF0);
  __auto_type never_stands = ((byte & 0xFE) == 0xC0) | (byte >= 0xF5);
  __auto_type overlong = ((last == 0xE0) & (byte < 0xA0)) | ((last == 0xF0) & (byte < 0x90));
  __auto_type surrogate = (last == 0xED) & (byte >= 0xA0);
  __auto_type beyond_unicode = (last == 0xF4) & (byte >= 0x90);
  return MARKS(
      (continues ^ must_continue) | never_stands | overlong | surrogate | beyond_unicode);
}

// How many of the last bytes before `end` begin a sequence that goes on behind it.
static inline size_t cut_bytes(const uint8_t *end) {
  return end[-1] >= 0xC0 ? 1 : end[-2] >= 0xE0 ? 2 : end[-3] >= 0xF0 ? 3 : 0;
}

FOR_EACH_PROCESSOR
size_t well_formed_utf8_length(const uint8_t *text, size_t count) {
  // What stands before `i` is well formed and ends with a whole character.
  size_t i = 0;
  while (i < count) {
    size_t rest = count - i < block_size ? count - i : block_size;
    uint64_t high = MARKS(LOAD_BLOCK(text + i) >= 0x80) & lowest_bits(rest);
    if (high == 0) {
      i += rest;
      continue;
    }
    if (i >= 3 && (misplaced_bytes(text + i) & lowest_bits(rest)) == 0) {
      size_t cut = cut_bytes(text + i + rest);
      if (cut == 0 || i + rest < count) {
        i += rest - cut;
        continue;
      }
    }
    // At the beginning, where three bytes before cannot be read, and at a fault.
    i += (size_t)__builtin_ctzll(high);
    size_t length = sequence_length(text + i, count - i);
    if (length == 0) return i;
    i += length;
  }
  return count;
}

FOR_EACH_PROCESSOR
size_t count_runs_above(const uint8_t *text, size_t count, uint8_t greatest) {
  size_t runs = 0;
  uint64_t was_in_run = 0;
  size_t i = 0;
  for (; i + block_size <= count; i += block_size) {
    uint64_t in_run = MARKS(LOAD_BLOCK(text + i) > greatest);
    runs += (size_t)__builtin_popcountll(in_run & ~(in_run << 1 | was_in_run));
    was_in_run = in_run >> 63;
  }
  for (; i < count; i++) {
    uint64_t in_run = text[i] > greatest;
    runs += in_run & ~was_in_run;
    was_in_run = in_run;
  }
  return runs;
}

FOR_EACH_PROCESSOR
size_t first_byte_from(const uint8_t *text, size_t count, uint8_t least) {
  size_t i = 0;
  for (; i + block_size <= count; i += block_size) {
    uint64_t found = MARKS(LOAD_BLOCK(text + i) >= least);
    if (found != 0) return i + (size_t)__builtin_ctzll(found);
  }
  while (i < count && text[i] < least) i++;
  return i;
}

FOR_EACH_PROCESSOR
size_t first_of_two_bytes(const uint8_t *text, size_t count, uint8_t one, uint8_t other) {
  size_t i = 0;
  for (; i + block_size <= count; i += block_size) {
    byte_block block = LOAD_BLOCK(text + i);
    uint64_t found = MARKS((block == one) | (block == other));
    if (found != 0) return i + (size_t)__builtin_ctzll(found);
  }
  while (i < count && text[i] != one && text[i] != other) i++;
  return i;
}

FOR_EACH_PROCESSOR
size_t copy_even_words(const uint8_t *text, size_t count, uint8_t *output) {
  size_t i = 0;
  // One byte more is looked at than copied.
  for (; i + block_size < count; i += block_size) {
    byte_block block = LOAD_BLOCK(text + i);
    byte_block next = LOAD_BLOCK(text + i + 1);
    // From '!' to '~'.
    uint64_t stays = MARKS(
        ((block - 0x21) < 0x5E) | ((block == 0x20) & ((next - 0x21) < 0x5E)));
    STORE_BLOCK(output + i, block);
    if (~stays != 0) return i + (size_t)__builtin_ctzll(~stays);
  }
  return i;
}
