#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What stopped the scan of a JSON string.
typedef enum : uint8_t {
  json_string_closed,
  json_string_unterminated,
  json_string_control_character,
  json_string_bad_escape,
} json_string_stop;

typedef struct {
  /// The offset of the closing quote, of the byte at fault, or the end.
  size_t offset;
  json_string_stop stop;
  bool has_escape;
  /// Whether bytes outside ASCII stand before `offset`.
  bool has_high_byte;
} json_string_scan;

/// Scans the body of a JSON string that starts at `start`, behind its opening quote.
///
/// Escapes are checked and passed over; UTF-8 is not checked. At least 64 readable bytes follow
/// `end`, whatever they hold.
json_string_scan scan_json_string(const uint8_t *text, size_t start, size_t end);

typedef struct {
  size_t byte_count;
  /// How many of the bytes continue a UTF-8 sequence.
  size_t continuation_count;
  bool has_lone_surrogate;
} unescaped_json;

/// Writes what a JSON string of `count` bytes says, which the scan has found well formed.
///
/// Lone surrogates become three bytes each. At least 64 readable bytes follow `text`; `output` has
/// room for `count` bytes and is not written beyond.
unescaped_json unescape_json(const uint8_t *text, size_t count, uint8_t *output);

typedef struct {
  size_t read_count;
  size_t written_count;
} escaped_json;

/// The least room for which `escape_json` gets on.
enum { json_escape_least_room = 128 };

/// Writes text as it stands inside a JSON string, with as few and as short escapes as JSON allows.
///
/// Stops early where fewer than `json_escape_least_room` of the `room` bytes at `output` are left;
/// what is behind the bytes written may be overwritten, up to `room`.
escaped_json escape_json(const uint8_t *text, size_t count, uint8_t *output, size_t room);
