#include "CKernels.h"

#include <string.h>

// The same bits on every processor: an operation is rounded on its own, and a lane is one window,
// whatever the width of the registers, so no order of summation depends on it.
#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))

typedef double lanes __attribute__((vector_size(8 * window_lanes)));
typedef int64_t masks __attribute__((vector_size(8 * window_lanes)));

enum { weight_moments = 12, value_moments = 11, tricube_terms = 10 };

// Vectors are passed by reference, because passing them by value depends on the processor.
typedef struct {
  lanes center, scale, shift;
  lanes w, wx, wxx, v, vx;
} windows;

INLINE void clear_unless(const masks *mask, lanes *value) {
  *value = (lanes)((masks)*value & *mask);
}

INLINE void set_magnitude(lanes *result, const lanes *value) {
  *result = (lanes)((masks)*value & INT64_MAX);
}

/// Adds levels one by one.
INLINE void add_levels(windows *sums, const window_levels *levels, size_t start, size_t end) {
  for (size_t i = start; i < end; i++) {
    lanes d = (levels->x[i] - sums->center) * sums->scale;
    lanes cube = d * d * d;
    set_magnitude(&cube, &cube);
    lanes rest = 1 - cube;
    // Far levels of narrow windows: their distance may be infinite, and 0 · ∞ is not 0.
    masks is_inside = cube < 1;
    clear_unless(&is_inside, &d);
    clear_unless(&is_inside, &rest);
    lanes tricube = rest * rest * rest;
    lanes w = tricube * levels->weights[i];
    lanes v = tricube * levels->values[i];
    lanes x = d - sums->shift;
    lanes wx = w * x;
    sums->w += w;
    sums->wx += wx;
    sums->wxx += wx * x;
    sums->v += v;
    sums->vx += v * x;
  }
}

/// Adds a run by its moments, unless that would cost digits.
///
/// On one side of the centre the tricube weight is a polynomial of ξ. Its coefficients have either
/// sign, so a level's weight may be much smaller than what it is the sum of: at the edge of the
/// window, where the weight ends, and at x = 0, where the factor x does. A run is taken only if the
/// loss is at most 1/edge³ · 1/near² for every level in it, so that each counts as exactly as if it
/// had been added alone, but for some units in the sixteenth digit times that.
INLINE int add_run(windows *sums, const level_run *run) {
  const double edge = 0.25, near = 0.25;
  lanes u = (run->center - sums->center) * sums->scale;
  lanes h = run->half_width * sums->scale;
  lanes x = u - sums->shift;
  lanes distance, x_distance;
  set_magnitude(&distance, &u);
  set_magnitude(&x_distance, &x);
  lanes far = distance + h;
  lanes cube = distance * distance * distance;
  lanes far_cube = far * far * far;
  masks is_exact = (distance >= h) & (1 - far_cube >= edge * (1 + far_cube - 2 * cube)) &
                   (x_distance - h >= near * (x_distance + h));
  if (!__builtin_reduce_and(is_exact)) return 0;

  // |d| = distance + g·ξ, and 1 − |d|³ = a0 + a1·ξ + a2·ξ² + a3·ξ³.
  lanes g = (lanes)((masks)h | ((masks)u & INT64_MIN));
  lanes a0 = 1 - cube;
  lanes a1 = -3 * (distance * distance * g);
  lanes a2 = -3 * (distance * g * g);
  lanes a3 = -(g * g * g);
  // Its square, its cube t, and the cube times x = x0 + h·ξ once and twice.
  lanes b0 = a0 * a0;
  lanes b1 = 2 * (a0 * a1);
  lanes b2 = 2 * (a0 * a2) + a1 * a1;
  lanes b3 = 2 * (a0 * a3 + a1 * a2);
  lanes b4 = 2 * (a1 * a3) + a2 * a2;
  lanes b5 = 2 * (a2 * a3);
  lanes b6 = a3 * a3;
  lanes t[tricube_terms] = {
      b0 * a0,
      b0 * a1 + b1 * a0,
      b0 * a2 + b1 * a1 + b2 * a0,
      b0 * a3 + b1 * a2 + b2 * a1 + b3 * a0,
      b1 * a3 + b2 * a2 + b3 * a1 + b4 * a0,
      b2 * a3 + b3 * a2 + b4 * a1 + b5 * a0,
      b3 * a3 + b4 * a2 + b5 * a1 + b6 * a0,
      b4 * a3 + b5 * a2 + b6 * a1,
      b5 * a3 + b6 * a2,
      b6 * a3,
  };
  lanes w = t[0] * run->weights[0];
  lanes v = t[0] * run->values[0];
  lanes tx = t[0] * x;
  lanes wx = tx * run->weights[0];
  lanes vx = tx * run->values[0];
  lanes wxx = tx * x * run->weights[0];
  lanes previous = tx;
#pragma clang loop unroll(full)
  for (int k = 1; k < weight_moments; k++) {
    lanes txx;
    if (k < tricube_terms) {
      w += t[k] * run->weights[k];
      v += t[k] * run->values[k];
      tx = t[k] * x + t[k - 1] * h;
    } else if (k == tricube_terms) {
      tx = t[k - 1] * h;
    }
    if (k < value_moments) {
      wx += tx * run->weights[k];
      vx += tx * run->values[k];
      txx = tx * x + previous * h;
    } else {
      txx = previous * h;
    }
    wxx += txx * run->weights[k];
    previous = tx;
  }
  sums->w += w;
  sums->wx += wx;
  sums->wxx += wxx;
  sums->v += v;
  sums->vx += vx;
  return 1;
}

FOR_EACH_PROCESSOR
void sum_windows(const window_levels *levels, const window_batch *batch, double *sums) {
  windows windows = {0};
  memcpy(&windows.center, batch->centers, sizeof(lanes));
  memcpy(&windows.scale, batch->scales, sizeof(lanes));
  memcpy(&windows.shift, batch->shifts, sizeof(lanes));
  size_t lower = batch->lower, upper = batch->upper;
  for (size_t i = 0; i < levels->run_count;) {
    const level_run *run = &levels->runs[i];
    int is_outside = run->end <= lower || run->start >= upper;
    int is_inside = run->start >= lower && run->end <= upper;
    if (is_outside || (is_inside && add_run(&windows, run))) {
      i += run->size;
      continue;
    }
    if (run->size == 1) {
      size_t start = run->start > lower ? run->start : lower;
      size_t end = run->end < upper ? run->end : upper;
      add_levels(&windows, levels, start, end);
    }
    i++;
  }
  memcpy(sums, &windows.w, window_sum_count * sizeof(lanes));
}

/// Adds the moments of a part of a run, which are about the part's own centre (binomial theorem).
INLINE void add_moments(double *sums, const double *moments, int count, double shift, double scale) {
  double shifted[weight_moments];
  double power = 1;
  for (int k = 0; k < count; k++) {
    shifted[k] = moments[k] * power;
    power *= scale;
  }
  for (int first = count - 2; first >= 0; first--) {
    for (int k = first; k + 1 < count; k++) shifted[k + 1] += shift * shifted[k];
  }
  for (int k = 0; k < count; k++) sums[k] += shifted[k];
}

INLINE void add_part(level_run *run, const level_run *part) {
  double scale = run->half_width > 0 ? 1 / run->half_width : 0;
  double shift = (part->center - run->center) * scale;
  double ratio = part->half_width * scale;
  add_moments(run->weights, part->weights, weight_moments, shift, ratio);
  add_moments(run->values, part->values, value_moments, shift, ratio);
}

FOR_EACH_PROCESSOR
void measure_level_runs(const window_levels *levels, level_run *runs) {
  // Parts come after the whole, so backwards they are ready.
  for (size_t i = levels->run_count; i-- > 0;) {
    level_run *run = &runs[i];
    memset(run->weights, 0, sizeof run->weights);
    memset(run->values, 0, sizeof run->values);
    if (run->size > 1) {
      const level_run *first = run + 1;
      add_part(run, first);
      add_part(run, first + first->size);
      continue;
    }
    double scale = run->half_width > 0 ? 1 / run->half_width : 0;
    for (size_t level = run->start; level < run->end; level++) {
      double x = (levels->x[level] - run->center) * scale;
      double power = 1;
      for (int k = 0; k < weight_moments; k++) {
        run->weights[k] += levels->weights[level] * power;
        if (k < value_moments) run->values[k] += levels->values[level] * power;
        power *= x;
      }
    }
  }
}
