/*
 * Both: 3 features a time step, 16 outputs a time step.
 * Written by RnnGen.Generator {version}; changes are lost.
 *
 * Every function that can fail returns a code, BOTHWAYS_OK on success; bothWays_last_error tells
 * more. Pointers are not validated, except that NULL and misaligned ones are refused; networks are: one that
 * was destroyed or never made is refused. Lengths count values, not bytes, unless they say otherwise.
 *
 * Threads: functions may be called from any thread. One network serves one call at a time and
 * refuses others meanwhile (BOTHWAYS_BUSY); different networks know nothing of each other.
 *
 * The library brings a runtime, which starts with the first call and stays: it cannot be unloaded.
 */
#ifndef BOTHWAYS_H
#define BOTHWAYS_H

#include <stddef.h>

#if defined(BOTHWAYS_STATIC) /* linked into the program */
#define BOTHWAYS_API
#elif defined(_WIN32) && defined(BOTHWAYS_EXPORTS)
#define BOTHWAYS_API __declspec(dllexport)
#elif defined(_WIN32)
#define BOTHWAYS_API __declspec(dllimport)
#elif defined(__GNUC__)
#define BOTHWAYS_API __attribute__((visibility("default")))
#else
#define BOTHWAYS_API
#endif

#if defined(_MSC_VER)
#define BOTHWAYS_CALL __cdecl
#else
#define BOTHWAYS_CALL
#endif

#define BOTHWAYS_INPUT_SIZE 3 /* Features a time step. */
#define BOTHWAYS_OUTPUT_SIZE 16 /* Outputs a time step. */
#define BOTHWAYS_STATE_SIZE 16 /* Floats of state. */

#ifdef __cplusplus
extern "C" {
#endif

/* A network: its weights and the state of one stream. What it points at is the library's secret. */
typedef struct bothWays bothWays;

/* What functions return, as an int. */
enum bothWays_status {
    BOTHWAYS_OK = 0, /* It is done. */
    BOTHWAYS_NULL_ARGUMENT = 1, /* A pointer is NULL. */
    BOTHWAYS_MISALIGNED = 2, /* An address is not a multiple of what its type demands. */
    BOTHWAYS_WRONG_LENGTH = 3, /* A length is not what the network's sizes demand, or is over its limit. */
    BOTHWAYS_BAD_HANDLE = 4, /* The network was destroyed, is of another kind, or was never one. */
    BOTHWAYS_BAD_WEIGHTS = 5, /* The weights are damaged, or those of another network. */
    BOTHWAYS_IO = 6, /* The file cannot be read. */
    BOTHWAYS_OUT_OF_MEMORY = 7, /* There is not enough memory. */
    BOTHWAYS_OVERLAP = 8, /* Outputs would overwrite inputs before they are read. */
    BOTHWAYS_BAD_CLASS = 9, /* A time step is none of the network's classes. */
    BOTHWAYS_BUSY = 10, /* Another thread is using the network. */
    BOTHWAYS_NO_LIBRARY = 11, /* The loader has found no library that this CPU can run. */
    BOTHWAYS_INTERNAL = 12 /* An error in the library. */
};

/*
 * Makes a network with the weights of a safetensors file that is in memory.
 *
 * safetensors  a whole safetensors file; not needed afterwards
 * bytes        its length
 * network      receives the network, or NULL; bothWays_destroy ends it
 * Returns BOTHWAYS_OK, BOTHWAYS_NULL_ARGUMENT, BOTHWAYS_MISALIGNED, BOTHWAYS_WRONG_LENGTH,
 * BOTHWAYS_BAD_WEIGHTS, BOTHWAYS_OUT_OF_MEMORY or BOTHWAYS_INTERNAL.
 */
BOTHWAYS_API int BOTHWAYS_CALL bothWays_create_from_memory(
    const void *safetensors, size_t bytes, bothWays **network);

/*
 * Makes a network with the weights of a safetensors file.
 *
 * path     the file's path: UTF-8, ended by a zero byte
 * network  receives the network, or NULL; bothWays_destroy ends it
 * Returns BOTHWAYS_OK, BOTHWAYS_NULL_ARGUMENT, BOTHWAYS_MISALIGNED, BOTHWAYS_IO,
 * BOTHWAYS_BAD_WEIGHTS, BOTHWAYS_OUT_OF_MEMORY or BOTHWAYS_INTERNAL.
 */
BOTHWAYS_API int BOTHWAYS_CALL bothWays_create_from_file(const char *path, bothWays **network);

/*
 * Ends a network. A call that is under way on another thread goes on to its end; later ones are
 * refused.
 *
 * network  the network, or NULL, which leaves the text of the last failure as it is
 * Returns BOTHWAYS_OK, BOTHWAYS_NULL_ARGUMENT, BOTHWAYS_BAD_HANDLE or BOTHWAYS_INTERNAL.
 */
BOTHWAYS_API int BOTHWAYS_CALL bothWays_destroy(bothWays *network);

/*
 * A sequence from the network's state, which is left where the sequence ends: T time steps in, an
 * answer a time step out.
 *
 * network        the network
 * input          T x BOTHWAYS_INPUT_SIZE floats, time step by time step
 * input_length   T x BOTHWAYS_INPUT_SIZE, T at least 1
 * output         receives T x BOTHWAYS_OUTPUT_SIZE floats; it is apart from input
 * output_length  T x BOTHWAYS_OUTPUT_SIZE
 * Returns BOTHWAYS_OK, BOTHWAYS_NULL_ARGUMENT, BOTHWAYS_MISALIGNED, BOTHWAYS_WRONG_LENGTH,
 * BOTHWAYS_BAD_HANDLE, BOTHWAYS_OVERLAP, BOTHWAYS_OUT_OF_MEMORY, BOTHWAYS_BUSY or
 * BOTHWAYS_INTERNAL.
 */
BOTHWAYS_API int BOTHWAYS_CALL bothWays_run(
    bothWays *network, const float *input, size_t input_length, float *output, size_t output_length);

/*
 * Sets the state to that before a first step.
 *
 * network  the network
 * Returns BOTHWAYS_OK, BOTHWAYS_NULL_ARGUMENT, BOTHWAYS_BAD_HANDLE, BOTHWAYS_BUSY or
 * BOTHWAYS_INTERNAL.
 */
BOTHWAYS_API int BOTHWAYS_CALL bothWays_reset(bothWays *network);

/*
 * Copies the state out: with it and the next function one network serves many streams, in turn.
 *
 * network       the network
 * state         receives BOTHWAYS_STATE_SIZE floats: gru0.h [8], gru0.h_reverse [8]
 * state_length  BOTHWAYS_STATE_SIZE
 * Returns BOTHWAYS_OK, BOTHWAYS_NULL_ARGUMENT, BOTHWAYS_MISALIGNED, BOTHWAYS_WRONG_LENGTH,
 * BOTHWAYS_BAD_HANDLE, BOTHWAYS_BUSY or BOTHWAYS_INTERNAL.
 */
BOTHWAYS_API int BOTHWAYS_CALL bothWays_get_state(
    bothWays *network, float *state, size_t state_length);

/*
 * Sets the state.
 *
 * network       the network
 * state         BOTHWAYS_STATE_SIZE floats: gru0.h [8], gru0.h_reverse [8]
 * state_length  BOTHWAYS_STATE_SIZE
 * Returns BOTHWAYS_OK, BOTHWAYS_NULL_ARGUMENT, BOTHWAYS_MISALIGNED, BOTHWAYS_WRONG_LENGTH,
 * BOTHWAYS_BAD_HANDLE, BOTHWAYS_BUSY or BOTHWAYS_INTERNAL.
 */
BOTHWAYS_API int BOTHWAYS_CALL bothWays_set_state(
    bothWays *network, const float *state, size_t state_length);

/*
 * BOTHWAYS_INPUT_SIZE of the library, which is another than this header's where they do not belong
 * together.
 */
BOTHWAYS_API size_t BOTHWAYS_CALL bothWays_input_size(void);

/*
 * BOTHWAYS_OUTPUT_SIZE of the library, which is another than this header's where they do not belong
 * together.
 */
BOTHWAYS_API size_t BOTHWAYS_CALL bothWays_output_size(void);

/*
 * BOTHWAYS_STATE_SIZE of the library, which is another than this header's where they do not belong
 * together.
 */
BOTHWAYS_API size_t BOTHWAYS_CALL bothWays_state_size(void);

/*
 * The text of the calling thread's last failure, UTF-8: which argument, what was expected and what
 * came. Success leaves it alone.
 *
 * buffer    receives the text, cut where it does not fit, with a zero byte at its end; may be NULL
 * capacity  bytes of buffer; nothing is written where it is 0
 * Returns the bytes that the whole text needs, its zero byte included.
 */
BOTHWAYS_API size_t BOTHWAYS_CALL bothWays_last_error(char *buffer, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif /* BOTHWAYS_H */