#include "CKernels.h"

FOR_EACH_PROCESSOR
void lower_minima(
    uint32_t *minima, const uint64_t *factors, const uint64_t *terms, size_t count,
    const uint64_t *elements, size_t element_count) {
  for (size_t k = 0; k < element_count; k++) {
    uint64_t element = (uint32_t)elements[k];
    for (size_t i = 0; i < count; i++) {
      uint32_t hash = (uint32_t)((factors[i] * element + terms[i]) >> 32);
      minima[i] = hash < minima[i] ? hash : minima[i];
    }
  }
}
