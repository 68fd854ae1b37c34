#ifndef CSHA256_H
#define CSHA256_H

#include <stddef.h>
#include <stdint.h>

/// A SHA-256 under way (FIPS 180-4). A plain value: a copy goes on by itself.
typedef struct {
    uint32_t state[8];
    /// Bytes taken so far.
    uint64_t length;
    /// The bytes that do not fill a block yet.
    uint8_t block[64];
} csha256;

/// Begins a digest.
void csha256_begin(csha256 *hash);

/// Takes more bytes.
void csha256_update(csha256 *hash, const void *bytes, size_t count);

/// Ends a digest and writes its 32 bytes; the hash must be begun again before further use.
void csha256_end(csha256 *hash, uint8_t digest[32]);

/// Whether the processor's own SHA instructions are used.
int csha256_is_accelerated(void);

/// Leaves the processor's SHA instructions alone (0) or uses them where there are any (1), for tests of both ways.
void csha256_accelerate(int wanted);

#endif
