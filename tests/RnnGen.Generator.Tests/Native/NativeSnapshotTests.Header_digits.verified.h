/*
 * DigitRecognizer: 20 features a time step, 10 outputs a sequence.
 * Written by RnnGen.Generator {version}; changes are lost.
 *
 * Every function that can fail returns a code, DIGITS_OK on success; digits_last_error tells
 * more. Pointers are not validated, except that NULL and misaligned ones are refused; networks are: one that
 * was destroyed or never made is refused. Lengths count values, not bytes, unless they say otherwise.
 *
 * Threads: functions may be called from any thread. One network serves one call at a time and
 * refuses others meanwhile (DIGITS_BUSY); different networks know nothing of each other.
 *
 * The library brings a runtime, which starts with the first call and stays: it cannot be unloaded.
 */
#ifndef DIGITS_H
#define DIGITS_H

#include <stddef.h>

#if defined(DIGITS_STATIC) /* linked into the program */
#define DIGITS_API
#elif defined(_WIN32) && defined(DIGITS_EXPORTS)
#define DIGITS_API __declspec(dllexport)
#elif defined(_WIN32)
#define DIGITS_API __declspec(dllimport)
#elif defined(__GNUC__)
#define DIGITS_API __attribute__((visibility("default")))
#else
#define DIGITS_API
#endif

#if defined(_MSC_VER)
#define DIGITS_CALL __cdecl
#else
#define DIGITS_CALL
#endif

#define DIGITS_INPUT_SIZE 20 /* Features a time step. */
#define DIGITS_OUTPUT_SIZE 10 /* Outputs a sequence. */
#define DIGITS_STATE_SIZE 128 /* Floats of state. */

#ifdef __cplusplus
extern "C" {
#endif

/* A network: its weights and the state of one stream. What it points at is the library's secret. */
typedef struct digits digits;

/* What functions return, as an int. */
enum digits_status {
    DIGITS_OK = 0, /* It is done. */
    DIGITS_NULL_ARGUMENT = 1, /* A pointer is NULL. */
    DIGITS_MISALIGNED = 2, /* An address is not a multiple of what its type demands. */
    DIGITS_WRONG_LENGTH = 3, /* A length is not what the network's sizes demand, or is over its limit. */
    DIGITS_BAD_HANDLE = 4, /* The network was destroyed, is of another kind, or was never one. */
    DIGITS_BAD_WEIGHTS = 5, /* The weights are damaged, or those of another network. */
    DIGITS_IO = 6, /* The file cannot be read. */
    DIGITS_OUT_OF_MEMORY = 7, /* There is not enough memory. */
    DIGITS_OVERLAP = 8, /* Outputs would overwrite inputs before they are read. */
    DIGITS_BAD_CLASS = 9, /* A time step is none of the network's classes. */
    DIGITS_BUSY = 10, /* Another thread is using the network. */
    DIGITS_NO_LIBRARY = 11, /* The loader has found no library that this CPU can run. */
    DIGITS_INTERNAL = 12 /* An error in the library. */
};

/*
 * Makes a network with the weights of a safetensors file that is in memory.
 *
 * safetensors  a whole safetensors file; not needed afterwards
 * bytes        its length
 * network      receives the network, or NULL; digits_destroy ends it
 * Returns DIGITS_OK, DIGITS_NULL_ARGUMENT, DIGITS_MISALIGNED, DIGITS_WRONG_LENGTH,
 * DIGITS_BAD_WEIGHTS, DIGITS_OUT_OF_MEMORY or DIGITS_INTERNAL.
 */
DIGITS_API int DIGITS_CALL digits_create_from_memory(
    const void *safetensors, size_t bytes, digits **network);

/*
 * Makes a network with the weights of a safetensors file.
 *
 * path     the file's path: UTF-8, ended by a zero byte
 * network  receives the network, or NULL; digits_destroy ends it
 * Returns DIGITS_OK, DIGITS_NULL_ARGUMENT, DIGITS_MISALIGNED, DIGITS_IO, DIGITS_BAD_WEIGHTS,
 * DIGITS_OUT_OF_MEMORY or DIGITS_INTERNAL.
 */
DIGITS_API int DIGITS_CALL digits_create_from_file(const char *path, digits **network);

/*
 * Ends a network. A call that is under way on another thread goes on to its end; later ones are
 * refused.
 *
 * network  the network, or NULL, which leaves the text of the last failure as it is
 * Returns DIGITS_OK, DIGITS_NULL_ARGUMENT, DIGITS_BAD_HANDLE or DIGITS_INTERNAL.
 */
DIGITS_API int DIGITS_CALL digits_destroy(digits *network);

/*
 * One time step: its input in, its answer out, as if the sequence ended here. The state is kept for
 * the next one. Nothing is allocated.
 *
 * network        the network
 * input          DIGITS_INPUT_SIZE floats
 * input_length   DIGITS_INPUT_SIZE
 * output         receives DIGITS_OUTPUT_SIZE floats; may overlap input
 * output_length  DIGITS_OUTPUT_SIZE
 * Returns DIGITS_OK, DIGITS_NULL_ARGUMENT, DIGITS_MISALIGNED, DIGITS_WRONG_LENGTH,
 * DIGITS_BAD_HANDLE, DIGITS_BUSY or DIGITS_INTERNAL.
 */
DIGITS_API int DIGITS_CALL digits_step(
    digits *network, const float *input, size_t input_length, float *output, size_t output_length);

/*
 * A sequence from the network's state, which is left where the sequence ends: T time steps in, the
 * sequence's answer out.
 *
 * network        the network
 * input          T x DIGITS_INPUT_SIZE floats, time step by time step
 * input_length   T x DIGITS_INPUT_SIZE, T at least 1
 * output         receives DIGITS_OUTPUT_SIZE floats; may overlap input
 * output_length  DIGITS_OUTPUT_SIZE
 * Returns DIGITS_OK, DIGITS_NULL_ARGUMENT, DIGITS_MISALIGNED, DIGITS_WRONG_LENGTH,
 * DIGITS_BAD_HANDLE, DIGITS_OVERLAP, DIGITS_OUT_OF_MEMORY, DIGITS_BUSY or DIGITS_INTERNAL.
 */
DIGITS_API int DIGITS_CALL digits_run(
    digits *network, const float *input, size_t input_length, float *output, size_t output_length);

/*
 * Sets the state to that before a first step.
 *
 * network  the network
 * Returns DIGITS_OK, DIGITS_NULL_ARGUMENT, DIGITS_BAD_HANDLE, DIGITS_BUSY or DIGITS_INTERNAL.
 */
DIGITS_API int DIGITS_CALL digits_reset(digits *network);

/*
 * Copies the state out: with it and the next function one network serves many streams, in turn.
 *
 * network       the network
 * state         receives DIGITS_STATE_SIZE floats: lstm0.h [64], lstm0.c [64]
 * state_length  DIGITS_STATE_SIZE
 * Returns DIGITS_OK, DIGITS_NULL_ARGUMENT, DIGITS_MISALIGNED, DIGITS_WRONG_LENGTH,
 * DIGITS_BAD_HANDLE, DIGITS_BUSY or DIGITS_INTERNAL.
 */
DIGITS_API int DIGITS_CALL digits_get_state(digits *network, float *state, size_t state_length);

/*
 * Sets the state.
 *
 * network       the network
 * state         DIGITS_STATE_SIZE floats: lstm0.h [64], lstm0.c [64]
 * state_length  DIGITS_STATE_SIZE
 * Returns DIGITS_OK, DIGITS_NULL_ARGUMENT, DIGITS_MISALIGNED, DIGITS_WRONG_LENGTH,
 * DIGITS_BAD_HANDLE, DIGITS_BUSY or DIGITS_INTERNAL.
 */
DIGITS_API int DIGITS_CALL digits_set_state(
    digits *network, const float *state, size_t state_length);

/*
 * DIGITS_INPUT_SIZE of the library, which is another than this header's where they do not belong
 * together.
 */
DIGITS_API size_t DIGITS_CALL digits_input_size(void);

/*
 * DIGITS_OUTPUT_SIZE of the library, which is another than this header's where they do not belong
 * together.
 */
DIGITS_API size_t DIGITS_CALL digits_output_size(void);

/*
 * DIGITS_STATE_SIZE of the library, which is another than this header's where they do not belong
 * together.
 */
DIGITS_API size_t DIGITS_CALL digits_state_size(void);

/*
 * The text of the calling thread's last failure, UTF-8: which argument, what was expected and what
 * came. Success leaves it alone.
 *
 * buffer    receives the text, cut where it does not fit, with a zero byte at its end; may be NULL
 * capacity  bytes of buffer; nothing is written where it is 0
 * Returns the bytes that the whole text needs, its zero byte included.
 */
DIGITS_API size_t DIGITS_CALL digits_last_error(char *buffer, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif /* DIGITS_H */