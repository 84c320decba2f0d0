#include "CKernels.h"

FOR_EACH_PROCESSOR
size_t count_utf8_continuations(const uint8_t *text, size_t count) {
  size_t continuations = 0;
  for (size_t i = 0; i < count; i++) continuations += (int8_t)text[i] < -64;
  return continuations;
}
