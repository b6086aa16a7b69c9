using System.Runtime.InteropServices;

namespace RnnGen.Tests.Aliasing;

/// <summary>A call of an entry point, as a function of the memory that it reads from and writes to.</summary>
/// <typeparam name="TInput">A value of its input.</typeparam>
/// <param name="input">What it reads.</param>
/// <param name="output">What it writes.</param>
internal delegate void AliasedCall<TInput>(ReadOnlySpan<TInput> input, Span<float> output);

/// <summary>
/// Draws places for inputs and outputs in one piece of memory. Each call must either be refused with nothing written, or write the same bits as into memory of
/// its own, and nothing else.
/// </summary>
internal static class Aliasing
{
    /// <summary>How many draws were refused, and how many overlaps were not.</summary>
    internal readonly record struct Outcome(int Refused, int Overlapped);

    /// <summary>Draws and checks.</summary>
    /// <param name="name">Seeds the draws.</param>
    /// <param name="inputs">Values of input.</param>
    /// <param name="outputs">Floats of output.</param>
    /// <param name="draw">A value of input.</param>
    /// <param name="reset">Sets all that the call depends on back.</param>
    /// <param name="state">All that the call leaves behind beside its output.</param>
    /// <param name="call">The call.</param>
    /// <param name="unaligned">Whether to draw places that are no multiple of four bytes.</param>
    /// <param name="trials">How often to draw.</param>
    public static Outcome Check<TInput>(
        string name,
        int inputs,
        int outputs,
        Func<Random, TInput> draw,
        Action reset,
        Func<float[]> state,
        AliasedCall<TInput> call,
        bool unaligned = true,
        int trials = 150)
        where TInput : unmanaged
    {
        var random = new Random(SeedOf(name));
        int inputBytes = inputs * Marshal.SizeOf<TInput>(), outputBytes = outputs * sizeof(float), refused = 0, overlapped = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            // Near either end, or anywhere from apart to apart.
            int offset = (trial % 3) switch
            {
                0 => random.Next(-3, 4) * sizeof(float),
                1 => inputBytes - outputBytes + (random.Next(-3, 4) * sizeof(float)),
                _ => random.Next(-outputBytes / sizeof(float), (inputBytes / sizeof(float)) + 1) * sizeof(float),
            };
            if (unaligned && trial % 5 == 4)
                offset += random.Next(-2, 3);
            int inputAt = Math.Max(0, -offset) + (unaligned ? trial % 7 / 6 : 0), outputAt = inputAt + offset;
            byte[] memory = new byte[Math.Max(inputAt + inputBytes, outputAt + outputBytes) + 16];
            random.NextBytes(memory);
            foreach (ref TInput value in MemoryMarshal.Cast<byte, TInput>(memory.AsSpan(inputAt, inputBytes)))
                value = draw(random);
            byte[] before = [.. memory];

            float[] expected = new float[outputs];
            reset();
            float[] stateBefore = state();
            call(MemoryMarshal.Cast<byte, TInput>(before.AsSpan(inputAt, inputBytes)).ToArray(), expected);
            float[] stateAfter = state();

            reset();
            try
            {
                call(
                    MemoryMarshal.Cast<byte, TInput>(memory.AsSpan(inputAt, inputBytes)),
                    MemoryMarshal.Cast<byte, float>(memory.AsSpan(outputAt, outputBytes)));
            }
            catch (ArgumentException)
            {
                refused++;
                AssertSame($"{name}, refused at {offset}: memory", before, memory);
                AssertSame($"{name}, refused at {offset}: state", MemoryMarshal.AsBytes<float>(stateBefore), MemoryMarshal.AsBytes<float>(state()));
                continue;
            }

            overlapped += offset < inputBytes && -offset < outputBytes ? 1 : 0;
            MemoryMarshal.AsBytes<float>(expected).CopyTo(before.AsSpan(outputAt));
            AssertSame($"{name}, outputs at {offset} bytes: memory", before, memory);
            AssertSame($"{name}, outputs at {offset} bytes: state", MemoryMarshal.AsBytes<float>(stateAfter), MemoryMarshal.AsBytes<float>(state()));
        }

        return new Outcome(refused, overlapped);
    }

    private static int SeedOf(string name) => name.Aggregate(17, (seed, letter) => unchecked((seed * 31) + letter));

    private static void AssertSame(string what, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        int at = expected.CommonPrefixLength(actual);
        Assert.True(at == expected.Length, $"{what}: another byte at {at} of {expected.Length}");
    }
}
