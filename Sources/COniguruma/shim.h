#include <oniguruma.h>

// Macros for variables, which Swift cannot take for constants.
static inline OnigEncoding onig_encoding_utf8(void) { return ONIG_ENCODING_UTF8; }
static inline OnigSyntaxType *onig_syntax_oniguruma(void) { return ONIG_SYNTAX_ONIGURUMA; }
// A function of variable arguments.
static inline int onig_message(OnigUChar *text, int code, OnigErrorInfo *info) {
  return onig_error_code_to_str(text, code, info);
}
