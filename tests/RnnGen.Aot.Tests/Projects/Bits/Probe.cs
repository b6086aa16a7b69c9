using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using RnnGen.Training;
using RnnGen;
using RnnGen.Tests.Numerics;

namespace Bits;

/// <summary>
/// Computes with one network by all its ways, and tells of each the bits of the results, and how far they are from a plain computation in doubles.
/// </summary>
internal static class Probe
{
    private const int Steps = 9;
    private const int BatchSize = 5;
    private const double ForwardTolerance = 2e-6;
    private const double GradientTolerance = 1e-5;

    /// <summary>Writes a line for each result: network, result, share of the tolerance (or a dash where there is no reference), hash.</summary>
    public static void Run<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TNetwork>(bool hasReference)
        where TNetwork : class, INetwork<TNetwork>
    {
        using TNetwork network = TNetwork.Create(seed: 3);
        SequenceBatch batch = Batch(TNetwork.InputSize);
        if (TNetwork.Layout.ReverseLayer is null)
            Tell<TNetwork>("steps", null, Stepped(network));

        float[] outputs = new float[(TNetwork.Layout.ManyToOne ? 1 : Steps) * BatchSize * TNetwork.OutputSize];
        network.Run(batch, outputs);

        using Tape<TNetwork> tape = TNetwork.CreateTape(Steps, BatchSize);
        Draw(1, tape.InitialState.Length).CopyTo(tape.InitialState);
        Draw(2, tape.FinalStateGradients.Length).CopyTo(tape.FinalStateGradients);
        network.Forward(tape, batch);
        float[] outputGradients = Array.ConvertAll(Draw(3, tape.Outputs.Length), value => value + 0.5f);
        network.Backward(tape, outputGradients);
        ReferenceResult? reference = hasReference
            ? ReferenceNetwork.Of(network).Run(batch, tape.InitialState, outputGradients, tape.FinalStateGradients)
            : null;
        Tell<TNetwork>("runs", null, outputs);
        Tell<TNetwork>("outputs", Share(reference?.Outputs, tape.Outputs, ForwardTolerance), tape.Outputs);
        Tell<TNetwork>("final states", Share(reference?.FinalState, tape.FinalState, ForwardTolerance), tape.FinalState);
        Tell<TNetwork>("input gradients", Share(reference?.InputGradients, tape.InputGradients, GradientTolerance), tape.InputGradients);
        foreach (Gradient gradient in tape.Gradients)
            Tell<TNetwork>(gradient.Name, Share(reference?.Gradients[gradient.Name], gradient.ToArray(), GradientTolerance), gradient.ToArray());
    }

    private static float[] Stepped<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        var outputs = new float[Steps * TNetwork.OutputSize];
        float[] frames = Draw(4, Steps * TNetwork.InputSize);
        for (int step = 0; step < Steps; step++)
            network.Step(frames.AsSpan(step * TNetwork.InputSize, TNetwork.InputSize), outputs.AsSpan(step * TNetwork.OutputSize, TNetwork.OutputSize));
        return outputs;
    }

    private static SequenceBatch Batch(int features)
    {
        bool[] mask = new bool[Steps * BatchSize];
        for (int row = 0; row < mask.Length; row++)
            mask[row] = row / BatchSize < Steps - (row % BatchSize);
        return SequenceBatch.FromTimeMajor(Draw(5, mask.Length * features), Steps, BatchSize, features, mask);
    }

    /// <summary>From −1 to 1, the same everywhere.</summary>
    private static float[] Draw(int seed, int count)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (2 * random.NextSingle()) - 1;
        return values;
    }

    /// <summary>The largest deviation relative to the largest value, as a share of what is allowed.</summary>
    private static double? Share(double[]? expected, ReadOnlySpan<float> actual, double tolerance)
    {
        if (expected is null)
            return null;
        (double largest, double difference) = (0, 0);
        for (int i = 0; i < actual.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i]));
            difference = Math.Max(difference, Math.Abs(expected[i] - actual[i])); // NaN stays.
        }

        return difference / Math.Max(largest, double.Epsilon) / tolerance;
    }

    private static void Tell<TNetwork>(string what, double? share, ReadOnlySpan<float> values) => Console.WriteLine(string.Join(
        '\t',
        typeof(TNetwork).Name,
        what,
        share?.ToString("F3", CultureInfo.InvariantCulture) ?? "-",
        Hash(values).ToString("x16", CultureInfo.InvariantCulture)));

    /// <summary>FNV-1a over the bits.</summary>
    private static ulong Hash(ReadOnlySpan<float> values)
    {
        ulong hash = 14695981039346656037;
        foreach (float value in values)
            hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 1099511628211;
        return hash;
    }
}
