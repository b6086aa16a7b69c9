/* Calls every function of digits.h: prints results as bits, and stops at the first code that is not the expected one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "digits.h"

#define STEPS 12
#define FRAMES (STEPS * DIGITS_INPUT_SIZE)

static void expect(int code, int expected, const char *call)
{
    char text[256];
    if (code == expected)
        return;
    digits_last_error(text, sizeof text);
    printf("%s: expected %d, got %d: %s\n", call, expected, code, text);
    exit(1);
}

#define EXPECT(expected, call) expect(call, expected, #call)

static void print(const char *name, const float *values, size_t count)
{
    size_t i;
    printf("%s", name);
    for (i = 0; i < count; i++) {
        unsigned bits;
        memcpy(&bits, &values[i], sizeof bits);
        printf(" %08x", bits);
    }
    printf("\n");
}

static void say(const char *what)
{
    char text[256];
    digits_last_error(text, sizeof text);
    printf("%s: %s\n", what, text);
}

static void steps(digits *network, const float *frames)
{
    float output[DIGITS_OUTPUT_SIZE];
    int step;
    for (step = 0; step < STEPS; step++)
        EXPECT(DIGITS_OK, digits_step(network, frames + step * DIGITS_INPUT_SIZE, DIGITS_INPUT_SIZE, output, DIGITS_OUTPUT_SIZE));
    print("steps", output, DIGITS_OUTPUT_SIZE);
}

static void runs(digits *network, const float *frames)
{
    float output[DIGITS_OUTPUT_SIZE], state[DIGITS_STATE_SIZE], again[DIGITS_STATE_SIZE];
    EXPECT(DIGITS_OK, digits_reset(network));
    EXPECT(DIGITS_OK, digits_run(network, frames, FRAMES, output, DIGITS_OUTPUT_SIZE));
    print("run", output, DIGITS_OUTPUT_SIZE);
    EXPECT(DIGITS_OK, digits_get_state(network, state, DIGITS_STATE_SIZE));
    print("state", state, DIGITS_STATE_SIZE);
    EXPECT(DIGITS_OK, digits_reset(network));
    EXPECT(DIGITS_OK, digits_set_state(network, state, DIGITS_STATE_SIZE));
    EXPECT(DIGITS_OK, digits_get_state(network, again, DIGITS_STATE_SIZE));
    if (memcmp(state, again, sizeof state) != 0)
        printf("another state\n");
}

static void mistakes(digits *network, const float *frames, const void *weights, size_t length)
{
    float output[DIGITS_OUTPUT_SIZE];
    digits *none = network;
    EXPECT(DIGITS_NULL_ARGUMENT, digits_step(NULL, frames, DIGITS_INPUT_SIZE, output, DIGITS_OUTPUT_SIZE));
    EXPECT(DIGITS_NULL_ARGUMENT, digits_step(network, NULL, DIGITS_INPUT_SIZE, output, DIGITS_OUTPUT_SIZE));
    EXPECT(DIGITS_MISALIGNED, digits_step(network, (const float *)((const char *)frames + 1), DIGITS_INPUT_SIZE, output, DIGITS_OUTPUT_SIZE));
    EXPECT(DIGITS_WRONG_LENGTH, digits_step(network, frames, DIGITS_INPUT_SIZE - 1, output, DIGITS_OUTPUT_SIZE));
    say("wrong length");
    EXPECT(DIGITS_WRONG_LENGTH, digits_run(network, frames, 0, output, DIGITS_OUTPUT_SIZE));
    EXPECT(DIGITS_WRONG_LENGTH, digits_get_state(network, output, DIGITS_OUTPUT_SIZE));
    EXPECT(DIGITS_BAD_HANDLE, digits_reset((digits *)output));
    EXPECT(DIGITS_BAD_HANDLE, digits_reset((digits *)((char *)network + 1)));
    EXPECT(DIGITS_NULL_ARGUMENT, digits_create_from_file(NULL, &none));
    EXPECT(DIGITS_NULL_ARGUMENT, digits_create_default(NULL));
    EXPECT(DIGITS_IO, digits_create_from_file("no such file", &none));
    EXPECT(DIGITS_BAD_WEIGHTS, digits_create_from_memory(weights, length - 1, &none));
    say("bad weights");
    if (none != NULL)
        printf("a network where there is none\n");
}

int main(int argc, char **argv)
{
    static char weights[1 << 20];
    float frames[FRAMES];
    digits *own, *read, *loaded;
    size_t length;
    FILE *file;
    int i;

    if (argc != 2 || (file = fopen(argv[1], "rb")) == NULL)
        return 2;
    length = fread(weights, 1, sizeof weights, file);
    fclose(file);
    for (i = 0; i < FRAMES; i++)
        frames[i] = (float)(i * 37 % 101) / 16 - 8;

    printf("%d %d %d\n", (int)digits_input_size(), (int)digits_output_size(), (int)digits_state_size());
    EXPECT(DIGITS_OK, digits_create_default(&own));
    EXPECT(DIGITS_OK, digits_create_from_file(argv[1], &read));
    EXPECT(DIGITS_OK, digits_create_from_memory(weights, length, &loaded));
    steps(own, frames);
    steps(read, frames);
    steps(loaded, frames);
    runs(own, frames);
    mistakes(own, frames, weights, length);
    EXPECT(DIGITS_OK, digits_destroy(own));
    EXPECT(DIGITS_BAD_HANDLE, digits_destroy(own));
    EXPECT(DIGITS_BAD_HANDLE, digits_reset(own));
    EXPECT(DIGITS_OK, digits_destroy(read));
    EXPECT(DIGITS_OK, digits_destroy(loaded));
    return 0;
}
