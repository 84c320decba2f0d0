// Inner loops that pay for vectors wider than the baseline of the architecture, which Swift cannot
// choose at run time. Each does one thing, allocates nothing and keeps no state.
#pragma once

#include "dispatch.h"
#include "json_strings.h"
#include "minima.h"
#include "refit_sums.h"
#include "text.h"
#include "window_sums.h"
