#pragma once

#include <stddef.h>
#include <stdint.h>

/// Counts the bytes of `text` that continue a UTF-8 sequence.
size_t count_utf8_continuations(const uint8_t *text, size_t count);

/// The number of runs of bytes above `greatest`.
size_t count_runs_above(const uint8_t *text, size_t count, uint8_t greatest);

/// The length of the well-formed UTF-8 (Unicode 15, table 3-7) that `text` begins with: `count`
/// where all of it is, or the offset of the first sequence that is not.
///
/// At least 64 readable bytes follow `text`, whatever they hold.
size_t well_formed_utf8_length(const uint8_t *text, size_t count);

/// The offset of the first byte of at least `least`; `count` where there is none.
size_t first_byte_from(const uint8_t *text, size_t count, uint8_t least);

/// The offset of the first byte that is one of two; `count` where there is none.
size_t first_of_two_bytes(const uint8_t *text, size_t count, uint8_t one, uint8_t other);

/// Copies what `text` begins with of words in ASCII with one space between them, a space only where
/// a word follows, and says how much it was: less than there is near the end of `text`.
///
/// As many bytes as `count` may be written to `output`.
size_t copy_even_words(const uint8_t *text, size_t count, uint8_t *output);
