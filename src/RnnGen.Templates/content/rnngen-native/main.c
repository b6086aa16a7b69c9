/*
 * Calls the network from C. On Linux, in this folder:
 *
 *   dotnet publish -o native
 *   gcc -Inative main.c native/activity.so -Wl,-rpath,'$ORIGIN/native' -lm -o main
 *   ./main
 */
#include <math.h>
#include <stdio.h>
#include "activity.h"

static const char *const names[ACTIVITY_OUTPUT_SIZE] = {"standing", "walking", "running"};

static int fail(void)
{
    char text[512];
    activity_last_error(text, sizeof text);
    fprintf(stderr, "%s\n", text);
    return 1;
}

int main(void)
{
    activity *network;
    float frame[ACTIVITY_INPUT_SIZE], scores[ACTIVITY_OUTPUT_SIZE];
    int step, i, best;
    if (activity_create_default(&network) != ACTIVITY_OK)
        return fail();
    for (step = 0; step < 50; step++) {
        /* Someone who runs: 2.7 swings a second, 50 samples a second. */
        double angle = 2 * 3.14159265 * 2.7 * step / 50;
        frame[0] = (float)(0.54 * sin(angle));
        frame[1] = (float)(0.27 * sin(angle) + 0.09 * sin(2 * angle));
        frame[2] = (float)(1 + 0.45 * sin(2 * angle));
        if (activity_step(network, frame, ACTIVITY_INPUT_SIZE, scores, ACTIVITY_OUTPUT_SIZE) != ACTIVITY_OK)
            return fail();
        for (best = 0, i = 1; i < ACTIVITY_OUTPUT_SIZE; i++)
            best = scores[i] > scores[best] ? i : best;
        if (step % 10 == 9)
            printf("after %.1f s: %s (%.0f %%)\n", (step + 1) / 50.0, names[best], 100 * scores[best]);
    }
    return activity_destroy(network);
}
