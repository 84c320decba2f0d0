// For the functions that decode a frame block by block, which every libzstd exports.
#define ZSTD_STATIC_LINKING_ONLY
#define ZSTD_DISABLE_DEPRECATE_WARNINGS
#include <zstd.h>
#include <zstd_errors.h>

// Has no content checksum verified, or those of frames that have one.
static inline void zstd_verify_checksums(ZSTD_DCtx *context, int verifies) {
  ZSTD_DCtx_setParameter(
      context, ZSTD_d_forceIgnoreChecksum,
      verifies ? ZSTD_d_validateChecksum : ZSTD_d_ignoreChecksum);
}
