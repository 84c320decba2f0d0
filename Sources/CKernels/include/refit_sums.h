#pragma once

#include <stddef.h>
#include <stdint.h>

/// How many refits are summed side by side; some are not used.
enum { refit_count = 24 };

/// Makes weights of what refits leave of a prompt's candidates: (1 − r²)² of r = (rest − level) / bound
/// up to 1, else none, times the mask.
///
/// @param rests `count` times `refit_count` numbers, which become the weights.
/// @param level What is taken from each rest.
void weigh_refits(
    double *rests, size_t count, const double *level, double bound, const double *mask);

/// Adds how the entries of a prompt count in each other: mass · share · mass.
///
/// @param cells `width` rows of as many cells; those right of the diagonal, and it, are added to. An
///   entry that comes twice counts in itself both ways.
/// @param masses What the entries weigh.
void couple_refits(
    double *cells, size_t width, const intptr_t *entries, const double *masses, size_t count,
    const double *share);
