/* Prints how long the first answer takes from the start of main, and the most memory that the process had. */
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include "digits.h"

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

int main(void)
{
    double start = now(), end;
    float frame[DIGITS_INPUT_SIZE] = {0}, output[DIGITS_OUTPUT_SIZE];
    struct rusage usage;
    digits *network;

    if (digits_create_default(&network) != DIGITS_OK
        || digits_step(network, frame, DIGITS_INPUT_SIZE, output, DIGITS_OUTPUT_SIZE) != DIGITS_OK)
        return 1;
    end = now();
    getrusage(RUSAGE_SELF, &usage);
    printf("%.2f ms, %.2f MiB\n", end - start, usage.ru_maxrss / 1024.0);
    return digits_destroy(network);
}
