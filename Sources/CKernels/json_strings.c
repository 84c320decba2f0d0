#include "CKernels.h"
#include "blocks.h"

// What the two-byte escape means that this byte names.
static const uint8_t escape_meanings[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
};

static inline bool is_hex_digit(uint8_t byte) {
  return (uint8_t)(byte - '0') < 10 || (uint8_t)((byte | 0x20) - 'a') < 6;
}

static inline bool are_hex_digits(const uint8_t *text) {
  return is_hex_digit(text[0]) && is_hex_digit(text[1]) && is_hex_digit(text[2]) &&
         is_hex_digit(text[3]);
}

// Marks the bytes that a backslash escapes: those behind a run of an odd number of backslashes, as
// the two of an escaped backslash are used up. `escapes_next` says whether the block's first byte is
// escaped, and then whether the next one's is.
//
// Adding a run's first bit to the run carries to the bit behind it. Only runs that start at odd bits
// are added, so of the bits behind runs those stand apart whose run starts at an even bit.
static inline uint64_t escaped_bytes(uint64_t backslashes, uint64_t *escapes_next) {
  const uint64_t even = UINT64_C(0x5555555555555555);
  // A backslash that is escaped itself escapes nothing.
  backslashes &= ~*escapes_next;
  uint64_t behind = backslashes << 1 | *escapes_next;
  uint64_t odd_starts = backslashes & ~even & ~behind;
  uint64_t sums;
  *escapes_next = __builtin_add_overflow(odd_starts, backslashes, &sums);
  return (even ^ sums << 1) & behind;
}

FOR_EACH_PROCESSOR
json_string_scan scan_json_string(const uint8_t *text, size_t start, size_t end) {
  json_string_scan scan = {.offset = end, .stop = json_string_unterminated};
  uint64_t any_high = 0;
  uint64_t any_backslash = 0;
  uint64_t escapes_next = 0;
  for (size_t position = start; position < end; position += block_size) {
    byte_block block = LOAD_BLOCK(text + position);
    uint64_t high = MARKS(block >= 0x80);
    uint64_t quotes = MARKS(block == '"');
    uint64_t backslashes = MARKS(block == '\\');
    uint64_t controls = MARKS(block < 0x20);
    // b or f, t or u.
    uint64_t letters = MARKS(
        ((block & 0xFB) == 'b') | ((block & 0xFE) == 't') | (block == 'n') | (block == 'r') |
        (block == '/'));
    uint64_t escaped = escaped_bytes(backslashes, &escapes_next);
    uint64_t numbers = escaped & MARKS(block == 'u');
    uint64_t bad = escaped & ~(letters | quotes | backslashes);
    uint64_t stops = (quotes & ~escaped) | controls | bad;
    if ((stops | numbers) == 0) {
      any_high |= high;
      any_backslash |= backslashes;
      continue;
    }

    size_t stop = stops == 0 ? block_size : (size_t)__builtin_ctzll(stops);
    for (numbers &= lowest_bits(stop); numbers != 0; numbers &= numbers - 1) {
      size_t number = (size_t)__builtin_ctzll(numbers);
      if (are_hex_digits(text + position + number + 1)) continue;
      stop = number;
      bad = stops = UINT64_C(1) << number;
      break;
    }
    any_high |= high & lowest_bits(stop);
    any_backslash |= backslashes & lowest_bits(stop);
    if (stops == 0) continue;

    // A bad escape is at its backslash.
    bool is_bad = (bad >> stop & 1) != 0;
    size_t offset = position + stop - is_bad;
    if (offset >= end) return scan;
    scan.offset = offset;
    scan.stop = is_bad                              ? json_string_bad_escape
                : text[position + stop] == '"' ? json_string_closed
                                                    : json_string_control_character;
    scan.has_escape = any_backslash != 0;
    scan.has_high_byte = any_high != 0;
    return scan;
  }
  return scan;
}

static inline uint32_t hex_value(uint8_t digit) {
  return (digit & 0x0F) + (digit >> 6) * 9u;
}

static inline uint32_t code_unit(const uint8_t *digits) {
  return hex_value(digits[0]) << 12 | hex_value(digits[1]) << 8 | hex_value(digits[2]) << 4 |
         hex_value(digits[3]);
}

// Writes a scalar, or a lone surrogate, as UTF-8 and returns how many bytes that takes.
static inline size_t encode(uint32_t scalar, uint8_t *output) {
  if (scalar < 0x80) {
    output[0] = (uint8_t)scalar;
    return 1;
  }
  if (scalar < 0x800) {
    output[0] = (uint8_t)(0xC0 | scalar >> 6);
    output[1] = (uint8_t)(0x80 | (scalar & 0x3F));
    return 2;
  }
  if (scalar < 0x10000) {
    output[0] = (uint8_t)(0xE0 | scalar >> 12);
    output[1] = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
    output[2] = (uint8_t)(0x80 | (scalar & 0x3F));
    return 3;
  }
  output[0] = (uint8_t)(0xF0 | scalar >> 18);
  output[1] = (uint8_t)(0x80 | (scalar >> 12 & 0x3F));
  output[2] = (uint8_t)(0x80 | (scalar >> 6 & 0x3F));
  output[3] = (uint8_t)(0x80 | (scalar & 0x3F));
  return 4;
}

FOR_EACH_PROCESSOR
unescaped_json unescape_json(const uint8_t *text, size_t count, uint8_t *output) {
  unescaped_json result = {0};
  size_t position = 0;
  size_t written = 0;
  while (position < count) {
    byte_block block = LOAD_BLOCK(text + position);
    uint64_t continuations = MARKS((signed_block)block < -64);
    size_t rest = count - position < block_size ? count - position : block_size;
    uint64_t backslashes = MARKS(block == '\\') & lowest_bits(rest);
    size_t run = backslashes == 0 ? rest : (size_t)__builtin_ctzll(backslashes);
    if (rest == block_size) {
      // The text never gets longer, so this is inside the room of `count` bytes.
      STORE_BLOCK(output + written, block);
    } else {
      memcpy(output + written, text + position, run);
    }
    result.continuation_count += (size_t)__builtin_popcountll(continuations & lowest_bits(run));
    position += run;
    written += run;
    if (backslashes == 0) continue;

    uint8_t name = text[position + 1];
    if (name != 'u') {
      output[written++] = escape_meanings[name];
      position += 2;
      continue;
    }
    uint32_t scalar = code_unit(text + position + 2);
    position += 6;
    if ((scalar & 0xFC00) == 0xD800 && count - position >= 6 && text[position] == '\\' &&
        text[position + 1] == 'u') {
      uint32_t low = code_unit(text + position + 2);
      if ((low & 0xFC00) == 0xDC00) {
        scalar = 0x10000 + ((scalar & 0x3FF) << 10) + (low & 0x3FF);
        position += 6;
      }
    }
    result.has_lone_surrogate |= (scalar & 0xFFFFF800) == 0xD800;
    size_t length = encode(scalar, output + written);
    result.continuation_count += length - 1;
    written += length;
  }
  result.byte_count = written;
  return result;
}

// The escapes of what cannot stand in a JSON string as it is: up to six characters from the lowest
// byte on, and their number in the highest.
#define SHORT_ESCAPE(name) (UINT64_C(2) << 56 | (uint64_t)(name) << 8 | '\\')
#define DIGIT(value) (uint64_t)((value) < 10 ? '0' + (value) : 'a' + (value) - 10)
#define LONG_ESCAPE(byte) \
  (UINT64_C(6) << 56 | DIGIT((byte) & 15) << 40 | DIGIT((byte) >> 4) << 32 | \
   (uint64_t)'0' << 24 | (uint64_t)'0' << 16 | (uint64_t)'u' << 8 | '\\')
static const uint64_t control_escapes[0x20] = {
    LONG_ESCAPE(0x00), LONG_ESCAPE(0x01), LONG_ESCAPE(0x02), LONG_ESCAPE(0x03),
    LONG_ESCAPE(0x04), LONG_ESCAPE(0x05), LONG_ESCAPE(0x06), LONG_ESCAPE(0x07),
    SHORT_ESCAPE('b'), SHORT_ESCAPE('t'), SHORT_ESCAPE('n'), LONG_ESCAPE(0x0B),
    SHORT_ESCAPE('f'), SHORT_ESCAPE('r'), LONG_ESCAPE(0x0E), LONG_ESCAPE(0x0F),
    LONG_ESCAPE(0x10), LONG_ESCAPE(0x11), LONG_ESCAPE(0x12), LONG_ESCAPE(0x13),
    LONG_ESCAPE(0x14), LONG_ESCAPE(0x15), LONG_ESCAPE(0x16), LONG_ESCAPE(0x17),
    LONG_ESCAPE(0x18), LONG_ESCAPE(0x19), LONG_ESCAPE(0x1A), LONG_ESCAPE(0x1B),
    LONG_ESCAPE(0x1C), LONG_ESCAPE(0x1D), LONG_ESCAPE(0x1E), LONG_ESCAPE(0x1F),
};

// Writes the escape of `byte`; up to six bytes.
static inline size_t write_escape(uint8_t byte, uint8_t *output) {
  uint64_t escape = byte < 0x20 ? control_escapes[byte] : SHORT_ESCAPE(byte);
  for (size_t k = 0; k < 6; k++) output[k] = (uint8_t)(escape >> (8 * k));
  return (size_t)(escape >> 56);
}

FOR_EACH_PROCESSOR
escaped_json escape_json(const uint8_t *text, size_t count, uint8_t *output, size_t room) {
  // The text's last bytes, with room behind them for a block.
  uint8_t tail[2 * block_size];
  bool is_tail = false;
  const uint8_t *source = text;
  size_t position = 0;
  size_t written = 0;
  while (position < count && room - written >= json_escape_least_room) {
    size_t rest = count - position;
    if (rest >= block_size) {
      rest = block_size;
    } else if (!is_tail) {
      is_tail = true;
      memset(tail, 0, sizeof tail);
      memcpy(tail, text + position, rest);
      // Places count from the text's beginning all along.
      source = tail - position;
    }
    byte_block block = LOAD_BLOCK(source + position);
    STORE_BLOCK(output + written, block);
    uint64_t special =
        MARKS((block == '"') | (block == '\\') | (block < 0x20)) & lowest_bits(rest);
    if (special == 0) {
      position += rest;
      written += rest;
      continue;
    }
    size_t run = (size_t)__builtin_ctzll(special);
    position += run;
    written += run;
    written += write_escape(source[position], output + written);
    position += 1;
  }
  return (escaped_json){.read_count = position, .written_count = written};
}
