// What Swift's view of glibc lacks.
#include <fcntl.h>
#include <malloc.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Exchanges two paths in one step (renameat2 with RENAME_EXCHANGE); -1 with errno on failure.
static inline int exchange_paths(const char *first, const char *second) {
  return (int)syscall(SYS_renameat2, AT_FDCWD, first, AT_FDCWD, second, 2u);
}

/// Lets memory of at least this many bytes go back to the system when it is freed (mallopt).
static inline void return_freed_memory(int threshold) {
  mallopt(M_MMAP_THRESHOLD, threshold);
}

/// Has the system begin to write a part of a file to the disk (sync_file_range). Only a hint.
static inline void start_writeback(int descriptor, long long offset, long long count) {
  syscall(SYS_sync_file_range, descriptor, offset, count, 2u);
}
