#include "CKernels.h"

// The same bits on every processor: an operation is rounded on its own.
#pragma STDC FP_CONTRACT OFF

enum { part_width = 8, part_count = refit_count / part_width };

typedef double part __attribute__((vector_size(8 * part_width), aligned(8)));
typedef int64_t part_mask __attribute__((vector_size(8 * part_width)));

FOR_EACH_PROCESSOR
void weigh_refits(
    double *rests, size_t count, const double *level, double bound, const double *mask) {
  double scale = 1 / bound;
  for (size_t i = 0; i < count; i++) {
    for (int k = 0; k < part_count; k++) {
      part *rest = (part *)(rests + i * refit_count) + k;
      part relative = (*rest - ((const part *)level)[k]) * scale;
      part square = relative * relative;
      part left = 1 - square;
      part weight = left * left;
      part_mask is_beyond = square > 1;
      weight = (part)((part_mask)weight & ~is_beyond);
      *rest = weight * ((const part *)mask)[k];
    }
  }
}

FOR_EACH_PROCESSOR
void couple_refits(
    double *cells, size_t width, const intptr_t *entries, const double *masses, size_t count,
    const double *share) {
  const part *mass = (const part *)masses;
  for (size_t i = 0; i < count; i++) {
    size_t entry = (size_t)entries[i];
    part own[part_count];
    part *cell = (part *)(cells + (entry * width + entry) * refit_count);
    for (int k = 0; k < part_count; k++) {
      own[k] = mass[i * part_count + k] * ((const part *)share)[k];
      cell[k] += own[k] * mass[i * part_count + k];
    }
    for (size_t j = i + 1; j < count; j++) {
      size_t other = (size_t)entries[j];
      size_t row = entry < other ? entry : other;
      size_t column = entry < other ? other : entry;
      cell = (part *)(cells + (row * width + column) * refit_count);
      double times = entry == other ? 2 : 1;
      for (int k = 0; k < part_count; k++) {
        // Doubling is exact.
        cell[k] += own[k] * mass[j * part_count + k] * times;
      }
    }
  }
}
