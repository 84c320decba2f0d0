#pragma once

#include <stddef.h>
#include <stdint.h>

/// How many windows are summed at a time, a vector lane each.
enum { window_lanes = 8 };

/// The sums of one window: of weights w, w·x, w·x², of weighted values v and v·x.
enum { window_sum_count = 5 };

/// A run of neighbouring levels, and the moments of their weights and weighted values.
///
/// Runs form a binary tree, stored in preorder.
typedef struct {
  /// The levels `start..<end`.
  uint32_t start, end;
  /// The runs of this subtree, itself among them; 1 for a leaf.
  uint32_t size;
  /// The middle of the levels' x, and the distance to either end.
  double center, half_width;
  /// Σ w·ξ^k and Σ v·ξ^k with ξ = (x − center) / half_width, from −1 to 1.
  double weights[12], values[11];
} level_run;

/// The levels in ascending order of x, and the tree of their runs.
typedef struct {
  const double *x, *weights, *values;
  const level_run *runs;
  size_t run_count;
} window_levels;

/// Windows that are summed together: their centres, and one over their radii.
///
/// Of each level, x is counted from `shifts`, which is in units of the radius, from the centre.
typedef struct {
  const double *centers, *scales, *shifts;
  /// Levels outside of `lower..<upper` are passed over.
  size_t lower, upper;
} window_batch;

/// Computes the moments of all runs, whose `weights` and `values` are set.
void measure_level_runs(const window_levels *levels, level_run *runs);

/// Sums over the tricube windows of a batch.
///
/// With d = (x − centre) · scale, a level weighs (1 − |d|³)³, nothing from |d| = 1 on, and counts as
/// d − shift.
///
/// @param sums `window_sum_count` times `window_lanes` numbers.
void sum_windows(const window_levels *levels, const window_batch *batch, double *sums);
