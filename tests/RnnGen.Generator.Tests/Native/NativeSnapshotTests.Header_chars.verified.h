/*
 * Chars: 65 classes a time step, 8 outputs a time step.
 * Written by RnnGen.Generator {version}; changes are lost.
 *
 * Every function that can fail returns a code, CHARS_OK on success; chars_last_error tells
 * more. Pointers are not validated, except that NULL and misaligned ones are refused; networks are: one that
 * was destroyed or never made is refused. Lengths count values, not bytes, unless they say otherwise.
 *
 * Threads: functions may be called from any thread. One network serves one call at a time and
 * refuses others meanwhile (CHARS_BUSY); different networks know nothing of each other.
 *
 * The library brings a runtime, which starts with the first call and stays: it cannot be unloaded.
 */
#ifndef CHARS_H
#define CHARS_H

#include <stddef.h>

#if defined(CHARS_STATIC) /* linked into the program */
#define CHARS_API
#elif defined(_WIN32) && defined(CHARS_EXPORTS)
#define CHARS_API __declspec(dllexport)
#elif defined(_WIN32)
#define CHARS_API __declspec(dllimport)
#elif defined(__GNUC__)
#define CHARS_API __attribute__((visibility("default")))
#else
#define CHARS_API
#endif

#if defined(_MSC_VER)
#define CHARS_CALL __cdecl
#else
#define CHARS_CALL
#endif

#define CHARS_INPUT_SIZE 65 /* Classes of a time step. */
#define CHARS_OUTPUT_SIZE 8 /* Outputs a time step. */
#define CHARS_STATE_SIZE 8 /* Floats of state. */

#ifdef __cplusplus
extern "C" {
#endif

/* A network: its weights and the state of one stream. What it points at is the library's secret. */
typedef struct chars chars;

/* What functions return, as an int. */
enum chars_status {
    CHARS_OK = 0, /* It is done. */
    CHARS_NULL_ARGUMENT = 1, /* A pointer is NULL. */
    CHARS_MISALIGNED = 2, /* An address is not a multiple of what its type demands. */
    CHARS_WRONG_LENGTH = 3, /* A length is not what the network's sizes demand, or is over its limit. */
    CHARS_BAD_HANDLE = 4, /* The network was destroyed, is of another kind, or was never one. */
    CHARS_BAD_WEIGHTS = 5, /* The weights are damaged, or those of another network. */
    CHARS_IO = 6, /* The file cannot be read. */
    CHARS_OUT_OF_MEMORY = 7, /* There is not enough memory. */
    CHARS_OVERLAP = 8, /* Outputs would overwrite inputs before they are read. */
    CHARS_BAD_CLASS = 9, /* A time step is none of the network's classes. */
    CHARS_BUSY = 10, /* Another thread is using the network. */
    CHARS_NO_LIBRARY = 11, /* The loader has found no library that this CPU can run. */
    CHARS_INTERNAL = 12 /* An error in the library. */
};

/*
 * Makes a network with the weights of a safetensors file that is in memory.
 *
 * safetensors  a whole safetensors file; not needed afterwards
 * bytes        its length
 * network      receives the network, or NULL; chars_destroy ends it
 * Returns CHARS_OK, CHARS_NULL_ARGUMENT, CHARS_MISALIGNED, CHARS_WRONG_LENGTH, CHARS_BAD_WEIGHTS,
 * CHARS_OUT_OF_MEMORY or CHARS_INTERNAL.
 */
CHARS_API int CHARS_CALL chars_create_from_memory(
    const void *safetensors, size_t bytes, chars **network);

/*
 * Makes a network with the weights of a safetensors file.
 *
 * path     the file's path: UTF-8, ended by a zero byte
 * network  receives the network, or NULL; chars_destroy ends it
 * Returns CHARS_OK, CHARS_NULL_ARGUMENT, CHARS_MISALIGNED, CHARS_IO, CHARS_BAD_WEIGHTS,
 * CHARS_OUT_OF_MEMORY or CHARS_INTERNAL.
 */
CHARS_API int CHARS_CALL chars_create_from_file(const char *path, chars **network);

/*
 * Ends a network. A call that is under way on another thread goes on to its end; later ones are
 * refused.
 *
 * network  the network, or NULL, which leaves the text of the last failure as it is
 * Returns CHARS_OK, CHARS_NULL_ARGUMENT, CHARS_BAD_HANDLE or CHARS_INTERNAL.
 */
CHARS_API int CHARS_CALL chars_destroy(chars *network);

/*
 * One time step: its input in, its answer out. The state is kept for the next one. Nothing is
 * allocated.
 *
 * network        the network
 * input          the class, from 0 to CHARS_INPUT_SIZE - 1
 * output         receives CHARS_OUTPUT_SIZE floats
 * output_length  CHARS_OUTPUT_SIZE
 * Returns CHARS_OK, CHARS_NULL_ARGUMENT, CHARS_MISALIGNED, CHARS_WRONG_LENGTH, CHARS_BAD_HANDLE,
 * CHARS_BAD_CLASS, CHARS_BUSY or CHARS_INTERNAL.
 */
CHARS_API int CHARS_CALL chars_step(chars *network, int input, float *output, size_t output_length);

/*
 * A sequence from the network's state, which is left where the sequence ends: T time steps in, an
 * answer a time step out.
 *
 * network        the network
 * input          T classes, each from 0 to CHARS_INPUT_SIZE - 1
 * input_length   T, at least 1
 * output         receives T x CHARS_OUTPUT_SIZE floats; may overlap input
 * output_length  T x CHARS_OUTPUT_SIZE
 * Returns CHARS_OK, CHARS_NULL_ARGUMENT, CHARS_MISALIGNED, CHARS_WRONG_LENGTH, CHARS_BAD_HANDLE,
 * CHARS_BAD_CLASS, CHARS_OUT_OF_MEMORY, CHARS_BUSY or CHARS_INTERNAL.
 */
CHARS_API int CHARS_CALL chars_run(
    chars *network, const int *input, size_t input_length, float *output, size_t output_length);

/*
 * Sets the state to that before a first step.
 *
 * network  the network
 * Returns CHARS_OK, CHARS_NULL_ARGUMENT, CHARS_BAD_HANDLE, CHARS_BUSY or CHARS_INTERNAL.
 */
CHARS_API int CHARS_CALL chars_reset(chars *network);

/*
 * Copies the state out: with it and the next function one network serves many streams, in turn.
 *
 * network       the network
 * state         receives CHARS_STATE_SIZE floats: gru0.h [8]
 * state_length  CHARS_STATE_SIZE
 * Returns CHARS_OK, CHARS_NULL_ARGUMENT, CHARS_MISALIGNED, CHARS_WRONG_LENGTH, CHARS_BAD_HANDLE,
 * CHARS_BUSY or CHARS_INTERNAL.
 */
CHARS_API int CHARS_CALL chars_get_state(chars *network, float *state, size_t state_length);

/*
 * Sets the state.
 *
 * network       the network
 * state         CHARS_STATE_SIZE floats: gru0.h [8]
 * state_length  CHARS_STATE_SIZE
 * Returns CHARS_OK, CHARS_NULL_ARGUMENT, CHARS_MISALIGNED, CHARS_WRONG_LENGTH, CHARS_BAD_HANDLE,
 * CHARS_BUSY or CHARS_INTERNAL.
 */
CHARS_API int CHARS_CALL chars_set_state(chars *network, const float *state, size_t state_length);

/*
 * CHARS_INPUT_SIZE of the library, which is another than this header's where they do not belong
 * together.
 */
CHARS_API size_t CHARS_CALL chars_input_size(void);

/*
 * CHARS_OUTPUT_SIZE of the library, which is another than this header's where they do not belong
 * together.
 */
CHARS_API size_t CHARS_CALL chars_output_size(void);

/*
 * CHARS_STATE_SIZE of the library, which is another than this header's where they do not belong
 * together.
 */
CHARS_API size_t CHARS_CALL chars_state_size(void);

/*
 * The text of the calling thread's last failure, UTF-8: which argument, what was expected and what
 * came. Success leaves it alone.
 *
 * buffer    receives the text, cut where it does not fit, with a zero byte at its end; may be NULL
 * capacity  bytes of buffer; nothing is written where it is 0
 * Returns the bytes that the whole text needs, its zero byte included.
 */
CHARS_API size_t CHARS_CALL chars_last_error(char *buffer, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif /* CHARS_H */