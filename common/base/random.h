#ifndef TUOYU_COMMON_BASE_RANDOM_H_
#define TUOYU_COMMON_BASE_RANDOM_H_

#include <cstddef>

namespace tuoyu {

// Fills bytes from OpenSSL's generator; for secrets. Ends the process when the generator fails, as FillUnique.
void FillRandom(void* bytes, size_t size);

// Fills `size` bytes with what never was given before: for ids and nonces, which are no secrets. From
// OpenSSL's generator, which is asked for many bytes at once, since asking costs more than the bytes; they wait in the
// memory of the thread. Not to be used by two processes that one became by fork. Ends the process when the generator
// fails: ids that could repeat would corrupt the register, a nonce that repeats opens what is sealed.
void FillUnique(void* bytes, size_t size);

}  // namespace tuoyu

#endif  // TUOYU_COMMON_BASE_RANDOM_H_
