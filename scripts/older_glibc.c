// What the static libraries of the compiler ask of a newer glibc than the program does, so that the
// program runs where glibc is 2.34. scripts/static-program.sh links it; nothing else has it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>

/// Random bits, of which libstdc++ makes its random_device (glibc 2.36).
uint32_t arc4random(void) {
  uint32_t bits;
  if (getrandom(&bits, sizeof bits, 0) != sizeof bits) abort();
  return bits;
}

/// The length of a vector, which Swift's library offers and the program does not call (its present
/// version is of glibc 2.35).
float hypotf(float x, float y) {
  if (isinf(x) || isinf(y)) return INFINITY;
  return (float)sqrt((double)x * x + (double)y * y);
}

struct search {
  uintptr_t address;
  struct dl_find_object *found;
};

static int visit(struct dl_phdr_info *object, size_t size, void *argument) {
  (void)size;
  struct search *search = argument;
  uintptr_t start = UINTPTR_MAX, end = 0, frames = 0;
  int is_inside = 0;
  for (int i = 0; i < object->dlpi_phnum; i++) {
    const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
    uintptr_t from = object->dlpi_addr + segment->p_vaddr;
    if (segment->p_type == PT_GNU_EH_FRAME) frames = from;
    if (segment->p_type != PT_LOAD) continue;
    uintptr_t to = from + segment->p_memsz;
    if (from < start) start = from;
    if (to > end) end = to;
    if (search->address >= from && search->address < to) is_inside = 1;
  }
  if (!is_inside || !frames) return 0;
  search->found->dlfo_flags = 0;
  search->found->dlfo_map_start = (void *)start;
  search->found->dlfo_map_end = (void *)end;
  search->found->dlfo_link_map = NULL;
  search->found->dlfo_eh_frame = (void *)frames;
  return 1;
}

/// The object that code belongs to and its frames, which exceptions of C++ are unwound by
/// (glibc 2.35); -1 where there is none.
int _dl_find_object(void *address, struct dl_find_object *found) {
  struct search search = {(uintptr_t)address, found};
  return dl_iterate_phdr(visit, &search) == 1 ? 0 : -1;
}
