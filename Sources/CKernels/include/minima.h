#pragma once

#include <stddef.h>
#include <stdint.h>

/// Lowers each of `count` minima to the least hash of some elements: the upper half of
/// factor · element + term modulo 2⁶⁴, where only the lower half of the element counts.
void lower_minima(
    uint32_t *minima, const uint64_t *factors, const uint64_t *terms, size_t count,
    const uint64_t *elements, size_t element_count);
