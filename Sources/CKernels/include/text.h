#pragma once

#include <stddef.h>
#include <stdint.h>

/// Counts the bytes of `text` that continue a UTF-8 sequence.
size_t count_utf8_continuations(const uint8_t *text, size_t count);
