// What Swift's view of glibc lacks. <fcntl.h> is not included: it would make `struct stat` a type of
// this module as well as of glibc's.
#include <malloc.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

/// AT_FDCWD: relative paths begin in the working folder.
static const int working_folder = -100;

/// Exchanges two paths in one step (renameat2 with RENAME_EXCHANGE); -1 with errno on failure.
static inline int exchange_paths(const char *first, const char *second) {
  return (int)syscall(SYS_renameat2, working_folder, first, working_folder, second, 2u);
}

/// Lets memory of at least this many bytes go back to the system when it is freed, and as much of
/// smaller pieces only where twice as much lies free behind one another (mallopt).
static inline void return_freed_memory(int threshold) {
  mallopt(M_MMAP_THRESHOLD, threshold);
  mallopt(M_TRIM_THRESHOLD, 2 * threshold);
}

/// How many processors this process may run on (sched_getaffinity); -1 on failure.
static inline int usable_processor_count(void) {
  // Room for 32,768 processors; the system refuses less than it has and fills what it has.
  unsigned long mask[512];
  long bytes = syscall(SYS_sched_getaffinity, 0, sizeof mask, mask);
  if (bytes < 0) return -1;
  int count = 0;
  for (unsigned long i = 0; i < bytes / sizeof *mask; i++) count += __builtin_popcountl(mask[i]);
  return count;
}

/// Has the system begin to write a part of a file to the disk (sync_file_range). Only a hint.
static inline void start_writeback(int descriptor, long long offset, long long count) {
  syscall(SYS_sync_file_range, descriptor, offset, count, 2u);
}

/// Locks all bytes of an open file if no other has a lock there (fcntl with F_OFD_SETLK); -1 with
/// errno on failure.
static inline int lock_open_file(int descriptor) {
  // As struct flock on systems of 64 bits; l_type is F_WRLCK, l_whence SEEK_SET.
  struct { short l_type, l_whence; long l_start, l_len; int l_pid; } all = {1, 0, 0, 0, 0};
  return (int)syscall(SYS_fcntl, descriptor, 37, &all);
}

/// Whether a folder is of a file system in which the kernel shows itself, and which holds no files.
static inline int is_of_kernel(const char *folder) {
  // As <linux/magic.h> has them: proc, sysfs, cgroup, cgroup2, debugfs, tracefs, securityfs, pstore,
  // bpf, configfs, devpts, selinuxfs, efivarfs, binfmt_misc.
  static const unsigned int types[] = {
      0x9FA0,     0x62656572, 0x27E0EB,   0x63677270, 0x64626720, 0x74726163, 0x73636673,
      0x6165676C, 0xCAFE4A11, 0x62656570, 0x1CD1,     0xF97CFF8C, 0xDE5E81E4, 0x42494E4D};
  struct statfs system;
  if (statfs(folder, &system) != 0) return 0;
  for (unsigned i = 0; i < sizeof types / sizeof *types; i++)
    if ((unsigned int)system.f_type == types[i]) return 1;
  return 0;
}

/// Whether a folder is of the file system that shows processes (PROC_SUPER_MAGIC).
static inline int is_in_proc(const char *folder) {
  struct statfs system;
  return statfs(folder, &system) == 0 && system.f_type == 0x9FA0;
}

/// A file in memory that closes with its descriptor (memfd_create); -1 with errno on failure.
static inline int memory_file(const char *name) {
  return (int)syscall(SYS_memfd_create, name, 0u);
}
