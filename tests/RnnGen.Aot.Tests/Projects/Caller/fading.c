/* Prints what the network of fading.h gives after steps and after a run, as bits. */
#include <stdio.h>
#include <string.h>
#include "fading.h"

#define STEPS 12

static void print(const float *values)
{
    int i;
    for (i = 0; i < FADING_OUTPUT_SIZE; i++) {
        unsigned bits;
        memcpy(&bits, &values[i], sizeof bits);
        printf("%08x%c", bits, i < FADING_OUTPUT_SIZE - 1 ? ' ' : '\n');
    }
}

int main(int count, char **arguments)
{
    float frames[STEPS * FADING_INPUT_SIZE], output[FADING_OUTPUT_SIZE], outputs[STEPS * FADING_OUTPUT_SIZE];
    fading *network;
    int i;

    for (i = 0; i < STEPS * FADING_INPUT_SIZE; i++)
        frames[i] = (float)(i * 37 % 101) / 16 - 3;
    if (count != 2 || fading_create_from_file(arguments[1], &network) != FADING_OK)
        return 1;
    for (i = 0; i < STEPS; i++)
        if (fading_step(network, frames + i * FADING_INPUT_SIZE, FADING_INPUT_SIZE, output, FADING_OUTPUT_SIZE) != FADING_OK)
            return 2;
    print(output);
    if (fading_reset(network) != FADING_OK || fading_run(network, frames, STEPS * FADING_INPUT_SIZE, outputs, STEPS * FADING_OUTPUT_SIZE) != FADING_OK)
        return 3;
    print(outputs + (STEPS - 1) * FADING_OUTPUT_SIZE);
    return fading_destroy(network);
}
