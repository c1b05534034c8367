/* sim/utf8.h - text from outside, counted in code points. */
#ifndef SIM_UTF8_H
#define SIM_UTF8_H

/* Code points of `s`, or -1 when it is not UTF-8 (RFC 3629: no overlong forms,
 * no surrogates, nothing beyond U+10FFFF). */
long sim_utf8_length(const char *s);

#endif
