#pragma once

#include <stddef.h>
#include <stdint.h>

/// Counts the bytes of `text` that continue a UTF-8 sequence.
size_t count_utf8_continuations(const uint8_t *text, size_t count);

/// The length of the well-formed UTF-8 (Unicode 15, table 3-7) that `text` begins with: `count`
/// where all of it is, or the offset of the first sequence that is not.
///
/// At least 64 readable bytes follow `text`, whatever they hold.
size_t well_formed_utf8_length(const uint8_t *text, size_t count);
