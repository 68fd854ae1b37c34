#ifndef CPREFETCH_H
#define CPREFETCH_H

/// Asks the processor to bring the cache line at an address near, and waits for nothing; any address will do.
///
/// Swift has no word for it. It changes no result, only when memory arrives.
static inline void prefetch(const void *_Nonnull address) {
    __builtin_prefetch(address, 0, 2);
}

#endif
