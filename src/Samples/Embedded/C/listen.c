/*
 * Recognises a spoken digit: raw 16-bit PCM, 8000 Hz, mono, on standard input. A C program needs only digits.h of the library; the rest is the front end that
 * the network was trained with, 20 log-mel bands every 10 ms, computed here with a plain Fourier transform instead of a fast one.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "digits.h"

#define WINDOW 200 /* 25 ms */
#define HOP 80     /* 10 ms */
#define BINS 129   /* of a transform of 256 samples */
#define BANDS DIGITS_INPUT_SIZE

static const double pi = 3.14159265358979323846;

static double mel(double hertz) { return 2595 * log10(1 + hertz / 700); }

static double hertz(double m) { return 700 * (pow(10, m / 2595) - 1); }

/* The i-th of 22 points from 100 to 4000 Hz, evenly spaced in mel: where triangles begin, peak and end. */
static double edge(int i) { return hertz(mel(100) + (mel(4000) - mel(100)) * i / (BANDS + 1)); }

static void power_spectrum(const float *samples, double *power)
{
    int bin, n;
    for (bin = 0; bin < BINS; bin++) {
        double real = 0, imaginary = 0;
        for (n = 0; n < WINDOW; n++) {
            double value = samples[n] * (0.54 - 0.46 * cos(2 * pi * n / (WINDOW - 1)));
            real += value * cos(2 * pi * bin * n / 256);
            imaginary += value * sin(2 * pi * bin * n / 256);
        }
        power[bin] = real * real + imaginary * imaginary;
    }
}

static void log_mel(const float *samples, float *frame)
{
    double power[BINS];
    int band, bin;
    power_spectrum(samples, power);
    for (band = 0; band < BANDS; band++) {
        double left = edge(band), centre = edge(band + 1), right = edge(band + 2), energy = 0;
        for (bin = 0; bin < BINS; bin++) {
            double at = bin * 31.25;
            if (at > left && at < right)
                energy += power[bin] * (at <= centre ? (at - left) / (centre - left) : (right - at) / (right - centre));
        }
        frame[band] = (float)log(energy > 1e-6 ? energy : 1e-6);
    }
}

static int failed(const char *what)
{
    char text[256];
    digits_last_error(text, sizeof text);
    fprintf(stderr, "%s: %s\n", what, text);
    return 1;
}

int main(void)
{
    float window[WINDOW], frame[BANDS], scores[DIGITS_OUTPUT_SIZE];
    int filled = 0, best = 0, frames = 0, samples = 0, low, high, digit;
    digits *network;

    if (digits_create_default(&network) != DIGITS_OK)
        return failed("digits_create_default");
    while ((low = getchar()) != EOF && (high = getchar()) != EOF) {
        int value = low | high << 8;
        if (samples++ == 0 && value == ('R' | 'I' << 8)) {
            fprintf(stderr, "expected raw 16-bit PCM, got a WAV file\n");
            return 1;
        }
        window[filled++] = (float)(value < 32768 ? value : value - 65536) / 32768;
        if (filled < WINDOW)
            continue;
        log_mel(window, frame);
        if (digits_step(network, frame, BANDS, scores, DIGITS_OUTPUT_SIZE) != DIGITS_OK)
            return failed("digits_step");
        memmove(window, window + HOP, (WINDOW - HOP) * sizeof window[0]);
        filled = WINDOW - HOP;
        frames++;
    }
    if (frames == 0) {
        fprintf(stderr, "expected at least %d samples of raw 16-bit PCM on standard input\n", WINDOW);
        return 1;
    }
    for (digit = 1; digit < DIGITS_OUTPUT_SIZE; digit++)
        if (scores[digit] > scores[best])
            best = digit;
    printf("%d (%.1f %%)\n", best, 100 * scores[best]);
    digits_destroy(network);
    return 0;
}
