/*
 * The functions of digits.h for every x86-64 CPU (Linux): the first call loads, from the folder that the file of
 * this code lies in, the best of <its name without .so>.x86-64-v4.so, .x86-64-v3.so and .x86-64-v2.so that is there
 * and that the CPU runs; every call is handed on to it.
 * Written by RnnGen.Generator {version}; changes are lost.
 *
 * cc -std=c99 -O2 -fPIC -shared -Wl,-soname,digits.so -o digits.so digits.loader.c -ldl -lpthread
 */
#ifndef __x86_64__
#error "There are levels of x86-64 only: link with the library itself."
#endif
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* dladdr, realpath */
#endif
#define DIGITS_EXPORTS

#include "digits.h"

#include <cpuid.h>
#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

static struct {
    int (DIGITS_CALL *create_from_memory)(const void *safetensors, size_t bytes, digits **network);
    int (DIGITS_CALL *create_from_file)(const char *path, digits **network);
    int (DIGITS_CALL *destroy)(digits *network);
    int (DIGITS_CALL *step)(digits *network, const float *input, size_t input_length, float *output, size_t output_length);
    int (DIGITS_CALL *run)(digits *network, const float *input, size_t input_length, float *output, size_t output_length);
    int (DIGITS_CALL *reset)(digits *network);
    int (DIGITS_CALL *get_state)(digits *network, float *state, size_t state_length);
    int (DIGITS_CALL *set_state)(digits *network, const float *state, size_t state_length);
    size_t (DIGITS_CALL *input_size)(void);
    size_t (DIGITS_CALL *output_size)(void);
    size_t (DIGITS_CALL *state_size)(void);
    size_t (DIGITS_CALL *last_error)(char *buffer, size_t capacity);
} digits_loader_calls;

static pthread_once_t digits_loader_placed = PTHREAD_ONCE_INIT, digits_loader_once = PTHREAD_ONCE_INIT;
static int digits_loader_found;
static char digits_loader_file[PATH_MAX]; /* without .so; empty where it is not known */
static char digits_loader_failure[PATH_MAX + 256];

/* Whether a CPU lowers its clock for 512-bit vectors: Intel's Skylake server and its kin, which .NET itself takes for level 3. */
static int digits_loader_slows(unsigned signature)
{
    const unsigned model = signature & 0x000f0ff0;
    unsigned a, b, c, d;

    if (!__get_cpuid(0, &a, &b, &c, &d) || b != signature_INTEL_ebx || c != signature_INTEL_ecx || d != signature_INTEL_edx)
        return 0;
    return model == 0x00050650 || model == 0x00060660;
}

/* The highest level, 1 to 4, that CPU and system run well. */
static int digits_loader_level(void)
{
    /* SSE3, SSSE3, CMPXCHG16B, SSE4.1, SSE4.2, POPCNT */
    const unsigned v2 = 1u << 0 | 1u << 9 | 1u << 13 | 1u << 19 | 1u << 20 | 1u << 23;
    /* FMA, MOVBE, OSXSAVE, AVX, F16C; BMI1, AVX2, BMI2; LZCNT; the system saves XMM and YMM */
    const unsigned v3 = 1u << 12 | 1u << 22 | 1u << 27 | 1u << 28 | 1u << 29;
    const unsigned v3_seven = 1u << 3 | 1u << 5 | 1u << 8, v3_extended = 1u << 5, v3_saved = 0x6;
    /* AVX512F, DQ, CD, BW, VL; the system saves masks and ZMM */
    const unsigned v4_seven = 1u << 16 | 1u << 17 | 1u << 28 | 1u << 30 | 1u << 31, v4_saved = 0xe6;
    unsigned a, b, c, d, one, seven, extended, saved, high, signature;

    if (!__get_cpuid(1, &signature, &b, &one, &d) || (one & v2) != v2)
        return 1;
    if ((one & v3) != v3 || __get_cpuid_max(0, NULL) < 7 || !__get_cpuid(0x80000001u, &a, &b, &extended, &d))
        return 2;
    __cpuid_count(7, 0, a, seven, c, d);
    __asm__ volatile("xgetbv" : "=a"(saved), "=d"(high) : "c"(0));
    if ((seven & v3_seven) != v3_seven || (extended & v3_extended) != v3_extended || (saved & v3_saved) != v3_saved)
        return 2;
    return (seven & v4_seven) == v4_seven && (saved & v4_saved) == v4_saved && !digits_loader_slows(signature) ? 4 : 3;
}

static void digits_loader_place(void)
{
    char *file = digits_loader_file, *name, *end, *next;
    Dl_info self, program;

    if (!dladdr(file, &self))
        return;
    if (dladdr((void *)(uintptr_t)getauxval(AT_PHDR), &program) && program.dli_fbase == self.dli_fbase) {
        /* Linked into the program, whose name is what its caller says it were. */
        ssize_t length = readlink("/proc/self/exe", file, PATH_MAX - 1);
        file[length < 0 ? 0 : length] = '\0';
    } else if (self.dli_fname == NULL || realpath(self.dli_fname, file) == NULL) {
        file[0] = '\0';
    }
    name = strrchr(file, '/');
    if (name == NULL) {
        file[0] = '\0';
        return;
    }
    end = file + strlen(file);
    for (next = name; (next = strstr(next, ".so")) != NULL; next++)
        end = next;
    *end = '\0';
}

/* When this code is loaded: a relative name means nothing any more once the process has changed its folder. */
__attribute__((constructor)) static void digits_loader_start(void)
{
    pthread_once(&digits_loader_placed, digits_loader_place);
}

/* An address of a function is copied: C has no cast from that of an object. */
static int digits_loader_take(void *library, const char *name, void *call)
{
    void *address = dlsym(library, name);
    memcpy(call, &address, sizeof address);
    return address != NULL;
}

static int digits_loader_take_all(void *library)
{
    return digits_loader_take(library, "digits_create_from_memory", &digits_loader_calls.create_from_memory)
        && digits_loader_take(library, "digits_create_from_file", &digits_loader_calls.create_from_file)
        && digits_loader_take(library, "digits_destroy", &digits_loader_calls.destroy)
        && digits_loader_take(library, "digits_step", &digits_loader_calls.step)
        && digits_loader_take(library, "digits_run", &digits_loader_calls.run)
        && digits_loader_take(library, "digits_reset", &digits_loader_calls.reset)
        && digits_loader_take(library, "digits_get_state", &digits_loader_calls.get_state)
        && digits_loader_take(library, "digits_set_state", &digits_loader_calls.set_state)
        && digits_loader_take(library, "digits_input_size", &digits_loader_calls.input_size)
        && digits_loader_take(library, "digits_output_size", &digits_loader_calls.output_size)
        && digits_loader_take(library, "digits_state_size", &digits_loader_calls.state_size)
        && digits_loader_take(library, "digits_last_error", &digits_loader_calls.last_error);
}

static void digits_loader_keep_failure(void)
{
    const char *text = dlerror();
    snprintf(digits_loader_failure, sizeof digits_loader_failure, "%s", text == NULL ? "dlopen failed" : text);
}

static void digits_loader_load(void)
{
    const int best = digits_loader_level();
    char path[PATH_MAX];
    int level;

    digits_loader_start(); /* for whoever calls before constructors are done */
    if (digits_loader_file[0] == '\0') {
        snprintf(digits_loader_failure, sizeof digits_loader_failure, "the system does not say where the loader of digits lies");
        return;
    }
    if (best < 2) {
        snprintf(digits_loader_failure, sizeof digits_loader_failure,
            "the libraries of digits are for CPUs from x86-64-v2 (SSE4.2, POPCNT) on, this one is older");
        return;
    }
    for (level = best; level >= 2; level--) {
        int length = snprintf(path, sizeof path, "%s.x86-64-v%d.so", digits_loader_file, level);
        void *library;
        if (length < 0 || (size_t)length >= sizeof path || access(path, F_OK) != 0)
            continue;
        library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
        if (library != NULL && digits_loader_take_all(library)) {
            digits_loader_found = 1;
            return;
        }
        digits_loader_keep_failure();
        if (library != NULL)
            dlclose(library);
    }
    if (digits_loader_failure[0] == '\0')
        snprintf(digits_loader_failure, sizeof digits_loader_failure,
            "expected %s.x86-64-v2.so or that of a level up to this CPU's, v%d, got no such file", digits_loader_file, best);
}

static int digits_loader_ready(void)
{
    pthread_once(&digits_loader_once, digits_loader_load);
    return digits_loader_found;
}

static size_t digits_loader_tell(char *buffer, size_t capacity)
{
    if (buffer != NULL && capacity > 0)
        snprintf(buffer, capacity, "%s", digits_loader_failure);
    return strlen(digits_loader_failure) + 1;
}

int DIGITS_CALL digits_create_from_memory(const void *safetensors, size_t bytes, digits **network)
{
    if (network != NULL)
        *network = NULL;
    return digits_loader_ready() ? digits_loader_calls.create_from_memory(safetensors, bytes, network) : DIGITS_NO_LIBRARY;
}

int DIGITS_CALL digits_create_from_file(const char *path, digits **network)
{
    if (network != NULL)
        *network = NULL;
    return digits_loader_ready() ? digits_loader_calls.create_from_file(path, network) : DIGITS_NO_LIBRARY;
}

int DIGITS_CALL digits_destroy(digits *network)
{
    return digits_loader_ready() ? digits_loader_calls.destroy(network) : DIGITS_NO_LIBRARY;
}

int DIGITS_CALL digits_step(
    digits *network, const float *input, size_t input_length, float *output, size_t output_length)
{
    return digits_loader_ready() ? digits_loader_calls.step(network, input, input_length, output, output_length) : DIGITS_NO_LIBRARY;
}

int DIGITS_CALL digits_run(
    digits *network, const float *input, size_t input_length, float *output, size_t output_length)
{
    return digits_loader_ready() ? digits_loader_calls.run(network, input, input_length, output, output_length) : DIGITS_NO_LIBRARY;
}

int DIGITS_CALL digits_reset(digits *network)
{
    return digits_loader_ready() ? digits_loader_calls.reset(network) : DIGITS_NO_LIBRARY;
}

int DIGITS_CALL digits_get_state(digits *network, float *state, size_t state_length)
{
    return digits_loader_ready() ? digits_loader_calls.get_state(network, state, state_length) : DIGITS_NO_LIBRARY;
}

int DIGITS_CALL digits_set_state(digits *network, const float *state, size_t state_length)
{
    return digits_loader_ready() ? digits_loader_calls.set_state(network, state, state_length) : DIGITS_NO_LIBRARY;
}

size_t DIGITS_CALL digits_input_size(void)
{
    return digits_loader_ready() ? digits_loader_calls.input_size() : 0;
}

size_t DIGITS_CALL digits_output_size(void)
{
    return digits_loader_ready() ? digits_loader_calls.output_size() : 0;
}

size_t DIGITS_CALL digits_state_size(void)
{
    return digits_loader_ready() ? digits_loader_calls.state_size() : 0;
}

size_t DIGITS_CALL digits_last_error(char *buffer, size_t capacity)
{
    return digits_loader_ready() ? digits_loader_calls.last_error(buffer, capacity) : digits_loader_tell(buffer, capacity);
}